using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Starters;

/// <summary>What a starter asks of a region; which there are is what projects may name.</summary>
internal static class AwsRegions
{
    /// <summary>How many availability zones a new account sees at least, up to the three the starters use.</summary>
    public static int ZonesOf(string region) => region == "us-west-1" ? 2 : 3;

    public static string? Check(string region) => (Regions.IsKnown(region), Spelling.Nearest(region, Regions.All)) switch
    {
        (true, _) => null,
        (_, { } near) => $"\"{region}\" is not an AWS region. Did you mean {near}?",
        _ => $"\"{region}\" is not an AWS region. An example is us-west-2; all are {string.Join(", ", Regions.All)}.",
    };
}
