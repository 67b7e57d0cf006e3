using System.Collections.Immutable;

namespace Paco.Starters;

/// <summary>The regions a project may be in, by code.</summary>
internal static class AwsRegions
{
    // From the regions page of AWS's global infrastructure guide, state of 2026, and the China, GovCloud
    // and European Sovereign Cloud partitions.
    public static ImmutableArray<string> All { get; } =
    [
        "us-east-1", "us-east-2", "us-west-1", "us-west-2",
        "af-south-1",
        "ap-east-1", "ap-east-2", "ap-south-1", "ap-south-2", "ap-northeast-1", "ap-northeast-2", "ap-northeast-3",
        "ap-southeast-1", "ap-southeast-2", "ap-southeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6", "ap-southeast-7",
        "ca-central-1", "ca-west-1",
        "eu-central-1", "eu-central-2", "eu-west-1", "eu-west-2", "eu-west-3", "eu-south-1", "eu-south-2", "eu-north-1",
        "il-central-1", "me-south-1", "me-central-1", "mx-central-1", "sa-east-1",
        "cn-north-1", "cn-northwest-1", "us-gov-east-1", "us-gov-west-1", "eusc-de-east-1",
    ];

    /// <summary>How many availability zones a new account sees at least, up to the three the starters use.</summary>
    public static int ZonesOf(string region) => region == "us-west-1" ? 2 : 3;

    public static string? Check(string region) => (All.Contains(region), Spelling.Nearest(region, All)) switch
    {
        (true, _) => null,
        (_, { } near) => $"\"{region}\" is not an AWS region. Did you mean {near}?",
        _ => $"\"{region}\" is not an AWS region. An example is us-west-2; all are {string.Join(", ", All)}.",
    };
}
