using Paco.Binding;
using Paco.CloudFormation;
using Paco.Diagnostics;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Planning;

/// <summary>
/// Finds the line that causes a change: below the object a stack was made for, the entry whose key reads like the property
/// (<c>instance_type</c> for InstanceType) or, failing that, the only one that holds the new value.
/// </summary>
internal static class SourceLines
{
    public static ResourceChange Place(ResourceChange change, Stack stack, ObjectIndex? objects)
    {
        if (change.Kind is not (ChangeKind.Update or ChangeKind.Replace) || objects?.Walk(stack.Ref).Found?.Written is not { } written)
            return change;
        return change with { Properties = [.. change.Properties.Select(p => p with { Source = Find(written, p) })] };
    }

    private static Location Find(MapNode written, PropertyChange change)
    {
        var name = Plain(change.Path.Split('.', '[')[^1].TrimEnd(']') is var last && last.Any(char.IsLetter) ? last : change.Path);
        var leaves = Leaves(written).ToList();
        var named = leaves.Where(l => Plain(l.Key) == name).ToList();
        if (named.Where(l => l.Value == change.After).Take(1).ToList() is [var exact])
            return exact.Place;
        if (named is [var only])
            return only.Place;
        return leaves.Where(l => change.After is { Length: > 1 } after && l.Value == after && after is not ("true" or "false")).ToList() is [var same] ? same.Place : default;
    }

    private static IEnumerable<(string Key, string Value, Location Place)> Leaves(Node node, string key = "") => node switch
    {
        MapNode map => map.Entries.SelectMany(e => Leaves(e.Value, e.Key)),
        ListNode list => list.Items.SelectMany(item => Leaves(item, key)),
        ScalarNode scalar => [(key, scalar.Value, scalar.Location)],
        _ => [],
    };

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
