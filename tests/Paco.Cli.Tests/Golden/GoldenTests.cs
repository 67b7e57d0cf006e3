using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Paco.Cli.Tests.Golden;

/// <summary>
/// The stacks of the starter project beside those the original made of it (tests/projects/golden). Whoever has them deployed keeps
/// them: every difference is on purpose and stands in <see cref="Intended"/>.
/// </summary>
public class GoldenTests
{
    private static readonly string[] All =
        ["netenv.mynet.dev", "netenv.mynet.staging", "netenv.mynet.prod", "resource.route53", "resource.iam", "resource.sns",
        "resource.codecommit", "resource.cloudtrail"];

    public static TheoryData<string> Scopes => [.. All];

    [Theory]
    [MemberData(nameof(Scopes))]
    public async Task Every_difference_to_the_original_is_listed(string scope)
    {
        var differences = await Differences(scope);

        var unlisted = differences.Where(d => !Intended.All.Any(i => i.Covers(d))).ToArray();

        Assert.True(unlisted.Length == 0,
            $"{unlisted.Length} of {differences.Count} differences are not listed:\n{string.Join('\n', unlisted.Select(d => d.ToString()))}");
    }

    [Fact]
    public async Task Every_listed_difference_exists()
    {
        var differences = new List<Difference>();
        foreach (var scope in All)
            differences.AddRange(await Differences(scope));

        Assert.Empty(Intended.All.Where(i => !differences.Any(i.Covers)).Select(i => $"{i.Stack} | {i.What}: {i.Reason}"));
    }

    private static async Task<IReadOnlyList<Difference>> Differences(string scope)
    {
        using var project = await Starter.New();
        // A project from before has none, and its buckets keep their names.
        project.Edit("project.yaml", "s3bucket_hash: \"abcd1234\"\n", "");
        project.Edit(Starter.Netenv, "            add_paco_suffix: true\n", "");
        (await project.Run("synth", scope, "--out", "out")).Succeeds();
        var ours = JsonNode.Parse(project.Read("out/stacks.json"))!["stacks"]!.AsArray()
            .Select(s => StackFacts.OfSynth(s!.AsObject(), project.Read($"out/{s["file"]}")))
            .ToDictionary(Key);
        return [.. Difference.Between(Golden(scope), ours)];
    }

    private static Dictionary<string, StackFacts> Golden(string scope)
    {
        // The original's starter wrote a domain of its own into dev and staging; ours takes the one answered.
        var text = Regex.Replace(File.ReadAllText(Repository.Path("tests", "projects", "golden", $"{scope}.json")), "pacosaas([.-])net",
            "example$1com");
        return JsonNode.Parse(text)!.AsArray().Select(s => StackFacts.OfGolden(s!.AsObject())).DistinctBy(Key)
            .ToDictionary(Key);
    }

    // A user's role has a stack of one name in every account, topics have one in several regions.
    private static string Key(StackFacts stack) => stack.Name switch
    {
        var name when name.EndsWith("-Account-Delegates", StringComparison.Ordinal) => $"{name} {stack.Account}",
        var name when name.StartsWith("SNS-", StringComparison.Ordinal) => $"{name} {stack.Region}",
        var name => name,
    };
}
