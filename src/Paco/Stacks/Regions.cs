using System.Collections.Frozen;

namespace Paco.Stacks;

/// <summary>AWS's regions with the short names that bucket names and other account-global names hold.</summary>
public static class Regions
{
    private static readonly FrozenDictionary<string, string> Short = new Dictionary<string, string>
    {
        ["us-east-1"] = "use1", ["us-east-2"] = "use2", ["us-west-1"] = "usw1", ["us-west-2"] = "usw2",
        ["af-south-1"] = "afs1", ["ap-east-1"] = "ape1", ["ap-east-2"] = "ape2", ["ap-south-1"] = "aps1", ["ap-south-2"] = "aps2",
        ["ap-northeast-1"] = "apne1", ["ap-northeast-2"] = "apne2", ["ap-northeast-3"] = "apne3",
        ["ap-southeast-1"] = "apse1", ["ap-southeast-2"] = "apse2", ["ap-southeast-3"] = "apse3", ["ap-southeast-4"] = "apse4",
        ["ap-southeast-5"] = "apse5", ["ap-southeast-6"] = "apse6", ["ap-southeast-7"] = "apse7",
        ["ca-central-1"] = "cac1", ["ca-west-1"] = "caw1",
        ["eu-central-1"] = "euc1", ["eu-central-2"] = "euc2", ["eu-west-1"] = "euw1", ["eu-west-2"] = "euw2", ["eu-west-3"] = "euw3",
        ["eu-south-1"] = "eus1", ["eu-south-2"] = "eus2", ["eu-north-1"] = "eun1",
        ["il-central-1"] = "ilc1", ["me-south-1"] = "mes1", ["me-central-1"] = "mec1", ["mx-central-1"] = "mxc1", ["sa-east-1"] = "sae1",
        ["us-gov-west-1"] = "usgw1", ["us-gov-east-1"] = "usge1", ["cn-north-1"] = "cnn1", ["cn-northwest-1"] = "cnnw1",
        ["eusc-de-east-1"] = "euscde1",
    }.ToFrozenDictionary();

    public static IEnumerable<string> All => Short.Keys.Order(StringComparer.Ordinal);

    public static bool IsKnown(string region) => Short.ContainsKey(region);

    /// <summary><c>us-west-2</c> as <c>usw2</c>; a region younger than this list by its first letters.</summary>
    public static string ShortName(string region) =>
        Short.TryGetValue(region, out var known) ? known : string.Concat(region.Split('-').Select((part, i) => i == 0 ? part : part[..1]));

    /// <summary>A region AWS has.</summary>
    public static readonly Binding.Check Check = Binding.Check.Among("an AWS region such as us-west-2", [.. All]);

    /// <summary>The same, but the word the original wrote for "none" and nothing at all are fine too.</summary>
    public static readonly Binding.Check OrNone =
        Binding.Check.Among("an AWS region such as us-west-2", [.. All, "no-region-set"]).OrBlank();
}
