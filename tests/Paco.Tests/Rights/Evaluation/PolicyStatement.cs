using System.Collections.Immutable;
using Paco.CloudFormation;

namespace Paco.Tests.Rights.Evaluation;

/// <summary>A statement of a policy all of whose functions are resolved.</summary>
internal sealed record PolicyStatement
{
    // Of policies without this version, ${…} is text like any other.
    private const string WithVariables = "2012-10-17";

    public required bool Allows { get; init; }

    public required ImmutableArray<string> Actions { get; init; }

    /// <summary>All actions but these.</summary>
    public required ImmutableArray<string> OtherThanActions { get; init; }

    /// <summary>Empty where it says none, as in trust policies.</summary>
    public required ImmutableArray<string> Resources { get; init; }

    /// <summary>All resources but these.</summary>
    public required ImmutableArray<string> OtherThanResources { get; init; }

    public required ImmutableArray<Condition> Conditions { get; init; }

    /// <summary>Whom a resource's policy names; nobody in a policy of a role or user.</summary>
    public required ImmutableArray<NamedPrincipal> Principals { get; init; }

    public bool HasVariables { get; init; }

    public static ImmutableArray<PolicyStatement> Read(Value? document)
    {
        if (document is not MapValue policy)
            return [];
        var hasVariables = policy["Version"] is TextValue { Text: WithVariables };
        return [.. Maps(policy["Statement"]).Select(s => Read(s, hasVariables))];
    }

    /// <summary>Whether it is about a call, whoever makes it.</summary>
    public bool IsAbout(Call call) => Names(call.Action) && Takes(call) && Conditions.All(c => c.Holds(call.Context, HasVariables));

    /// <summary>How far it reaches somebody, by whom it names.</summary>
    public Reach Reaches(Caller caller) => Principals.Select(p => p.Of(caller)).DefaultIfEmpty(Reach.Nobody).Max();

    /// <summary>Whether it names an action.</summary>
    public bool Names(string action) => OtherThanActions.IsEmpty
        ? Actions.Any(a => Wildcards.Fits(a, action, ignoreCase: true))
        : !OtherThanActions.Any(a => Wildcards.Fits(a, action, ignoreCase: true));

    private bool Takes(Call call) => (Resources, OtherThanResources) switch
    {
        ({ IsEmpty: true }, { IsEmpty: true }) => true,
        (_, { IsEmpty: true }) => Resources.Any(r => Written(r, call) is { } pattern && Wildcards.FitsResource(pattern, call.Resource)),
        _ => !OtherThanResources.Any(r => Written(r, call) is { } pattern && Wildcards.FitsResource(pattern, call.Resource)),
    };

    private string? Written(string resource, Call call) => HasVariables ? call.Context.Fill(resource) : resource;

    private static PolicyStatement Read(MapValue statement, bool hasVariables) => new()
    {
        Allows = statement["Effect"] is TextValue { Text: "Allow" },
        Actions = Texts(statement["Action"]),
        OtherThanActions = Texts(statement["NotAction"]),
        Resources = Texts(statement["Resource"]),
        OtherThanResources = Texts(statement["NotResource"]),
        Conditions =
        [
            .. from op in statement["Condition"] as MapValue ?? []
               from key in op.Value as MapValue ?? []
               select new Condition(op.Key, key.Key, Texts(key.Value)),
        ],
        Principals = statement["NotPrincipal"] is null
            ? NamedPrincipal.Read(statement["Principal"])
            : throw new NotSupportedException("nothing here knows NotPrincipal"),
        HasVariables = hasVariables,
    };

    internal static ImmutableArray<string> Texts(Value? value) => [.. Items(value).Select(Text)];

    internal static IEnumerable<MapValue> Maps(Value? value) => Items(value).OfType<MapValue>();

    internal static IEnumerable<Value> Items(Value? value) => value switch
    {
        null => [],
        ListValue list => list.Items,
        _ => [value],
    };

    private static string Text(Value value) => value switch
    {
        TextValue text => text.Text,
        NumberValue number => number.Text,
        FlagValue flag => flag.Flag ? "true" : "false",
        _ => throw new InvalidOperationException($"a policy has a value that is not resolved: {value}"),
    };
}
