using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Network;

/// <summary>
/// Instances that pass packets on: Amazon Linux 2023 set up as a router. There is no ready image for it any longer; the last
/// one was Amazon Linux 1. One whose host fails EC2 recovers by itself, with its id, interface and address; one that is replaced
/// takes the routes and the address over within its stack's update. It has no role: it asks AWS for nothing.
/// </summary>
internal static class Ec2Nat
{
    private const string Image = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-";

    // cloud-init runs scripts of user data at the first start only, unless it is told to run them at every one.
    private const string EveryStart =
        """
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="paco"

        --paco
        Content-Type: text/cloud-config

        #cloud-config
        # The script below runs at every start, not only at the first.
        cloud_final_modules:
          - [scripts-user, always]

        --paco
        Content-Type: text/x-shellscript

        {0}
        --paco--

        """;

    /// <summary>All of the user data.</summary>
    internal static string UserDataText => UserData.Value;

    private static readonly Lazy<string> UserData = new(() =>
        EveryStart.ReplaceLineEndings("\n").Replace("{0}", Script(), StringComparison.Ordinal));

    /// <summary>What makes a router of an instance, as it runs there.</summary>
    internal static string Script() => EmbeddedBytes.Text("Network/router.bash").ReplaceLineEndings("\n");

    public static void Build(BuildScope scope, NatGateway nat, StackBuilder stack)
    {
        var zones = scope.Environment!.AvailabilityZones;
        foreach (var zone in nat.Zones(zones))
            AddInstance(scope, nat, stack, zone);
        foreach (var (segment, isFirst) in nat.Routed.Select((s, i) => (s, i == 0)))
        {
            for (var zone = 1; zone <= zones; zone++)
                AddRoute(nat, stack, segment, isFirst, zone);
        }
    }

    private static void AddInstance(BuildScope scope, NatGateway nat, StackBuilder stack, int zone)
    {
        var id = $"EC2NATInstance{zone}";
        stack.Resource(id, "AWS::EC2::Instance", new MapValue
        {
            ["ImageId"] = stack.Input("ImageId", new ImageSource(Image + Architecture(nat.Ec2InstanceType)), "AWS::EC2::Image::Id"),
            ["InstanceType"] = nat.Ec2InstanceType,
            ["KeyName"] = nat.Ec2KeyPair is { } key ? new InputValue(key.Output("keypair_name")) : null,
            ["MetadataOptions"] = new MapValue { ["HttpEndpoint"] = "enabled", ["HttpTokens"] = "required" },
            ["SecurityGroupIds"] = stack.InputList($"NATSecurityGroupListAZ{zone}", Groups(scope, nat, zone),
                "List<AWS::EC2::SecurityGroup::Id>"),
            ["SourceDestCheck"] = false,
            ["SubnetId"] = stack.Input($"SubnetIdAZ{zone}{Segment.CamelOf(nat.Segment!)}", Segment.Subnet(nat.Segment!, zone)),
            ["Tags"] = Value.List(new MapValue { ["Key"] = "Name", ["Value"] = NameOf(scope, nat, zone) }),
            ["UserData"] = Fn.Base64(UserData.Value),
        });
        stack.Resource($"ElasticIP{zone}", "AWS::EC2::EIP", new MapValue { ["Domain"] = "vpc", ["InstanceId"] = Fn.Ref(id) });
        stack.Output($"{id}Id", Fn.Ref(id), $"{nat.Path}.ec2.az{zone}");
    }

    // The first segment's routes have no segment in their names: deployed stacks have them so.
    private static void AddRoute(NatGateway nat, StackBuilder stack, Ref segment, bool isFirst, int zone)
    {
        var name = Segment.CamelOf(segment);
        stack.Resource($"EC2NATRoute{(isFirst ? "" : name)}AZ{zone}", "AWS::EC2::Route", new MapValue
        {
            ["DestinationCidrBlock"] = "0.0.0.0/0",
            ["InstanceId"] = Fn.Ref($"EC2NATInstance{nat.ServedFrom(zone)}"),
            ["RouteTableId"] = stack.Input($"RouteTable{name}AZ{zone}", Segment.RouteTable(segment, zone)),
        });
    }

    private static IEnumerable<Ref> Groups(BuildScope scope, NatGateway nat, int zone)
    {
        var zones = nat.OnlyZone is null ? [zone] : Enumerable.Range(1, scope.Environment!.AvailabilityZones);
        return [.. nat.SecurityGroups.Select(g => g.Output("id")), .. zones.Select(z => NatSecurityGroups.IdOf(scope, nat, z))];
    }

    private static string NameOf(BuildScope scope, NatGateway nat, int zone) =>
        string.Join('-', [.. scope.Names.Select(Names.UpperFirst), "NGW", Names.UpperFirst(nat.Name), $"AZ{zone}"]);

    // Arm families have a g behind the generation (t4g, c7gn), and there was a1.
    private static string Architecture(string instanceType)
    {
        var family = instanceType.Split('.')[0];
        return family == "a1" || family.SkipWhile(char.IsAsciiLetter).Contains('g') ? "arm64" : "x86_64";
    }
}
