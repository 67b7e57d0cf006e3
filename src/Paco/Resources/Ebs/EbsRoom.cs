using Paco.Binding;
using Paco.CloudFormation;
using Paco.Diagnostics;
using Paco.Resources.Volumes;
using Paco.Stacks;

namespace Paco.Resources.Ebs;

public sealed class EbsRoom : Room
{
    public override string Type => "EBS";

    public override string Summary =>
        "A disk that outlives its server, and stays when it is switched off. An ASG with one instance in the same availability zone mounts it through `ebs_volume_mounts:`.";

    public override AppResource Bind(Fields f) => new Ebs(f);
}

/// <summary>
/// A volume. Its stack always keeps it, also while it is switched off; it goes only when it leaves the files, and then into a snapshot.
/// </summary>
public sealed class Ebs(Fields f) : AppResource(f, WhenDisabled.Kept), IVolume, IBackedUp
{
    public Given<int> AvailabilityZone { get; } =
        f.RequiredInt("availability_zone", "The number of the zone it is in, which it never leaves: 1 is the network's first.", min: 1);

    public Given<int>? SizeGib { get; } = f.Int("size_gib",
        "GiB: 10, or as large as the snapshot, where not given. It grows while it is in use and never shrinks; the file system on it is then grown on the server.",
        min: 1);

    public string? SnapshotId { get; } = f.Text("snapshot_id", "The snapshot it is made from; keep it written afterwards.",
        Check.Matching("a snapshot's id such as snap-0a1b2c3d", "^snap-[0-9a-f]+$"));

    public string VolumeType { get; } = f.Text("volume_type",
        "gp3 is the usual one, at less than gp2's price. A change is made while the volume is in use.", "gp2", VolumeKind.Names);

    public Given<int>? Iops { get; } = f.Int("iops", "Operations a second, for gp3 (3,000 where not given), io1 and io2.", min: 1);

    public Given<int>? Throughput { get; } = f.Int("throughput", "MiB a second, for gp3: 125 where not given.", min: 1);

    public Given<bool>? Encrypted { get; } = f.Flag("encrypted",
        "Encrypt it; where not given, as the account's setting for new volumes or its snapshot says. It stays as it was made.");

    public RefOrText? KmsKeyId { get; } = f.RefOrText("kms_key_id", "The KMS key it is encrypted with; AWS's own where not given.");

    SavedResource IBackedUp.Saved => new(ToRef().Output("arn"));

    int IVolume.Zone => AvailabilityZone;

    Location IVolume.ZonePlace => PlaceOf("availability_zone");

    // What it is without either of both fields.
    private Given<int>? Size => SizeGib ?? (SnapshotId is null ? new Given<int>(10, null) : null);

    protected internal override void Rules(Fields f)
    {
        VolumeKind.CheckLimits(f, VolumeType, Size?.Value, Iops?.Value, Throughput?.Value);
        if (KmsKeyId is not null && Encrypted is null or { Value: false })
            f.Broken("kms_key_id", "a \"kms_key_id\" is for encrypted volumes", "encrypted: true");
    }

    protected internal override void Build(BuildScope scope)
    {
        var stack = scope.Stack(this, "EBS");
        stack.Add(new Resource("EBS", "AWS::EC2::Volume", new MapValue
        {
            ["VolumeType"] = VolumeType,
            ["AvailabilityZone"] = Zone(scope, stack),
            ["SnapshotId"] = Value.Of(SnapshotId),
            ["Size"] = Value.Of(Size),
            ["Iops"] = Value.Of(Iops),
            ["Throughput"] = Value.Of(Throughput),
            ["Encrypted"] = Value.Of(Encrypted),
            ["KmsKeyId"] = KmsKeyId is { } key ? stack.RefOrText("KmsKeyId", key) : null,
        })
        {
            DeletionPolicy = DeletionPolicy.Snapshot,
            UpdateReplacePolicy = DeletionPolicy.Snapshot,
        });
        stack.Output("EBSVolumeId", Fn.Ref("EBS"), $"{Path}.id");
        stack.Output("EBSVolumeArn", Fn.Sub("arn:${AWS::Partition}:ec2:${AWS::Region}:${AWS::AccountId}:volume/${EBS}"), $"{Path}.arn");
    }

    // The zone its servers' subnets are in, whatever AWS calls it. Deployed volumes have its name written down: a value, not a function,
    // is the same as that.
    private Value Zone(BuildScope scope, StackBuilder stack)
    {
        if (scope.Environment is { AvailabilityZones: > 0 and var zones } && AvailabilityZone > zones)
        {
            scope.Build.Bag.Add(BindingCodes.BrokenRule, PlaceOf("availability_zone"),
                $"there is no availability zone {AvailabilityZone}: the network has {zones}", subject: Path);
        }
        var vpc = scope.Environment is { } environment ? scope.Build.Index.Find(environment.VpcPath) as IVpc : null;
        return vpc?.ZoneName(AvailabilityZone) is { } name
            ? stack.Input("AvailabilityZone", name)
            : Fn.Select(AvailabilityZone - 1, Fn.GetAZs());
    }
}
