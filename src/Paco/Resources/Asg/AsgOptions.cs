using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Diagnostics;
using Paco.Monitoring;
using Paco.Resources.Iam;
using Paco.Resources.Volumes;

namespace Paco.Resources.Asg;

/// <summary>The role of the instances. Without one of its own, or disabled, a role that may do nothing takes its place.</summary>
public sealed class InstanceRole(Fields f) : Role(f)
{
    protected internal override void Rules(Fields f)
    {
        base.Rules(f);
        if (AssumeRolePolicy is { Service: { IsEmpty: false } services }
            && !services.Any(s => s.StartsWith("ec2.", StringComparison.Ordinal)))
        {
            f.Broken("assume_role_policy", "the role of instances must trust ec2.amazonaws.com");
        }
    }
}

/// <summary>What happens when an instance starts.</summary>
public sealed class LaunchOptions(Fields f) : Model(f)
{
    public ImmutableArray<string> CfnInitConfigSets { get; } = f.Texts("cfn_init_config_sets", "Config sets of cfn_init that run.");

    public Given<bool> CodeDeployAgent { get; } = f.Flag("codedeploy_agent", "Install CodeDeploy's agent.", false);

    public Given<bool> SsmAgent { get; } = f.Flag("ssm_agent", "Let Systems Manager in: sessions without SSH, patches, commands.", true);

    public string SsmExpireEventsAfterDays { get; } =
        f.Text("ssm_expire_events_after_days", "Days the log of Systems Manager is kept.", "30", LogRetention.Check);

    public Given<bool> UpdatePackages { get; } = f.Flag("update_packages", "Update all packages of the system first.", false);

    internal Location ConfigSetsPlace { get; } = f.Place("cfn_init_config_sets");

    /// <summary>Where Systems Manager writes what its sessions and commands do.</summary>
    internal OwnLogGroup SsmLogGroup => new("SSM", "paco_ssm", LogRetention.InDays(SsmExpireEventsAfterDays));
}

/// <summary>How instances are replaced when the launch template changes.</summary>
public sealed partial class RollingUpdatePolicy(Fields f) : Model(f)
{
    private static readonly Check Duration = Check.Pattern("a duration of at most an hour such as PT5M", DurationPattern());

    public Enablement Enabled { get; } = f.Enabled(true);

    public Given<int> MaxBatchSize { get; } = f.Int("max_batch_size", "How many are replaced at a time.", 1, min: 1);

    public Given<int> MinInstancesInService { get; } =
        f.Int("min_instances_in_service", "How many must stay in service meanwhile.", 0, min: 0);

    public string PauseTime { get; } = f.Text("pause_time", "The pause after each batch, or how long to wait for signals.", "", Duration);

    public Given<bool> WaitOnResourceSignals { get; } =
        f.Flag("wait_on_resource_signals", "Wait until every new instance signals that it is ready.", false);

    internal bool Waits => IsEnabled && WaitOnResourceSignals;

    [GeneratedRegex("^(|PT(1H|[1-5]?[0-9]M([0-9]+S)?|60M|[0-9]+S))$")]
    private static partial Regex DurationPattern();
}

/// <summary>A disk of the instances.</summary>
public sealed class BlockDeviceMapping(Fields f) : Model(f)
{
    public string DeviceName { get; } =
        f.RequiredText("device_name", "/dev/xvda is the root disk of Amazon Linux, /dev/sda1 of Ubuntu.", Check.Length(1, 255));

    public BlockDevice? Ebs { get; } = f.Object("ebs", "A volume of EBS.", x => new BlockDevice(x));

    public string? VirtualName { get; } = f.Text("virtual_name", "A disk of the host: ephemeral0.", Check.Length(1, 255));

    protected internal override void Rules(Fields f)
    {
        f.OneOf("a block device mapping", ("virtual_name", VirtualName is not null), ("ebs", Ebs is not null));
    }

    internal MapValue ToValue() => new()
    {
        ["DeviceName"] = DeviceName,
        ["VirtualName"] = Value.Of(VirtualName),
        ["Ebs"] = Ebs?.ToValue(),
    };
}

/// <summary>A volume that comes and goes with its instance.</summary>
public sealed class BlockDevice(Fields f) : Model(f)
{
    public Given<bool> DeleteOnTermination { get; } = f.Flag("delete_on_termination", "Delete it with its instance.", true);

    public Given<bool>? Encrypted { get; } = f.Flag("encrypted", "Encrypt it.");

    public Given<int>? Iops { get; } = f.Int("iops", "Operations a second, for io1, io2 and gp3.", min: 100, max: 256000);

    public Given<int>? SizeGib { get; } = f.Int("size_gib", "GiB.", min: 1, max: 65536);

    public string? SnapshotId { get; } = f.Text("snapshot_id", "The snapshot it is made from.", Check.Length(1, 255));

    public string VolumeType { get; } = f.RequiredText("volume_type", "gp3 is the usual one.", VolumeKind.Names);

    protected internal override void Rules(Fields f) =>
        VolumeKind.CheckLimits(f, VolumeType, SizeGib?.Value, Iops?.Value, throughput: null);

    internal MapValue ToValue() => new()
    {
        ["DeleteOnTermination"] = DeleteOnTermination,
        ["Encrypted"] = Value.Of(Encrypted),
        ["Iops"] = Value.Of(Iops),
        ["SnapshotId"] = Value.Of(SnapshotId),
        ["VolumeSize"] = Value.Of(SizeGib),
        ["VolumeType"] = VolumeType,
    };
}

/// <summary>A file system in a folder.</summary>
public sealed class EfsFolder(Fields f) : Model(f)
{
    public Enablement Enabled { get; } = f.Enabled(false);

    public string Folder { get; } = f.RequiredText("folder", "Where it is mounted.", Paths.Absolute);

    public RefOrText? Target { get; } = f.RefOrText("target", "The file system: an EFS, or its id.", "EFS", required: true);
}

/// <summary>A volume in a folder. It outlives the instance; the next one takes it over.</summary>
public sealed class EbsVolumeMount(Fields f) : Model(f)
{
    private static readonly Check FileSystems = Check.Pattern("the name of a file system such as xfs", Paths.WordPattern());

    public Enablement Enabled { get; } = f.Enabled(false);

    public string Device { get; } = f.RequiredText("device", "The device it is attached as: /dev/xvdf.", Paths.Absolute);

    public string FileSystem { get; } = f.RequiredText("filesystem", "What a blank volume is formatted with: xfs, ext4.", FileSystems);

    public string Folder { get; } = f.RequiredText("folder", "Where it is mounted.", Paths.Absolute);

    public RefOrText? Volume { get; } = f.RefOrText("volume", "The volume: an EBS, or its id.", "EBS", required: true);
}

internal static partial class Paths
{
    // A blank or a control character would break fstab's lines.
    public static readonly Check Absolute = Check.Pattern("a path that begins with /, without blanks", AbsolutePattern());

    [GeneratedRegex(@"^/[^\s]*$")]
    private static partial Regex AbsolutePattern();

    [GeneratedRegex("^[A-Za-z0-9._-]+$")]
    public static partial Regex WordPattern();
}
