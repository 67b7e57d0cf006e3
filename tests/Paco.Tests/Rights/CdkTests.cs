using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Tests.Rights.Calls;
using Paco.Tests.Rights.Deployed;
using Paco.Tests.Rights.Evaluation;

namespace Paco.Tests.Rights;

/// <summary>
/// The rights of our pipelines beside those that the CDK gives for the same, right by right: who, which action, on what. Every difference
/// stands in <c>cdk.md</c> with its reason.
/// </summary>
public sealed class CdkTests
{
    private const int Cells = 4;

    private static readonly DeployedPolicies Cdk = new(Directory.EnumerateFiles(Folder("cdk"), "*.json").Order(StringComparer.Ordinal)
        .SelectMany(Stack));

    private static readonly DeployedPolicies Ours = new(SampleProjects.Deployed("pipelines").Resources);

    private static readonly ImmutableArray<(bool IsOurs, ImmutableArray<string> Who, ImmutableArray<string> Actions, string On)> Explained = [.. Read()];

    [Fact]
    public void Whoever_works_for_a_pipeline_of_the_CDK_can_make_every_call_of_the_table()
    {
        var evaluator = new Evaluator(Cdk);
        var refused = from use in new PipelineUses(Cdk).All
                      from made in CallTable.Of(use)
                      let decision = evaluator.Decide(made.Call)
                      where !decision.IsAllowed
                      select $"{use.Who}: {made.Call.Action} on {made.Row.On}";
        var lacking = Lines("lacks").Select(cells => $"{cells[0]}: {cells[1]} on {cells[2]}").ToHashSet();

        Findings.None(lacking.Except(refused).Select(l => $"lacks it no more: {l}"));
        Findings.None(refused.Except(lacking));
    }

    [Fact]
    public void Every_difference_from_the_CDK_is_explained()
    {
        var (cdk, ours) = (Rights(Cdk), Rights(Ours));
        var both = cdk.Select(r => r.Who).Intersect(ours.Select(r => r.Who)).ToHashSet();
        var differences = cdk.Except(ours).Select(r => (IsOurs: false, Right: r)).Concat(ours.Except(cdk).Select(r => (IsOurs: true, Right: r)))
            .Where(d => both.Contains(d.Right.Who)).ToList();

        var unexplained = differences.Where(d => !Explained.Any(e => Explains(e, d.IsOurs, d.Right)))
            .Select(d => $"{(d.IsOurs ? "only ours" : "only the CDK's")}: {d.Right.Who} | {d.Right.Action} | {d.Right.On}");
        Findings.None(unexplained);
        var stale = Explained.Where(e => !differences.Exists(d => Explains(e, d.IsOurs, d.Right)));
        Findings.None(stale.Select(e => $"no difference any more: {string.Join(", ", e.Who)} | {string.Join(", ", e.Actions)} | {e.On}"));
    }

    private static bool Explains((bool IsOurs, ImmutableArray<string> Who, ImmutableArray<string> Actions, string On) line, bool isOurs, Right right) =>
        line.IsOurs == isOurs && line.On == right.On && (line.Who is ["anybody"] || line.Who.Contains(right.Who))
        && line.Actions.Any(a => Wildcards.Fits(a, right.Action, ignoreCase: true));

    private static ImmutableHashSet<Right> Rights(DeployedPolicies policies) =>
    [
        .. from role in new PipelineUses(policies).All.Where(u => u.Caller is Caller.Role).GroupBy(u => u.Caller)
           let uses = role.ToList()
           from grant in Grants.Of(policies.Of(((Caller.Role)role.Key).Arn))
           select RightOf(uses, grant),
    ];

    // A role that does several things: what a right is for, the thing it is about says.
    private static Right RightOf(List<Use> uses, Grant grant)
    {
        var found = from use in uses
                    from name in use.On
                    where name.Value.Any(t => Wildcards.Fits(t.Widest, grant.Resource))
                    select (use.Who, name.Key);
        var (who, on) = found.OrderBy(f => f.Who == "any action").FirstOrDefault((uses.OrderBy(u => u.Who == "any action").First().Who,
            grant.Resource == "*" ? "anything" : "something else"));
        return new Right(who, grant.Action, on);
    }

    private static IEnumerable<(bool, ImmutableArray<string>, ImmutableArray<string>, string)> Read() =>
        from section in new[] { "only the CDK", "only ours" }
        from cells in Lines(section)
        select (section == "only ours", ImmutableArray.Create(cells[0].Split(", ")), CallTable.Actions(cells[1]).ToImmutableArray(), cells[2]);

    private static IEnumerable<string[]> Lines(string section)
    {
        var isInside = false;
        foreach (var line in File.ReadLines(Folder("cdk.md")))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
                isInside = line.Contains(section, StringComparison.Ordinal);
            if (isInside && CallTable.CellsOf(line) is { Length: Cells } cells && CallTable.IsEntry(cells))
                yield return cells;
        }
    }

    private static IEnumerable<DeployedResource> Stack(string file)
    {
        var (account, name) = (Path.GetFileName(file).Split('.')[0], Path.GetFileName(file).Split('.')[1]);
        var resources = (MapValue)TemplateReader.Read(File.ReadAllText(file))!["Resources"]!;
        var template = new Template
        {
            Resources = [.. resources.Select(r => new Resource(r.Key, ((TextValue)((MapValue)r.Value)["Type"]!).Text, ((MapValue)r.Value)["Properties"] as MapValue ?? []))],
        };
        return new DeployedStack(new Clouds.Place(account, "us-west-2"), account, name, template, parameter => $"({parameter})").Resources;
    }

    private static string Folder(string name) => Repository.Path("tests", "Paco.Tests", "Rights", name);

    private sealed record Right(string Who, string Action, string On);
}
