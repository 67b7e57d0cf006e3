using Paco.Binding;
using Paco.Diagnostics;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Network;

/// <summary>
/// The security groups of EC2 NAT gateways: one for every gateway and zone, letting in what comes from the subnets it serves.
/// They are written down as YAML would have them and read like the user's own, so names, rules and references are the same.
/// </summary>
internal static class NatSecurityGroups
{
    /// <summary>The set's name ends in the first digits of the MD5 of "gateway": all gateways share it.</summary>
    public const string SetName = "bastion_nat_3e21ab62";

    /// <summary>The set, or null where no EC2 NAT gateway is enabled by its own flag; it is off where what it stands in is.</summary>
    public static SecurityGroupSet? Bind(Fields f, Network network, Vpc vpc)
    {
        var gateways = vpc.NatGateways.Where(nat => nat is { Enabled.IsOwnOn: true, IsEc2: true }).ToArray();
        if (gateways.Length == 0)
            return null;
        var groups =
            from nat in gateways from zone in network.Zones select Entry(nat.Location, GroupName(nat, zone), Group(vpc, nat, zone));
        var place = gateways[0].Location;
        var fields = new Fields(new MapNode(place, [.. groups]), SetName, $"{vpc.Path}.security_groups.{SetName}", f.Enablement, f.Context);
        var set = Fields.Bind(fields, x => new SecurityGroupSet(x));
        f.Context.Index.Add(set);
        return set;
    }

    /// <summary>The reference to the id of a gateway's group for one zone.</summary>
    public static Ref IdOf(BuildScope scope, NatGateway nat, int zone)
    {
        var path = $"{scope.Environment!.NetworkPath}.vpc.security_groups.{SetName}.{GroupName(nat, zone)}.id";
        return new Ref(path, path, nat.Location);
    }

    private static string GroupName(NatGateway nat, int zone) => $"{nat.Name}_az{zone}";

    private static MapNode Group(Vpc vpc, NatGateway nat, int zone)
    {
        var place = nat.Location;
        var ranges = nat.Routed.Select(segment => vpc.SegmentOf(segment)?.RangeIn(zone)?.Cidr).OfType<string>();
        return Map(place,
            Entry(place, "enabled", Text(place, "true")),
            Entry(place, "egress", new ListNode(place, [Rule(place, "ANY", "0.0.0.0/0")])),
            Entry(place, "ingress", new ListNode(place, [.. ranges.Distinct().Select(cidr => Rule(place, "SubnetAZ", cidr))])));
    }

    private static MapNode Rule(Location place, string name, string cidr) =>
        Map(place, Entry(place, "name", Text(place, name)), Entry(place, "protocol", Text(place, "-1")),
            Entry(place, "cidr_ip", Text(place, cidr)));

    private static MapNode Map(Location place, params ReadOnlySpan<Entry> entries) => new(place, [.. entries]);

    private static Entry Entry(Location place, string key, Node value) => new(key, place, value);

    private static ScalarNode Text(Location place, string text) => new(place, text, plain: true);
}
