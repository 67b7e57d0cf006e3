using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Monitoring;
using Paco.Resources.Iam;
using Paco.Resources.LaunchBundles;
using Paco.Stacks;

namespace Paco.Resources.Asg;

/// <summary>An Auto Scaling group with its launch template, role, policies and launch bundles.</summary>
public sealed partial class Asg(Fields f) : AppResource(f), IWatched, IDeployTarget
{
    private static readonly Check InstanceTypes =
        Check.Pattern("a known instance type such as t3.small", InstanceTypePattern(), open: true);
    private static readonly Check AmiTypes = Check.Matching(
        $"a system ({string.Join(", ", InstanceSystem.Names)}), also with a version: ubuntu_24",
        $"^({string.Join('|', InstanceSystem.Names)})(_.*)?$", [.. InstanceSystem.Names]);

    public Given<bool> AssociatePublicIpAddress { get; } = f.Flag("associate_public_ip_address", "Give instances public addresses.", false);

    public string AvailabilityZone { get; } = f.Text("availability_zone", "The zone it lives in, or all.", "all", Check.Zone);

    public ImmutableArray<BlockDeviceMapping> BlockDeviceMappings { get; } =
        f.List("block_device_mappings", "Disks of the instances.", x => new BlockDeviceMapping(x));

    public CfnInit? CfnInit { get; } = f.Object("cfn_init", "What is installed and configured on a new instance.", x => new CfnInit(x));

    public Given<int> CooldownSecs { get; } = f.Int("cooldown_secs", "Seconds after a scaling before the next.", 300, min: 0);

    private readonly Given<int>? _desired = f.Int("desired_capacity",
        "How many instances there should be; where not given 1, or the nearest that `min_instances` and `max_instances` allow.", min: 0);

    public Given<int> DesiredCapacity => _desired ?? new(Math.Max(MinInstances, Math.Min(1, MaxInstances)), null);

    public bool DesiredCapacityIgnoreChanges { get; } =
        f.Flag("desired_capacity_ignore_changes", "Once deployed, keep the number it was deployed with, whatever is written here.", false);

    public Given<bool> DisableTargetGroups { get; } =
        f.Flag("disable_target_groups", "Leave it out of its target groups for the time being.", false);

    public ImmutableArray<Dns.Dns> Dns { get; } =
        f.List("dns", "Names its only instance gives itself when it starts (A records).", x => new Dns.Dns(x));

    public ImmutableArray<EbsVolumeMount> EbsVolumeMounts { get; } =
        f.List("ebs_volume_mounts", "Volumes that are attached and mounted.", x => new EbsVolumeMount(x));

    public Given<bool> EbsOptimized { get; } =
        f.Flag("ebs_optimized", "Bandwidth of its own for disks; instances of today have it anyway.", false);

    public ImmutableArray<EcrPermission> Ecr { get; } =
        f.List("ecr", "Image repositories the instances may use.", x => new EcrPermission(x));

    public EcsConfiguration? Ecs { get; } = f.Object("ecs", "The ECS cluster the instances work for.", x => new EcsConfiguration(x));

    public ImmutableArray<EfsFolder> EfsMounts { get; } = f.List("efs_mounts", "File systems that are mounted.", x => new EfsFolder(x));

    public RefOrText? Eip { get; } = f.RefOrText("eip", "The fixed address of its only instance: an EIP, or an allocation id.", "EIP");

    public Given<int> HealthCheckGracePeriodSecs { get; } =
        f.Int("health_check_grace_period_secs", "Seconds a new instance has before it is checked.", 300, min: 0);

    public string HealthCheckType { get; } =
        f.Text("health_check_type", "Who says an instance is healthy: EC2 or its load balancers (ELB).", "EC2", Check.OneOf("EC2", "ELB"));

    public RefOrText? InstanceAmi { get; } =
        f.RefOrText("instance_ami", "The machine image: an id, or `paco.ref function.aws.ec2.ami.latest.…`.");

