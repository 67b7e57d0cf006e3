using Paco.Binding;

namespace Paco.Network;

/// <summary>What NAT gateways, segments and zones must agree on: a route table takes one way out.</summary>
internal static class NatRules
{
    public static void Check(Fields f, Network network, Vpc vpc)
    {
        var taken = new Dictionary<string, NatGateway>(StringComparer.Ordinal);
        foreach (var nat in vpc.NatGateways.Where(nat => nat.IsEnabled))
        {
            ZoneRules.Check(f, network, nat.AvailabilityZone, nat.PlaceOf("availability_zone"));
            if (vpc.SegmentOf(nat.Segment) is { InternetAccess: false } closed)
            {
                Broken(f, nat.Segment!, $"a NAT gateway needs a public segment; {closed.Name} has no \"internet_access\"",
                    "name a segment with internet_access: true");
            }
            foreach (var segment in nat.Routed)
                CheckRouted(f, vpc, nat, segment, taken);
        }
    }

    private static void CheckRouted(Fields f, Vpc vpc, NatGateway nat, Ref segment, Dictionary<string, NatGateway> taken)
    {
        if (vpc.SegmentOf(segment) is { InternetAccess: true } open)
        {
            Broken(f, segment, $"{open.Name} has \"internet_access\" and needs no NAT gateway",
                "route segments without it, or remove this one");
        }
        else if (!taken.TryAdd(segment.Path, nat))
        {
            Broken(f, segment,
                $"two NAT gateways would be the way out of {Segment.NameOf(segment)}: {taken[segment.Path].Name} and {nat.Name}",
                "enable one of them");
        }
    }

    private static void Broken(Fields f, Ref written, string message, string hint) =>
        f.Report(BindingCodes.BrokenRule, written.Location, message, hint);
}
