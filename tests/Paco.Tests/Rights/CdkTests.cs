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

    // What these may do besides has nothing to do with a pipeline.
    private static readonly string[] WithOtherWork = ["server", "function"];

    private static readonly DeployedPolicies Cdk = new(Directory.EnumerateFiles(Folder("cdk"), "*.json").Order(StringComparer.Ordinal)
        .SelectMany(Stack));

    private static readonly DeployedPolicies Ours = new(SampleProjects.Deployed("pipelines").Resources);

    private static readonly ImmutableArray<Explanation> Explained = [.. Read()];

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
        var differences = cdk.SymmetricExcept(ours).Where(r => both.Contains(r.Who))
            .Select(right => (IsOurs: ours.Contains(right), Right: right)).ToList();

        Findings.None(differences.Where(d => !Explained.Any(e => e.IsOf(d.IsOurs, d.Right)))
            .Select(d => $"{(d.IsOurs ? "only ours" : "only the CDK's")}: {d.Right}"));
        var idle = Explained.Where(e => !differences.Exists(d => e.IsOf(d.IsOurs, d.Right)));
        Findings.None(idle.Select(e => $"no difference any more: {e}"));
    }

    private static ImmutableHashSet<Right> Rights(DeployedPolicies policies) =>
    [
        .. from use in new PipelineUses(policies).All
           where use.Caller is Caller.Role && !WithOtherWork.Contains(use.Who)
           group use by use.Caller into role
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
        var (who, on) = found.OrderBy(f => f.Who == "any action").ThenBy(f => f.Key, StringComparer.Ordinal)
            .FirstOrDefault((uses.OrderBy(u => u.Who == "any action").First().Who,
            grant.Resource == "*" ? "anything" : "something else"));
        return new Right(who, grant.Action, on);
    }

    private static IEnumerable<Explanation> Read() =>
        from section in new[] { "only the CDK", "only ours" }
        from cells in Lines(section)
        select new Explanation(section == "only ours", [.. cells[0].Split(", ")], [.. CallTable.Actions(cells[1])], cells[2]);

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
            Resources = [.. resources.Select(r => ResourceOf(r.Key, (MapValue)r.Value))],
        };
        return new DeployedStack(new Clouds.Place(account, "us-west-2"), account, name, template, parameter => $"({parameter})").Resources;
    }

    private static Resource ResourceOf(string logicalId, MapValue resource) =>
        new(logicalId, ((TextValue)resource["Type"]!).Text, resource["Properties"] as MapValue ?? []);

    private static string Folder(string name) => Repository.Path("tests", "Paco.Tests", "Rights", name);

    private sealed record Right(string Who, string Action, string On)
    {
        public override string ToString() => $"{Who} | {Action} | {On}";
    }

    /// <summary>A line of the page.</summary>
    private sealed record Explanation(bool IsOurs, ImmutableArray<string> Who, ImmutableArray<string> Actions, string On)
    {
        public bool IsOf(bool isOurs, Right right) =>
            IsOurs == isOurs && On == right.On && (Who is ["anybody"] || Who.Contains(right.Who))
            && Actions.Any(a => Wildcards.Fits(a, right.Action, ignoreCase: true));

        public override string ToString() => $"{string.Join(", ", Who)} | {string.Join(", ", Actions)} | {On}";
    }
}
