using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Planning;

namespace Paco.Drifting;

/// <summary>A resource's properties as they really are: those of its template, with what was found to differ laid over them.</summary>
internal static class ActualValues
{
    // In the place of a list's entry that is gone, so that the others keep their numbers.
    private static readonly Value Gone = Fn.NoValue;

    public static MapValue Of(MapValue deployed, ImmutableArray<PropertyDrift> drift) =>
        drift.Aggregate(deployed, (properties, d) => (MapValue)Put(properties, Parts(d.Path), d)!);

    private static Value? Put(Value? at, ReadOnlySpan<string> path, PropertyDrift drift)
    {
        if (path.IsEmpty)
            return drift.Actual is { } actual ? Read(actual) : null;
        if (!int.TryParse(path[0], out var index))
            return Put(at as MapValue ?? [], path[0], path[1..], drift);
        var items = at is ListValue list ? list.Items : [];
        // What only is there has no counterpart in the template under its number.
        if (index >= items.Length || (path.Length == 1 && drift.Deployed is null))
            return Put(null, path[1..], drift) is { } come ? new ListValue(items.Add(come)) : at;
        return new ListValue(items.SetItem(index, Put(items[index], path[1..], drift) ?? Gone));
    }

    private static MapValue Put(MapValue map, string key, ReadOnlySpan<string> path, PropertyDrift drift) =>
        map.With(key, Put(map[key], path, drift));

    private static Value Read(string text) =>
        text is ['{' or '[', ..] && TemplateReader.Read($"{{\"it\": {text}}}")?["it"] is { } structure ? structure : text;

    // "Ingress[0].CidrIp": Ingress, 0, CidrIp.
    private static string[] Parts(string path) => path.Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries);
}
