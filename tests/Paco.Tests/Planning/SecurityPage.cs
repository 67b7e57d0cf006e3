using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.CloudFormation.Schemas;
using Paco.Clouds;
using Paco.Linking;
using Paco.Planning;
using Paco.Planning.Security;
using Paco.Stacks;

namespace Paco.Tests.Planning;

/// <summary>Two templates' resources in, the security lines of the plan between them out, without the stack's title.</summary>
internal sealed record SecurityPage(string Before, string After)
{
    private static readonly NodeId Id = new(new Place("dev", "us-west-2"), "NE-mynet-dev-App-app-site-web");

    /// <summary>Parameters of the new template; without a source they are literals.</summary>
    public ImmutableArray<Parameter> Parameters { get; init; } = [];

    public NodeAction Action { get; init; } = NodeAction.Update;

    public bool IsDelete { get; init; }

    /// <summary>Other stacks of the plan, for the names of their outputs.</summary>
    public ImmutableArray<PlannedNode> Others { get; init; } = [];

    public static string[] Lines(string before, string after) => new SecurityPage(before, after).Lines();

    public string[] Lines() =>
        [.. Changes().Select(c => c.Sentence[..2] + c.Sentence[(c.Sentence.IndexOf("  ", StringComparison.Ordinal) + 2)..])];

    public ImmutableArray<SecurityChange> Changes() => SecuritySummary.Of(Plan());

    public Plan Plan()
    {
        var values = Parameters.ToImmutableSortedDictionary(p => p.Name,
            p => (p.Source as LiteralSource)?.Text ?? (p.Source as SecretSource)?.Secret.Reveal(), StringComparer.Ordinal);
        var changes = TemplateDiff.Compare(Side(Before, values), Side(After, values), ResourceSchemas.Shared);
        var stack = Stack(Id, "app/site/web") with { Parameters = Parameters };
        var planned = new PlannedStack(new StackNode(stack), Action) { Body = "", Parameters = values, Changes = changes };
        return new Plan
        {
            Scope = Scope.All,
            IsDelete = IsDelete,
            Nodes = [planned, .. Others],
            Deployed = [],
        };
    }

    /// <summary>A stack that is as it should be and offers an output.</summary>
    public static PlannedNode Offering(NodeId id, string title, string key, string reference) =>
        new PlannedStack(new StackNode(Stack(id, title) with { Outputs = [new OfferedOutput(key, [reference])] }), NodeAction.None)
        {
            Body = "",
            Parameters = ImmutableSortedDictionary<string, string?>.Empty,
        };

    private static Stack Stack(NodeId id,
        string title) => new() { Id = id, Ref = "netenv.mynet.dev", Title = title, Enabled = true, Template = new Template() };

    private static TemplateSide Side(string resources, IReadOnlyDictionary<string, string?> parameters)
    {
        if (resources.Length == 0)
            return TemplateSide.Empty;
        var read = TemplateReader.Read(resources);
        Assert.NotNull(read);
        return new TemplateSide(new MapValue { ["Resources"] = read }, parameters);
    }
}
