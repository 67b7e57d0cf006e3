using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Network;

/// <summary>One subnet in every availability zone, each with a route table of its own.</summary>
public sealed class Segment(Fields f) : Model(f), ISegment
{
    public const int MostZones = 6;

    public Enablement Enabled { get; } = f.Enabled(false);

    public bool InternetAccess { get; } = f.Flag("internet_access", "Route it to the VPC's internet gateway: a public segment.", false);

    /// <summary>Its subnets' ranges by zone, as far as they are given.</summary>
    public ImmutableArray<SubnetRange> Ranges { get; } =
    [
        .. Enumerable.Range(1, MostZones)
            .Select(n => new SubnetRange(
                n, f.Text($"az{n}_cidr", $"The IPv4 range of its subnet in availability zone {n}.", "", AddressPlan.CidrOrBlank),
                f.Place($"az{n}_cidr")))
            .Where(range => range.Cidr.Length > 0),
    ];

    public IReadOnlyList<string> Cidrs => [.. Ranges.TakeWhile((range, i) => range.Zone == i + 1).Select(range => range.Cidr)];

    internal IEnumerable<SubnetRange> RangesIn(int zones) => Ranges.Where(range => range.Zone <= zones);

    internal SubnetRange? RangeIn(int zone) => Ranges.FirstOrDefault(range => range.Zone == zone);

    internal static string NameOf(Ref segment) => segment.Path.Last;

    /// <summary>A segment's name as part of names in templates: <c>data_1</c> is <c>Data1</c>.</summary>
    internal static string CamelOf(Ref segment) => Names.LogicalId(Names.UpperFirst(NameOf(segment)));

    /// <summary>The reference that yields a zone's subnet.</summary>
    internal static Ref Subnet(Ref segment, int zone) => segment.Output($"az{zone}.subnet_id");

    internal static Ref RouteTable(Ref segment, int zone) => segment.Output($"az{zone}.route_table.id");

    // Never emptied, whatever its flag: a subnet in use cannot go.
    internal void Build(BuildScope scope, Vpc vpc)
    {
        foreach (var range in Ranges)
            scope.Build.Offers.Add($"{Path}.az{range.Zone}_cidr", range.Cidr);
        var stack = (scope with { OwnNames = [Name], Label = $"{scope.Label}/segments/{Name}" }).Stack(this, "Segments");
        var ranges = RangesIn(scope.Environment!.AvailabilityZones).ToImmutableArray();
        var template = new SegmentTemplate(stack, this, vpc);
        foreach (var range in ranges)
            template.AddZone(range);
        if (ranges.Length > 0)
            template.AddLists([.. ranges.Select(range => range.Zone)]);
    }
}

/// <summary>A subnet's range and where it is written.</summary>
public sealed record SubnetRange(int Zone, string Cidr, Location Location);

internal sealed class SegmentTemplate(StackBuilder stack, Segment segment, Vpc vpc)
{
    public void AddZone(SubnetRange range)
    {
        var zone = $"AZ{range.Zone}";
        var name = Value.List(new MapValue { ["Key"] = "Name", ["Value"] = $"{stack.Id.Name}-{zone}" });
        var vpcId = stack.Input("VPC", vpc.ToRef().Output("id"));
        Add($"RouteTable{zone}", "AWS::EC2::RouteTable", range, new MapValue { ["VpcId"] = vpcId, ["Tags"] = name });
        if (segment.InternetAccess && vpc.EnableInternetGateway)
        {
            Add($"RouteDefaultGW{zone}", "AWS::EC2::Route", range, new MapValue
            {
                ["DestinationCidrBlock"] = "0.0.0.0/0",
                ["GatewayId"] = stack.Input("InternetGateway", vpc.ToRef().Output("internet_gateway")),
                ["RouteTableId"] = Fn.Ref($"RouteTable{zone}"),
            });
        }
        Add($"Subnet{zone}", "AWS::EC2::Subnet", range, new MapValue
        {
            ["VpcId"] = vpcId,
            ["CidrBlock"] = stack.Parameter($"Subnet{zone}CIDR", range.Cidr),
            ["AvailabilityZone"] = Fn.Select(range.Zone - 1, Fn.GetAZs()),
            ["Tags"] = name,
        });
        Add($"Subnet{zone}RouteTableAssociation", "AWS::EC2::SubnetRouteTableAssociation", range, new MapValue
        {
            ["SubnetId"] = Fn.Ref($"Subnet{zone}"),
            ["RouteTableId"] = Fn.Ref($"RouteTable{zone}"),
        });
        AddOutputs(range.Zone);
    }

    /// <summary>All subnets as one list, and the lists of the first, first two, … that scripts outside may read.</summary>
    public void AddLists(ImmutableArray<int> zones)
    {
        for (var n = 1; n <= zones.Length; n++)
            stack.Output($"SubnetList{n}", Subnets(zones[..n]));
        stack.Output("SubnetIdList", Subnets(zones), $"{segment.Path}.subnet_id_list");
    }

    private void AddOutputs(int zone)
    {
        var path = $"{segment.Path}.az{zone}";
        var arn = Fn.Sub($"arn:${{AWS::Partition}}:ec2:${{AWS::Region}}:${{AWS::AccountId}}:subnet/${{SubnetAZ{zone}}}");
        stack.Output($"SubnetIdAZ{zone}", Fn.Ref($"SubnetAZ{zone}"), $"{path}.subnet_id");
        stack.Output($"SubnetIdAZ{zone}Arn", arn, $"{path}.subnet_id.arn");
        stack.Output($"AvailabilityZone{zone}", Fn.GetAtt($"SubnetAZ{zone}", "AvailabilityZone"), $"{path}.availability_zone");
        stack.Output($"RouteTableIdAZ{zone}", Fn.Ref($"RouteTableAZ{zone}"), $"{path}.route_table.id");
    }

    private void Add(string logicalId, string type, SubnetRange range, MapValue properties) =>
        stack.Resource(logicalId, type, properties, range.Location);

    private static Value Subnets(IEnumerable<int> zones) => Fn.Join(",", zones.Select(zone => Fn.Ref($"SubnetAZ{zone}")));
}
