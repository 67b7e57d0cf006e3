using System.Collections.Immutable;

namespace Paco.Syntax;

/// <summary>Makes a copy of a tree with its texts changed; places stay. A tree without changes is answered as it is.</summary>
public static class Rewriter
{
    public static Node Texts(Node node, Func<string, string> change)
    {
        switch (node)
        {
            case ScalarNode scalar:
                var text = change(scalar.Value);
                return ReferenceEquals(text, scalar.Value) || text == scalar.Value
                    ? node
                    : new ScalarNode(scalar.Location, text, scalar.Plain, scalar.Tag) { Overridden = scalar.Overridden };
            case ListNode list:
                var items = list.Items.Select(item => Texts(item, change)).ToImmutableArray();
                return items.SequenceEqual(list.Items) ? node : new ListNode(list.Location, items, list.Tag) { Overridden = list.Overridden };
            case MapNode map:
                var entries = map.Entries.Select(entry => entry with { Value = Texts(entry.Value, change) }).ToImmutableArray();
                return entries.Select(e => e.Value).SequenceEqual(map.Entries.Select(e => e.Value))
                    ? node
                    : new MapNode(map.Location, entries, map.Tag) { Overridden = map.Overridden };
            default:
                return node;
        }
    }

    /// <summary>The same map with one entry set: in its place where the key exists, else at the end; null removes it.</summary>
    public static MapNode With(MapNode map, string key, Node? value)
    {
        if (map.Find(key) is not { } entry)
            return value is null ? map : new MapNode(map.Location, map.Entries.Add(new Entry(key, value.Location, value)), map.Tag) { Overridden = map.Overridden };
        var at = map.Entries.IndexOf(entry);
        var entries = value is null ? map.Entries.RemoveAt(at) : map.Entries.SetItem(at, entry with { Value = value });
        return new MapNode(map.Location, entries, map.Tag) { Overridden = map.Overridden };
    }

    /// <summary>The node at a path of keys, or null.</summary>
    public static Node? At(Node? node, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
            node = (node as MapNode)?[key];
        return node;
    }
}
