using Paco.Binding;
using Paco.Diagnostics;

namespace Paco.Network;

/// <summary>
/// The rules of an address space: sizes AWS takes, subnets inside the VPC and apart from each other, one for every zone. All of
/// it would otherwise fail half-way through provisioning.
/// </summary>
internal static class AddressPlan
{
    private const int Largest = 16;
    private const int Smallest = 28;

    public static readonly Check CidrOrBlank = Binding.Check.Cidr4.OrBlank();

    public static void Check(Fields f, Network network, Vpc vpc)
    {
        if (!vpc.IsEnabled)
            return;
        if (vpc.Cidr.Length == 0)
            Broken(f, vpc.PlaceOf("cidr"), "the VPC needs a \"cidr\"", "for example 10.0.0.0/16");
        CheckSize(f, "a VPC", vpc.Cidr, vpc.PlaceOf("cidr"));
        var segments = vpc.Segments.Where(s => s.IsEnabled).ToArray();
        if (segments.Length > 0 && network.AvailabilityZones == 0)
            f.Broken("availability_zones", "segments need \"availability_zones\": how many zones the network spans, 1 to 6");
        foreach (var segment in segments)
            CheckSegment(f, network, vpc, segment);
        CheckOverlaps(f, [.. from segment in segments from range in segment.RangesIn(network.AvailabilityZones) select (segment, range)]);
    }

    private static void CheckSegment(Fields f, Network network, Vpc vpc, Segment segment)
    {
        foreach (var zone in network.Zones.Where(zone => segment.RangeIn(zone) is null))
        {
            Broken(f, segment.Location,
                $"the segment {segment.Name} needs \"az{zone}_cidr\": the network spans {network.AvailabilityZones} availability zones",
                "give every segment a range for each zone, or lower availability_zones");
        }
        if (segment.InternetAccess && !vpc.EnableInternetGateway)
        {
            Broken(f, segment.PlaceOf("internet_access"),
                $"the segment {segment.Name} has \"internet_access\", but the VPC has no internet gateway",
                "set enable_internet_gateway: true");
        }
        foreach (var range in segment.RangesIn(network.AvailabilityZones))
        {
            CheckSize(f, "a subnet", range.Cidr, range.Location);
            if (AddressRange.Parse(range.Cidr) is { } subnet && AddressRange.Parse(vpc.Cidr) is { } whole && !whole.Contains(subnet))
                f.Report(BindingCodes.BrokenRule, range.Location, $"{range.Cidr} lies outside the VPC's {vpc.Cidr}");
        }
    }

    private static void CheckSize(Fields f, string what, string cidr, Location place)
    {
        if (AddressRange.Parse(cidr) is { Bits: < Largest or > Smallest } range)
            f.Report(BindingCodes.BadValue, place, $"{what} is /{Largest} to /{Smallest}, got /{range.Bits}");
    }

    private static void CheckOverlaps(Fields f, IReadOnlyList<(Segment Segment, SubnetRange Range)> subnets)
    {
        for (var i = 0; i < subnets.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var (one, other) = (subnets[j], subnets[i]);
                if (AddressRange.Parse(one.Range.Cidr) is { } a && AddressRange.Parse(other.Range.Cidr) is { } b && a.Overlaps(b))
                    ReportOverlap(f, one, other);
            }
        }
    }

    private static void ReportOverlap(Fields f, (Segment Segment, SubnetRange Range) one, (Segment Segment, SubnetRange Range) other) =>
        f.Context.Bag.Add(BindingCodes.BrokenRule, other.Range.Location,
            $"{other.Range.Cidr} overlaps {one.Range.Cidr} of {one.Segment.Name} in zone {one.Range.Zone}",
            "give every subnet a range of its own",
            new RelatedPlace(one.Range.Location, "the other subnet"), other.Segment.Path);

    private static void Broken(Fields f, Location place, string message, string hint) =>
        f.Report(BindingCodes.BrokenRule, place, message, hint);
}

/// <summary>An IPv4 range: its first address and prefix length.</summary>
internal readonly record struct AddressRange(uint First, int Bits)
{
    public static AddressRange? Parse(string cidr) =>
        Check.TryCidr4(cidr, out var address, out var bits) ? new AddressRange(address & Mask(bits), bits) : null;

    public bool Contains(AddressRange other) => Bits <= other.Bits && (other.First & Mask(Bits)) == First;

    public bool Overlaps(AddressRange other) => Contains(other) || other.Contains(this);

    // Shifting a uint by 32 shifts by nothing.
    private static uint Mask(int bits) => bits == 0 ? 0 : uint.MaxValue << (32 - bits);
}