    public bool InstanceAmiIgnoreChanges { get; } =
        f.Flag("instance_ami_ignore_changes", "Once deployed, keep the image it was deployed with.", false);

    public string InstanceAmiType { get; } = f.Text("instance_ami_type", "The system of the image.", "amazon", AmiTypes);

    public InstanceRole InstanceIamRole { get; } = f.Always("instance_iam_role", "The role of the instances.", x => new InstanceRole(x));

    public Ref? InstanceKeyPair { get; } = f.Ref("instance_key_pair", "The key pair for SSH.", "KeyPair");

    public Given<bool> InstanceMonitoring { get; } =
        f.Flag("instance_monitoring", "EC2's metrics every minute instead of every five, at a price.", false);

    public string InstanceType { get; } = f.Text("instance_type", "The size of the instances: t3.small.", "", InstanceTypes);

    public LaunchOptions LaunchOptions { get; } =
        f.Always("launch_options", "What happens when an instance starts.", x => new LaunchOptions(x));

    public ImmutableArray<LifecycleHook> LifecycleHooks { get; } =
        f.Map("lifecycle_hooks", "Who is told of instances that start or stop.", x => new LifecycleHook(x));

    public ImmutableArray<Ref> LoadBalancers { get; } =
        f.Refs("load_balancers", "Classic load balancers, by outputs that are their names.");

    public Given<int> MaxInstances { get; } = f.Int("max_instances", "The most instances there may be.", 2, min: 0);

    public Given<int> MinInstances { get; } = f.Int("min_instances", "The fewest instances there may be.", 1, min: 0);

    public MonitorConfig? Monitoring { get; } = f.Object("monitoring", "What is watched of it.", x => new MonitorConfig(x, f.Peek("type")));

    IEnumerable<Watched> IWatched.Watched =>
        
[AsgMetrics.Of(this)];

    WatchedLogs? IWatched.Logs => LaunchOptions.SsmAgent || Monitoring is { LogSets.IsEmpty: false }
        ? new WatchedLogs(Monitoring?.LogSets ?? []) { Own = LaunchOptions.SsmAgent ? [LaunchOptions.SsmLogGroup] : [] }
        : null;

    HostSystem IWatched.Host => new(System.IsWindows, IsAmazonLinux2023 && !InstallsSyslog);

    private bool IsAmazonLinux2023 =>
        InstanceAmi?.Ref is { Path.First: "function" } image && image.Path.Last.StartsWith("amazon-linux-2023", StringComparison.Ordinal);

    private bool InstallsSyslog =>
        new[] { UserDataPreScript, UserDataScript }.Any(script => script.Contains("rsyslog", StringComparison.Ordinal))
        || CfnInit?.Configurations.All.Any(c => c.Packages?.Has("rsyslog") == true) == true;

    Ref IDeployTarget.Group => ToRef().Output("name");

    string IDeployTarget.RoleName => Role.RoleName;

    string IDeployTarget.RolePath => Role.Path;

    int IDeployTarget.FewestServers => MinInstances;

    // Amazon's images come without it; whoever names an image by its id may have made it with one.
    bool IDeployTarget.MayHaveDeployAgent => LaunchOptions.CodeDeployAgent || InstanceAmi?.Ref is not { Path.First: "function" }
        || new[] { UserDataPreScript, UserDataScript, CfnInit?.ToValue().ToJson().ToJsonString() ?? "" }
            .Any(text => text.Contains("codedeploy", StringComparison.OrdinalIgnoreCase));

    public PatchManager? PatchManager { get; } =
        f.Object("patch_manager", "Systems Manager patches the instances.", x => new PatchManager(x));

    public RollingUpdatePolicy RollingUpdatePolicy { get; } =
        f.Always("rolling_update_policy", "How instances are replaced when the launch template changes.", x => new RollingUpdatePolicy(x));

    public ImmutableArray<ScalingPolicy> ScalingPolicies { get; } =
        f.Map("scaling_policies", "When it grows and shrinks.", x => new ScalingPolicy(x));

