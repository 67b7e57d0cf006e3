namespace Paco.Sandbox;

/// <summary>What stays the same through a cloud's life: options, faults, the engine.</summary>
internal sealed class SandboxContext(SandboxOptions options)
{
    public SandboxOptions Options { get; } = options;

    public FaultInjector Faults { get; } = new(options.Faults);

    public Pace Pace => Options.Pace;

    /// <summary>Now, to the millisecond, which is all AWS and the file keep.</summary>
    public DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(Options.Time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>A region's partition, as <c>AWS::Partition</c> names it.</summary>
    public static string Partition(string region) => Clouds.Partition.Of(region).Name;

    /// <summary>The partition's domain: <c>AWS::URLSuffix</c>.</summary>
    public static string UrlSuffix(string region) => Clouds.Partition.Of(region).Domain;

    /// <summary>The regions of a partition. An account of the sandbox has them all: those that must be asked for were asked for.</summary>
    public static IEnumerable<(string Name, string State)> Regions(string region)
    {
        var partition = Clouds.Partition.Of(region);
        var always = Clouds.Regions.EnabledByDefault(partition).ToHashSet(StringComparer.Ordinal);
        return Clouds.Regions.All.Where(name => Clouds.Partition.Of(name) == partition)
            .Select(name => (name, always.Contains(name) ? "opt-in-not-required" : "opted-in"));
    }

    /// <summary>A region's availability zones.</summary>
    public static IEnumerable<string> Zones(string region) =>
        Enumerable.Range(0, Clouds.Regions.Zones(region)).Select(i => $"{region}{(char)('a' + i)}");
}
