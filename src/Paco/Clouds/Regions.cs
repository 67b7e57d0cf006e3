using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Paco.Clouds;

/// <summary>A separate AWS, which shares neither accounts nor names with the others.</summary>
/// <param name="Name">The first part of its ARNs: CloudFormation's <c>AWS::Partition</c>.</param>
/// <param name="Domain">What its host names end in: CloudFormation's <c>AWS::URLSuffix</c>.</param>
/// <param name="GlobalRegion">Where calls to services without regions are signed.</param>
/// <param name="RegionsBegin">How the names of its regions begin, also of those younger than <see cref="Regions"/>.</param>
public sealed record Partition(string Name, string Domain, string GlobalRegion, string RegionsBegin)
{
    public static readonly Partition China = new("aws-cn", "amazonaws.com.cn", "cn-northwest-1", "cn-");
    public static readonly Partition Government = new("aws-us-gov", "amazonaws.com", "us-gov-west-1", "us-gov-");
    public static readonly Partition Sovereign = new("aws-eusc", "amazonaws.eu", "eusc-de-east-1", "eusc-");
    public static readonly Partition Standard = new("aws", "amazonaws.com", "us-east-1", "");

    /// <summary>All that Paco's users can have an account in. Source: AWS's endpoint rules (partitions.json).</summary>
    public static readonly ImmutableArray<Partition> All = [China, Government, Sovereign, Standard];

    /// <summary>Where the console of a region is: <c>https://us-west-2.console.aws.amazon.com</c>.</summary>
    public static string Console(string region) => $"https://{region}." + Of(region).Name switch
    {
        "aws-cn" => "console.amazonaws.cn",
        "aws-us-gov" => "console.amazonaws-us-gov.com",
        "aws-eusc" => "console.amazonaws-eusc.eu",
        _ => "console.aws.amazon.com",
    };

    /// <summary>The partition a region belongs to.</summary>
    public static Partition Of(string region) => All.First(p => region.StartsWith(p.RegionsBegin, StringComparison.Ordinal));
}

/// <summary>AWS's regions, with what the original and the starters know of each.</summary>
public static class Regions
{
    /// <summary>Where a project lives that does not say it.</summary>
    public const string Default = "us-east-1";

    /// <summary>The word the original wrote for "no region".</summary>
    public const string None = "no-region-set";

    private static readonly FrozenDictionary<string, Region> ByName = new Region[]
    {
        new("us-east-1", "use1", 6), new("us-east-2", "use2"), new("us-west-1", "usw1", 2), new("us-west-2", "usw2", 4),
        new("ap-south-1", "aps1"), new("ap-northeast-1", "apne1", 4), new("ap-northeast-2", "apne2", 4), new("ap-northeast-3", "apne3"),
        new("ap-southeast-1", "apse1"), new("ap-southeast-2", "apse2"),
        new("ca-central-1", "cac1"), new("sa-east-1", "sae1"),
        new("eu-central-1", "euc1"), new("eu-west-1", "euw1"), new("eu-west-2", "euw2"), new("eu-west-3", "euw3"),
        new("eu-north-1", "eun1"),
        OptIn("af-south-1", "afs1"), OptIn("ap-east-1", "ape1"), OptIn("ap-east-2", "ape2"), OptIn("ap-south-2", "aps2"),
        OptIn("ap-southeast-3", "apse3"), OptIn("ap-southeast-4", "apse4"), OptIn("ap-southeast-5", "apse5"),
        OptIn("ap-southeast-6", "apse6"), OptIn("ap-southeast-7", "apse7"),
        OptIn("ca-west-1", "caw1"), OptIn("mx-central-1", "mxc1"),
        OptIn("eu-central-2", "euc2"), OptIn("eu-south-1", "eus1"), OptIn("eu-south-2", "eus2"),
        OptIn("il-central-1", "ilc1"), OptIn("me-south-1", "mes1"), OptIn("me-central-1", "mec1"),
        new("us-gov-west-1", "usgw1"), new("us-gov-east-1", "usge1"), new("cn-north-1", "cnn1"), new("cn-northwest-1", "cnnw1"),
        new("eusc-de-east-1", "euscde1"),
    }.ToFrozenDictionary(r => r.Name);

    public static IEnumerable<string> All => ByName.Keys.Order(StringComparer.Ordinal);

    public static bool IsKnown(string region) => ByName.ContainsKey(region);

    /// <summary>
    /// Those of a partition that every account has without asking. Source: AWS's list of regions, column "opt-in"
    /// (docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html, 2026).
    /// </summary>
    public static IEnumerable<string> EnabledByDefault(Partition partition) =>
        ByName.Values.Where(r => !r.IsOptIn && Partition.Of(r.Name) == partition).Select(r => r.Name).Order(StringComparer.Ordinal);

    /// <summary><c>us-west-2</c> as <c>usw2</c>; a region younger than this list by its first letters.</summary>
    public static string ShortName(string region) =>
        ByName.TryGetValue(region, out var known)
            ? known.Short
            : string.Concat(region.Split('-').Select((part, i) => i == 0 ? part : part[..Math.Min(part.Length, 1)]));

    /// <summary>How many availability zones an account sees at least.</summary>
    public static int Zones(string region) => ByName.TryGetValue(region, out var known) ? known.Zones : Region.MostHave;

    /// <summary>What a field says, or null where it says nothing or "none".</summary>
    public static string? Given(string written) => written is "" or None ? null : written;

    /// <summary>A region AWS has.</summary>
    public static readonly Binding.Check Check = Binding.Check.Among("an AWS region such as us-west-2", [.. All]);

    /// <summary>The same, but "none" and nothing at all are fine too.</summary>
    public static readonly Binding.Check OrNone = Binding.Check.Among("an AWS region such as us-west-2", [.. All, None]).OrBlank();

    /// <param name="Short">What bucket names and other account-global names hold.</param>
    /// <param name="IsOptIn">An account has it only after somebody enabled it.</param>
    private sealed record Region(string Name, string Short, int Zones = Region.MostHave, bool IsOptIn = false)
    {
        public const int MostHave = 3;
    }

    private static Region OptIn(string name, string shortName) => new(name, shortName, IsOptIn: true);
}
