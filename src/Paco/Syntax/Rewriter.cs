using System.Collections.Immutable;

namespace Paco.Syntax;

/// <summary>Makes trees from trees; places stay. What needs no change is answered as it is.</summary>
public static class Rewriter
{
    /// <summary>The same tree, whose references mean what lies elsewhere. Texts stay as they are written.</summary>
    public static Node Moved(Node node, params ImmutableArray<Move> moves) => node switch
    {
        ScalarNode scalar when scalar.Value.Contains("paco.ref ", StringComparison.Ordinal) =>
            new ScalarNode(scalar.Location, scalar.Value, scalar.Plain, scalar.Tag)
            {
                Overridden = scalar.Overridden,
                Moves = scalar.Moves.AddRange(moves),
            },
        ListNode list => MovedList(list, moves),
        MapNode map => MovedMap(map, moves),
        _ => node,
    };

    private static ListNode MovedList(ListNode list, ImmutableArray<Move> moves)
    {
        var items = list.Items.Select(item => Moved(item, moves)).ToImmutableArray();
        return items.SequenceEqual(list.Items) ? list : new ListNode(list.Location, items, list.Tag) { Overridden = list.Overridden };
    }

    private static MapNode MovedMap(MapNode map, ImmutableArray<Move> moves)
    {
        var entries = map.Entries.Select(entry => entry with { Value = Moved(entry.Value, moves) }).ToImmutableArray();
        return entries.SequenceEqual(map.Entries) ? map : new MapNode(map.Location, entries, map.Tag) { Overridden = map.Overridden };
    }

    /// <summary>The same map with one entry set: in its place where the key exists, else at the end; null removes it.</summary>
    public static MapNode With(MapNode map, string key, Node? value)
    {
        if (map.Find(key) is not { } entry)
        {
            return value is null
                ? map
                : new MapNode(map.Location, map.Entries.Add(new Entry(key, value.Location, value)),
                    map.Tag) { Overridden = map.Overridden };
        }
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
