using System.Globalization;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Diagnostics;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Planning;

/// <summary>
/// Finds the line that causes a change, among the fields of the object a stack was made for. Whatever a field hands on unchanged knows
/// where it is written: a number or flag by its origin, a text because it is the very text the field's node holds. What is put
/// together of several things is looked for by its name, <c>health_check_interval</c> for HealthCheckInterval, and where several have it by
/// its value too.
/// </summary>
internal static class SourceLines
{
    public static ResourceChange Place(ResourceChange change, Stack stack, ObjectIndex? objects)
    {
        if (change.Kind is not (ChangeKind.Update or ChangeKind.Replace) || objects?.Walk(stack.Ref).Found?.Written is not { } written)
            return change;
        var leaves = Leaves(written).ToList();
        return change with
        {
            Properties =
            [
                // What only follows is written nowhere.
                .. change.Properties.Select(p => p.Follows.IsEmpty
                    ? p with { Source = Exactly(leaves, At(change.After, p.Path)) ?? Likely(leaves, p) }
                    : p),
            ],
        };
    }

    private static Location? Exactly(List<(string Key, ScalarNode Node)> leaves, Value? value) => value switch
    {
        { Origin.Node: { } node } => node.Location,
        TextValue { Text: var text } =>
            leaves.Where(leaf => ReferenceEquals(leaf.Node.Value, text)).Select(leaf => (Location?)leaf.Node.Location).FirstOrDefault(),
        // The last one first: what is added stands at the end.
        ListValue list => list.Items.Reverse().Select(item => Exactly(leaves, item)).FirstOrDefault(place => place is not null),
        _ => null,
    };

    private static Location Likely(List<(string Key, ScalarNode Node)> leaves, PropertyChange change)
    {
        var name = Plain(change.Path.Split('.', '[')[^1].TrimEnd(']') is var last && last.Any(char.IsLetter) ? last : change.Path);
        var named = leaves.Where(l => Plain(l.Key) == name).ToList();
        var same = named.Where(l => l.Node.Value == change.After).ToList();
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
