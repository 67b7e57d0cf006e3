using Paco.Clouds;
using Paco.Diagnostics;

namespace Paco.Starters;

/// <summary>What a starter asks of a region; which there are is what projects may name.</summary>
internal static class AwsRegions
{
    /// <summary>How many availability zones the starters use: three, or as many as the region has.</summary>
    public static int ZonesOf(string region) => Math.Min(3, Regions.Zones(region));

    /// <summary>Where Route 53 reports what its health checks find.</summary>
    public static string HealthChecksOf(string region) => Partition.Of(region).GlobalRegion;

    public static string? Check(string region) => (Regions.IsKnown(region), Spelling.Nearest(region, Regions.All)) switch
    {
        (true, _) => null,
        (_, { } near) => $"\"{region}\" is not an AWS region. Did you mean {near}?",
        _ => $"\"{region}\" is not an AWS region. An example is us-west-2; all are {string.Join(", ", Regions.All)}.",
    };
}
