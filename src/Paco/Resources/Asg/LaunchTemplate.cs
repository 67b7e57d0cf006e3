using Paco.CloudFormation;
using Paco.Resources.Iam;
using Paco.Stacks;

namespace Paco.Resources.Asg;

/// <summary>What instances are made from. A change of it is a new version, which the group then rolls out.</summary>
internal sealed class LaunchTemplate(Asg asg, IamRole role, string userData)
{
    public Resource ToResource(StackBuilder stack, Value image) =>
        new("LaunchTemplate", "AWS::EC2::LaunchTemplate", new MapValue { ["LaunchTemplateData"] = Data(stack, image) })
        {
            Metadata = asg.CfnInit?.ToValue(),
        };

    private MapValue Data(StackBuilder stack, Value image)
    {
        var groups = asg.SecurityGroups.IsEmpty
            ? null
            : stack.InputList("SecurityGroupList", asg.SecurityGroups.Select(g => g.Output("id")), "List<AWS::EC2::SecurityGroup::Id>");
        return new MapValue
        {
            ["ImageId"] = image,
            ["InstanceType"] = Value.Of(asg.InstanceType.Length > 0 ? asg.InstanceType : null),
            ["KeyName"] = asg.InstanceKeyPair is { } key ? stack.Input("InstanceKeyPair", key.Output("keypair_name")) : null,
            ["IamInstanceProfile"] = new MapValue { ["Name"] = role.ProfileName },
            ["NetworkInterfaces"] = asg.AssociatePublicIpAddress ? Value.List(PublicInterface(groups)) : null,
            ["SecurityGroupIds"] = asg.AssociatePublicIpAddress ? null : groups,
            ["BlockDeviceMappings"] = Value.OfMany(asg.BlockDeviceMappings.Select(m => m.ToValue())),
            ["EbsOptimized"] = asg.EbsOptimized ? true : null,
            ["Monitoring"] = new MapValue { ["Enabled"] = asg.InstanceMonitoring },
            ["MetadataOptions"] = MetadataOptions(),
            ["UserData"] = userData.Length == 0 ? null : Fn.Base64(userData),
        };
    }

    // A public address is asked of the interface, and then the security groups stand there too. The group adds the subnet.
    private static MapValue PublicInterface(Value? groups) => new()
    {
        ["DeviceIndex"] = 0,
        ["AssociatePublicIpAddress"] = true,
        ["DeleteOnTermination"] = true,
        ["Groups"] = groups,
    };

    // Version 2 of the metadata service only. Containers are one hop further away; tags are how scripts learn about mounts and addresses.
    private MapValue MetadataOptions() => new()
    {
        ["HttpEndpoint"] = "enabled",
        ["HttpTokens"] = "required",
        ["HttpPutResponseHopLimit"] = asg.Ecs is not null || asg.InstanceAmiType == "amazon_ecs" ? 2 : 1,
        ["InstanceMetadataTags"] = "enabled",
    };
}