    public Given<int> ScalingPolicyCpuAverage { get; } =
        f.Int("scaling_policy_cpu_average", "Grow and shrink to keep the CPU at this percentage; 0 does not.", 0, min: 0, max: 100);

    public ScriptManager? ScriptManager { get; } =
        f.Object("script_manager", "Scripts that are put on the instances.", x => new ScriptManager(x));

    public ImmutableArray<Ref> Secrets { get; } = f.Refs("secrets", "Secrets the instances may read, and no others.", "Secret");

    public ImmutableArray<Ref> SecurityGroups { get; } = f.Refs("security_groups", "Security groups of the instances.", "SecurityGroup");

    public RefOrText? Segment { get; } = f.RefOrText("segment", "The segment it lives in, by its bare name.", "Segment");

    public SshAccess? SshAccess { get; } =
        f.Object("ssh_access", "Who may log in, of the users and groups of resource/ec2.yaml.", x => new SshAccess(x));

    public ImmutableArray<Ref> TargetGroups { get; } = f.Refs("target_groups", "Target groups of load balancers it serves.", "TargetGroup");

    public ImmutableArray<string> TerminationPolicies { get; } = f.Texts("termination_policies",
        "Which instance goes first when it shrinks.",
        Check.Known("termination policy", "Default", "AllocationStrategy", "ClosestToNextInstanceHour", "NewestInstance", "OldestInstance",
            "OldestLaunchConfiguration", "OldestLaunchTemplate"));

    public string UserDataPreScript { get; } = f.Text("user_data_pre_script", "Shell commands that run before everything else.", "");

    public string UserDataScript { get; } = f.Text("user_data_script", "Shell commands that run last.", "");

    internal Diagnostics.Location UserDataPlace { get; } = f.Place("user_data_script");

    internal Diagnostics.Location ZonePlace { get; } = f.Place("availability_zone");

    /// <summary>The system of its image; Amazon Linux where none it knows is given (which is reported).</summary>
    internal InstanceSystem System => InstanceSystem.Of(InstanceAmiType) ?? InstanceSystem.Of("amazon")!;

    internal IEnumerable<EfsFolder> ActiveEfsMounts => EfsMounts.Where(m => m.IsEnabled);

    internal IEnumerable<EbsVolumeMount> ActiveEbsMounts => EbsVolumeMounts.Where(m => m.IsEnabled);

    /// <summary>Instances fetch launch bundles: not those of Windows, nor those nobody may change.</summary>
    internal bool HasBundles => !System.IsWindows && !ChangeProtected;

    /// <summary>The role of its instances; one that is switched off still exists, without rights of the user's.</summary>
    internal IamRole Role
    {
        get
        {
            var written = InstanceIamRole.ToIamRole(Name) with { InstanceProfile = true };
            var role = InstanceIamRole.IsEnabled
                ? written
                : new IamRole
                {
                    Ref = written.Ref,
                    Resource = written.Resource,
                    Name = written.Name,
                    Location = written.Location,
                    InstanceProfile = true,
                };
            string[] services = InstanceAmiType == "amazon_ecs" ? ["ec2.amazonaws.com", "ecs.amazonaws.com"] : ["ec2.amazonaws.com"];
            return role.Trust is null ? role with { Trust = PolicyDocument.TrustServices(services) } : role;
        }
    }

    /// <summary>The repositories its scripts are about.</summary>
    internal IEnumerable<Ref> ScriptRepositories =>
        (ScriptManager?.Copies ?? []).SelectMany(c => c.Repositories).DistinctBy(r => r.Path);

    internal bool IsMonitored => Monitoring?.IsEnabled == true;

    protected internal override void Rules(Fields f) => AsgRules.Check(this, f);

    protected internal override void Build(BuildScope scope) => new AsgStacks(this, scope).Build();

    [GeneratedRegex(@"^[a-z][a-z0-9-]*\.(nano|micro|small|medium|large|metal(-[0-9]+xl)?|[0-9]*xlarge)$")]
    private static partial Regex InstanceTypePattern();
}
