using System.Globalization;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Stacks;

/// <summary>
/// Finds the line a property of a template comes from, among the fields of the object its stack was made for. Whatever a field hands on
/// unchanged knows where it is written: a number or flag by its origin, a text because it is the very text the field's node holds. What
/// is put together of several things is looked for by its name, <c>health_check_interval</c> for HealthCheckInterval, and where several
/// have it by its value too.
/// </summary>
internal sealed class WrittenFields
{
    private readonly List<(string Key, ScalarNode Node)> _leaves;

    private WrittenFields(MapNode written) => _leaves = [.. Leaves(written)];

    /// <summary>The fields of what a path leads to; null where nobody wrote any.</summary>
    public static WrittenFields? Of(ObjectIndex objects, ObjectPath path) =>
        objects.Walk(path).Found?.Written is { } written ? new WrittenFields(written) : null;

    /// <summary>The place of a property (<c>Listeners[0].Port</c>), or nowhere.</summary>
    /// <param name="shown">Its value as text, to choose among several fields of its name.</param>
    public Location PlaceOf(MapValue? properties, string path, string? shown) =>
        Exactly(At(properties, path)) ?? Likely(path, shown);

    private Location? Exactly(Value? value) => value switch
    {
        { Origin.Node: { } node } => node.Location,
        TextValue { Text: var text } =>
            _leaves.Where(leaf => ReferenceEquals(leaf.Node.Value, text)).Select(leaf => (Location?)leaf.Node.Location).FirstOrDefault(),
        // The last one first: what is added stands at the end.
        ListValue list => list.Items.Reverse().Select(Exactly).FirstOrDefault(place => place is not null),
        _ => null,
    };

    private Location Likely(string path, string? shown)
    {
        var name = Plain(path.Split('.', '[')[^1].TrimEnd(']') is var last && last.Any(char.IsLetter) ? last : path);
        var named = _leaves.Where(l => Plain(l.Key) == name).ToList();
        var same = named.Where(l => l.Node.Value == shown).ToList();
        return (same.Count > 0 ? same : named) is [var only] ? only.Node.Location : default;
    }

    // Listeners[0].Port, from the properties inwards.
    private static Value? At(Value? value, string path)
    {
        foreach (var part in path.Split('.', '['))
        {
            value = (value, part) switch
            {
                (MapValue map, _) => map[part],
                (ListValue list, [.. var index, ']']) when int.TryParse(index, NumberStyles.None, null, out var at)
                    && at < list.Items.Length =>
                    list.Items[at],
                _ => null,
            };
        }
        return value;
    }

    private static IEnumerable<(string Key, ScalarNode Node)> Leaves(Node node, string key = "") => node switch
    {
        MapNode map => map.Entries.SelectMany(e => Leaves(e.Value, e.Key)),
        ListNode list => list.Items.SelectMany(item => Leaves(item, key)),
        ScalarNode scalar => [(key, scalar)],
        _ => [],
    };

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
