using Paco.Binding;

namespace Paco.Resources.Volumes;

/// <summary>A type of EBS volume with what AWS takes of it.</summary>
/// <param name="Smallest">GiB.</param>
/// <param name="Largest">GiB.</param>
internal sealed record VolumeKind(string Name, int Smallest, int Largest)
{
    // One operation moves a quarter of a MiB at most.
    private const int IopsPerMib = 4;

    // Source: EBS User Guide, volume types; gp3 as since September 2025.
    private static readonly VolumeKind[] All =
    [
        new("gp3", 1, 65536) { Iops = new(3000, 80000), FreeIops = 3000, IopsPerGib = 500, Throughput = new(125, 2000) },
        new("gp2", 1, 16384),
        new("io2", 4, 65536) { Iops = new(100, 256000), IopsPerGib = 1000, NeedsIops = true },
        new("io1", 4, 16384) { Iops = new(100, 64000), IopsPerGib = 50, NeedsIops = true },
        new("st1", 125, 16384),
        new("sc1", 125, 16384),
        new("standard", 1, 1024),
    ];

    public static readonly Check Names = Check.Known("volume type", [.. All.Select(k => k.Name)]);

    /// <summary>The operations a second that can be bought; null where none can.</summary>
    private Bounds? Iops { get; init; }

    /// <summary>Those every volume has, however small.</summary>
    private int FreeIops { get; init; }

    private int IopsPerGib { get; init; }

    private bool NeedsIops { get; init; }

    /// <summary>The MiB a second that can be bought; null where none can.</summary>
    private Bounds? Throughput { get; init; }

    private static VolumeKind? Find(string name) => All.FirstOrDefault(k => k.Name == name);

    /// <summary>
    /// Reports what AWS would refuse of the fields <c>volume_type</c>, <c>size_gib</c>, <c>iops</c> and <c>throughput</c>.
    /// </summary>
    /// <param name="size">Null where the snapshot says it.</param>
    public static void CheckLimits(Fields f, string type, int? size, int? iops, int? throughput)
    {
        if (Find(type) is not { } kind)
            return;
        if (size is { } gib && (gib < kind.Smallest || gib > kind.Largest))
            f.Broken("size_gib", $"{kind.Name} volumes have {kind.Smallest:N0} to {kind.Largest:N0} GiB, not {gib:N0}");
        kind.CheckIops(f, size, iops);
        kind.CheckThroughput(f, iops, throughput);
    }

    private void CheckIops(Fields f, int? size, int? iops)
    {
        if (iops is not { } wanted)
        {
            if (NeedsIops)
                f.Lacks("volume_type", $"{Name} volumes need \"iops\"");
        }
        else if (Iops is not { } bounds)
        {
            f.Broken("iops", $"{Name} volumes take no \"iops\"", "use gp3");
        }
        else if (!bounds.Hold(wanted))
        {
            f.Broken("iops", $"{Name} volumes have {bounds} IOPS, not {wanted:N0}");
        }
        else if (size is { } gib && Math.Max(FreeIops, (long)gib * IopsPerGib) is var most && wanted > most)
        {
            f.Broken("iops", $"{Name} volumes have at most {IopsPerGib} IOPS a GiB: {most:N0} with {gib:N0} GiB",
                "make it larger, or ask for less");
        }
    }

    private void CheckThroughput(Fields f, int? iops, int? throughput)
    {
        if (throughput is not { } wanted)
            return;
        var (there, needed) = (iops ?? FreeIops, wanted * IopsPerMib);
        if (Throughput is not { } bounds)
            f.Broken("throughput", $"{Name} volumes take no \"throughput\"", "use gp3");
        else if (!bounds.Hold(wanted))
            f.Broken("throughput", $"{Name} volumes have {bounds} MiB a second, not {wanted:N0}");
        else if (needed > there)
            f.Broken("throughput", $"{wanted:N0} MiB a second need {needed:N0} IOPS at least; there are {there:N0}", $"iops: {needed}");
    }

    private readonly record struct Bounds(int Least, int Most)
    {
        public bool Hold(int number) => number >= Least && number <= Most;

        public override string ToString() => FormattableString.Invariant($"{Least:N0} to {Most:N0}");
    }
}
