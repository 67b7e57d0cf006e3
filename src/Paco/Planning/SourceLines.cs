using System.Globalization;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Diagnostics;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Planning;

/// <summary>
/// Finds the line that causes a change, among the fields of the object a stack was made for. A text that a field hands on
/// unchanged is the very text the file's node holds, and that node knows its place: that is certain. What is made of a field
/// (numbers, flags, texts put together) is looked for by its name (<c>instance_type</c> for InstanceType) and value.
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
                .. change.Properties.Select(p => p with { Source = Exactly(leaves, At(change.After, p.Path)) ?? Likely(leaves, p) }),
            ],
        };
    }

    private static Location? Exactly(List<(string Key, ScalarNode Node)> leaves, Value? value) =>
        Texts(value).SelectMany(text => leaves.Where(leaf => ReferenceEquals(leaf.Node.Value, text)))
            .Select(leaf => (Location?)leaf.Node.Location).FirstOrDefault();

    private static Location Likely(List<(string Key, ScalarNode Node)> leaves, PropertyChange change)
    {
        var name = Plain(change.Path.Split('.', '[')[^1].TrimEnd(']') is var last && last.Any(char.IsLetter) ? last : change.Path);
        var named = leaves.Where(l => Plain(l.Key) == name).ToList();
        if (named.Where(l => l.Node.Value == change.After).Take(1).ToList() is [var exact])
            return exact.Node.Location;
        if (named is [var only])
            return only.Node.Location;
        if (change.After is not { Length: > 1 } after || after is "true" or "false")
            return default;
        return leaves.Where(l => l.Node.Value == after).ToList() is [var same] ? same.Node.Location : default;
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

    // Of a list the last one first: what is added stands at the end.
    private static IEnumerable<string> Texts(Value? value) => value switch
    {
        TextValue text => [text.Text],
        ListValue list => list.Items.Reverse().SelectMany(Texts),
        _ => [],
    };

    private static IEnumerable<(string Key, ScalarNode Node)> Leaves(Node node, string key = "") => node switch
    {
        MapNode map => map.Entries.SelectMany(e => Leaves(e.Value, e.Key)),
        ListNode list => list.Items.SelectMany(item => Leaves(item, key)),
        ScalarNode scalar => [(key, scalar)],
        _ => [],
    };

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
