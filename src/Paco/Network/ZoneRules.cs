using Paco.Binding;
using Paco.Diagnostics;

namespace Paco.Network;

/// <summary>What <c>availability_zone</c> means: <c>all</c>, or the number of one of the network's zones.</summary>
internal static class ZoneRules
{
    /// <summary>The zones that are meant, in a network of so many; none where there is no such zone.</summary>
    public static IEnumerable<int> Chosen(string written, int zones) =>
        Enumerable.Range(1, zones).Where(zone => !int.TryParse(written, out var only) || zone == only);

    public static void Check(Fields f, Network network, string written, Location place)
    {
        if (int.TryParse(written, out var zone) && (zone < 1 || zone > network.AvailabilityZones))
        {
            f.Report(BindingCodes.BrokenRule, place,
                $"there is no zone {zone}: the network spans {network.AvailabilityZones} availability zones",
                "write \"all\", or a zone's number");
        }
    }
}
