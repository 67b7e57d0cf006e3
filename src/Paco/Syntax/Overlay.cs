using System.Collections.Immutable;

namespace Paco.Syntax;

/// <summary>
/// Lays an environment's overrides over the base. Every node of the result keeps the file and line where it was written, so
/// a mistake in an override points into the override.
/// </summary>
/// <remarks>
/// Maps are united key by key. Lists are merged item by item, so an override of one item keeps the rest of it; the longer
/// tail stays. An empty list (<c>[]</c>) clears, <c>!replace</c> replaces a list or map whole, nothing (<c>null</c>) clears
/// the field. What is broken stays so. Anything else: the override wins.
/// </remarks>
public static class Overlay
{
    /// <summary>The override laid over the base; either may be missing.</summary>
    public static Node? Lay(Node? below, Node? above) => (below, above) switch
    {
        (_, null) => below,
        (BrokenNode, _) => below,
        (_, BrokenNode) => above,
        (null, _) => above,
        (_, { Tag: "!replace" }) => Over(above, below),
        (MapNode a, MapNode b) => LayMaps(a, b),
        (ListNode a, ListNode { Items.Length: > 0 } b) => LayLists(a, b),
        _ => Over(above, below),
    };

    private static MapNode LayMaps(MapNode below, MapNode above)
    {
        var entries = ImmutableArray.CreateBuilder<Entry>(below.Entries.Length + above.Entries.Length);
        foreach (var entry in below.Entries)
        {
            entries.Add(above.Find(entry.Key) is { } over
                ? new Entry(entry.Key, over.KeyLocation, Lay(entry.Value, over.Value)!)
                : entry);
        }
        foreach (var entry in above.Entries)
        {
            if (below.Find(entry.Key) is null)
                entries.Add(entry);
        }
        return new MapNode(above.Location, entries.DrainToImmutable(), above.Tag ?? below.Tag) { Overridden = below };
    }

    private static ListNode LayLists(ListNode below, ListNode above)
    {
        var items = ImmutableArray.CreateBuilder<Node>(Math.Max(below.Items.Length, above.Items.Length));
        for (var i = 0; i < Math.Max(below.Items.Length, above.Items.Length); i++)
        {
            var item = Lay(i < below.Items.Length ? below.Items[i] : null, i < above.Items.Length ? above.Items[i] : null);
            items.Add(item!);
        }
        return new ListNode(above.Location, items.DrainToImmutable(), above.Tag ?? below.Tag) { Overridden = below };
    }

    private static Node Over(Node above, Node below) => above switch
    {
        ScalarNode s => new ScalarNode(s.Location, s.Value, s.Plain, s.Tag) { Overridden = below, Moves = s.Moves },
        MapNode m => new MapNode(m.Location, m.Entries, m.Tag) { Overridden = below },
        ListNode l => new ListNode(l.Location, l.Items, l.Tag) { Overridden = below },
        _ => above,
    };
}
