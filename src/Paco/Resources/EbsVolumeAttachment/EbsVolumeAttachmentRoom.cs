using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Resources.EbsVolumeAttachment;

public sealed class EbsVolumeAttachmentRoom : Room
{
    public override string Type => "EBSVolumeAttachment";

    public override string Summary =>
        "A volume at an instance that is no ASG's: a NAT instance, or one made elsewhere. An ASG takes volumes through `ebs_volume_mounts:`.";

    public override AppResource Bind(Fields f) => new EbsVolumeAttachment(f);
}

/// <summary>A volume attached to an instance that stays; switched off, it is detached.</summary>
public sealed class EbsVolumeAttachment(Fields f) : AppResource(f)
{
    public RefOrText? Instance { get; } = f.RefOrText("instance",
        "The instance: its id, or a reference to one (`paco.ref netenv.….network.vpc.nat_gateway.NAME.ec2.az1`). It is in the volume's zone.",
        check: Check.Matching("an instance's id such as i-0a1b2c3d", "^i-[0-9a-f]+$"), required: true);

    public RefOrText? Volume { get; } = f.RefOrText("volume", "The volume: an EBS, or its id.", "EBS",
        Check.Matching("a volume's id such as vol-0a1b2c3d", "^vol-[0-9a-f]+$"), required: true);

    public string Device { get; } = f.RequiredText("device", "The name it is attached under: /dev/sdf to /dev/sdp.",
        Check.Matching("a device such as /dev/sdf", "^/dev/(sd|xvd)[b-z]{1,2}$"));

    protected internal override void Build(BuildScope scope)
    {
        var stack = scope.Stack(this, "EBSVolumeAttachment");
        if (!IsEnabled || Instance is not { } instance || Volume is not { } volume)
            return;
        stack.Resource("EBSVolumeAttachment", "AWS::EC2::VolumeAttachment", new MapValue
        {
            ["Device"] = Device,
            ["InstanceId"] = stack.RefOrText("InstanceId", instance),
            ["VolumeId"] = stack.RefOrText("VolumeId", volume, "id"),
        });
    }
}
