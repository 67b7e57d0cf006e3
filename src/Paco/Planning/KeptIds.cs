using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.CloudFormation.Types;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>
/// Resources that stay what they are though the project calls them something else: a rule of a security group with another
/// description, a listener that was renamed. CloudFormation knows them by their logical ids alone, would make the second, and with the
/// first delete what both are. So what is deployed keeps its id.
/// </summary>
internal static class KeptIds
{
    /// <summary>The deployed logical ids by those the project has for the same things.</summary>
    public static ImmutableDictionary<string, string> Of(TemplateComparison compared)
    {
        var gone = compared.Changes.Where(c => c.Kind == ChangeKind.Delete).Select(c => c.LogicalId).ToHashSet(StringComparer.Ordinal);
        if (gone.Count == 0)
            return [];
        // One for one: where two would be what one was, nobody can say which.
        return Collision.In(compared.Before, compared.Changes)
            .Where(c => c.Change.Kind == ChangeKind.Create && gone.Contains(c.Holder) && !c.Unique.IsRange
                && ResourceFacts.Of(c.Change.Type).Rolls is null)
            .Select(c => (New: c.Change.LogicalId, Old: c.Holder)).Distinct().ToLookup(pair => pair.Old, pair => pair.New)
            .Where(pair => pair.Count() == 1).DistinctBy(pair => pair.First())
            .ToImmutableDictionary(pair => pair.First(), pair => pair.Key, StringComparer.Ordinal);
    }

    /// <summary>The stack with other logical ids, wherever it names them.</summary>
    public static Stack Apply(Stack stack, ImmutableDictionary<string, string> ids) => stack with
    {
        Template = stack.Template with
        {
            Resources = [.. stack.Template.Resources.Select(r => Renamed(r, ids))],
            Outputs = [.. stack.Template.Outputs.Select(o => o with { Value = Renamed(o.Value, ids) })],
        },
    };

    private static Resource Renamed(Resource resource, ImmutableDictionary<string, string> ids) => resource with
    {
        LogicalId = ids.GetValueOrDefault(resource.LogicalId, resource.LogicalId),
        DependsOn = [.. resource.DependsOn.Select(id => ids.GetValueOrDefault(id, id))],
        Properties = Map(resource.Properties, ids),
        Metadata = resource.Metadata is { } metadata ? Map(metadata, ids) : null,
        UpdatePolicy = resource.UpdatePolicy is { } update ? Map(update, ids) : null,
        CreationPolicy = resource.CreationPolicy is { } creation ? Map(creation, ids) : null,
    };

    private static MapValue Map(MapValue map, ImmutableDictionary<string, string> ids) => map.Change(value => Renamed(value, ids));

    private static Value Renamed(Value value, ImmutableDictionary<string, string> ids) => value switch
    {
        RefValue reference => reference with { LogicalId = ids.GetValueOrDefault(reference.LogicalId, reference.LogicalId) },
        GetAttValue get => get with { LogicalId = ids.GetValueOrDefault(get.LogicalId, get.LogicalId) },
        FunctionValue { Name: "Fn::Sub", Argument: TextValue text } sub => sub with { Argument = InText(text, ids) },
        FunctionValue { Name: "Fn::Sub", Argument: ListValue { Items: [TextValue text, var own] } } sub =>
            sub with { Argument = Value.List(InText(text, ids), Renamed(own, ids)) },
        FunctionValue function => function with { Argument = Renamed(function.Argument, ids) },
        ListValue list => list with { Items = [.. list.Items.Select(item => Renamed(item, ids))] },
        MapValue map => Map(map, ids),
        _ => value,
    };

    private static TextValue InText(TextValue text, ImmutableDictionary<string, string> ids) => text with
    {
        Text = string.Concat(SubText.Pieces(text.Text).Select(piece =>
            piece.Name?.Split('.', 2) is [var id, .. var rest] && ids.TryGetValue(id, out var kept)
                ? $"${{{string.Join('.', rest.Prepend(kept))}}}"
                : piece.Written)),
    };
}
