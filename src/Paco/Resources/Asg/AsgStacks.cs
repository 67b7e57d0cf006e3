using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Resources.Iam;
using Paco.Resources.LaunchBundles;
using Paco.Stacks;

namespace Paco.Resources.Asg;

/// <summary>Everything an ASG makes, in the order it is made: role, bucket, policies, the group itself.</summary>
internal sealed class AsgStacks(Asg asg, BuildScope scope)
{
    private readonly IamRole _role = asg.Role;
    private readonly string _bucket = BundleBucket.NameOf(scope.Names, scope.Build.BucketHash, scope.Place.Region);

    /// <summary>What instances belong to, as people see it: <c>Mynet-Prod-App-Site-Web</c>.</summary>
    private string GroupName => Names.Physical("-", "", scope.Environment is null ? ["Service", .. scope.Names] : scope.Names);

    private string StackName => Names.Stack([scope.Prefix, .. scope.OwnNames, "ASG"]);

    public void Build()
    {
        AsgMounts.CheckOthers(asg, scope);
        var role = _role.Build(scope, asg);
        InstanceNames.Check(asg, scope);
        var settings = Settings();
        var bundles = LaunchBundleSet.For(settings);
        var before = ImmutableArray.CreateBuilder<NodeId>();
        before.Add(role);
        if (asg.HasBundles)
            before.Add(BuildBundles(role, bundles));
        var policies = new AsgPolicies(asg, scope, _role.RoleName, role, StackName);
        before.AddRange(policies.BuildAgents());
        before.AddRange(scope.Watch.After);
        before.AddRange(policies.BuildOwn());
        new AsgTemplate(asg, scope, GroupName, _role, Script(settings, bundles)).Build(before.DrainToImmutable());
    }

    private NodeId BuildBundles(NodeId role, LaunchBundleSet bundles)
    {
        var bucket = new BundleBucket(_bucket, $"{asg.Path}.ec2lm").Build(scope, asg, _role, role);
        var upload = new LaunchBundleUpload
        {
            Id = new NodeId(scope.Place, Names.Stack([scope.Prefix, .. scope.OwnNames, "LaunchBundles"])),
            Ref = $"{asg.Path}.ec2lm",
            Title = scope.Titled("launch bundles"),
            Enabled = asg.IsEnabled,
            After = [bucket],
            Bucket = _bucket,
            Bundles = bundles,
        };
        scope.Build.Add(upload);
        return upload.Id;
    }

    private string Script(LaunchSettings settings, LaunchBundleSet bundles)
    {
        var script = asg switch
        {
            { System.IsWindows: true, ChangeProtected: true } => asg.UserDataScript,
            { System.IsWindows: true } => WindowsUserData.Of(settings),
            { ChangeProtected: true } => UserData.Alone(asg.UserDataScript),
            _ => UserData.Of(settings, bundles),
        };
        if (UserData.Bytes(script) > UserData.MaxBytes)
        {
            scope.Build.Bag.Add(BindingCodes.BadValue, asg.UserDataPlace,
                $"the user data would have {UserData.Bytes(script):N0} bytes; EC2 allows {UserData.MaxBytes:N0}",
                "move the script to a file of cfn_init and run it as a command", subject: asg.Path);
        }
        return script;
    }

    private LaunchSettings Settings() => new()
    {
        System = asg.System,
        Bucket = _bucket,
        Region = scope.Place.Region,
        StackName = StackName,
        NetworkEnvironment = scope.Environment?.NetworkEnvironment ?? "",
        Environment = scope.Environment?.Name ?? "",
        EnvironmentRef = scope.Environment?.Path ?? "",
        SsmAgent = asg.LaunchOptions.SsmAgent,
        CodeDeployAgent = asg.LaunchOptions.CodeDeployAgent,
        UpdatePackages = asg.LaunchOptions.UpdatePackages,
        Eip = asg.Eip is not null,
        WaitOnSignals = asg.RollingUpdatePolicy.Waits,
        HealthySeconds = asg.TargetGroups.Select(t => scope.Build.Index.Find<IHealthChecked>(t)?.HealthySeconds ?? 0).DefaultIfEmpty(0)
            .Max(),
        ReadsSecrets = !asg.Secrets.IsEmpty,
        EfsMounts = [.. asg.ActiveEfsMounts.Where(m => m.Target is not null).Select(m => new EfsMount(AsgTags.Efs(m), m.Folder))],
        EbsMounts =
        [
            .. asg.ActiveEbsMounts.Where(m => m.Volume is not null)
                .Select(m => new EbsMount(AsgTags.Ebs(m), m.Device, m.Folder, m.FileSystem)),
        ],
        AgentConfiguration = scope.Watch.AgentConfiguration,
        DnsNames = [.. InstanceNames.Of(asg, scope).Select(n => n.ToDnsName())],
        ConfigSets = asg.CfnInit is null ? [] : asg.LaunchOptions.CfnInitConfigSets,
        Metadata = asg.CfnInit is { } init ? [init.ToValue(), .. init.Parameters.Select(p => (Value)$"{p.Name} {p.Source}")] : [],
        SshKeys = SshKeys.Of(asg, scope.Build),
        EcsLogLevel = asg.Ecs?.LogLevel,
        ImageDeploys = [.. asg.ScriptManager?.EcrDeploy.Select(d => d.ToDeploy()) ?? []],
        PreScript = asg.UserDataPreScript,
        UserScript = asg.UserDataScript,
    };
}
