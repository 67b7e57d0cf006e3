using FsCheck;
using FsCheck.Fluent;
using Paco.Syntax;

namespace Paco.Tests.BadInput;

/// <summary>The laws of laying overrides over a base, for any two trees.</summary>
public sealed class OverlayLawTests
{
    private static readonly Gen<string> Key = Gen.Elements("a", "b", "c", "d");

    private static readonly Arbitrary<Node> Trees = Gen.Sized(size => Tree(Math.Min(4, size / 6))).ToArbitrary();

    private static readonly Arbitrary<Node> Maps = Gen.Sized(size => Map(Math.Min(4, size / 6))).ToArbitrary();

    [Fact]
    public void Nothing_above_leaves_the_base() =>
        Holds(Prop.ForAll(Trees, below => Assert.Same(below, Overlay.Lay(below, null))));

    [Fact]
    public void Nothing_below_leaves_the_override() =>
        Holds(Prop.ForAll(Trees, above => Assert.Same(above, Overlay.Lay(null, above))));

    [Fact]
    public void An_empty_map_changes_nothing_of_a_map() =>
        Holds(Prop.ForAll(Maps, below => Assert.Equal(Show(below), Show(Overlay.Lay(below, new MapNode(default, []))))));

    [Fact]
    public void An_override_of_another_shape_wins_whole() =>
        Holds(Prop.ForAll(Trees, Trees, (below, above) =>
        {
            if (below.GetType() != above.GetType() || above is ScalarNode)
                Assert.Equal(Show(above), Show(Overlay.Lay(below, above)));
        }));

    [Fact]
    public void Every_text_of_the_override_is_in_the_result() =>
        Holds(Prop.ForAll(Maps, Maps, (below, above) => AssertWins(above, Overlay.Lay(below, above)!)));

    [Fact]
    public void Keys_of_the_base_stay_in_their_order() =>
        Holds(Prop.ForAll(Maps, Maps, (below, above) =>
        {
            var keys = ((MapNode)below).Entries.Select(e => e.Key).ToArray();
            Assert.Equal(keys, ((MapNode)Overlay.Lay(below, above)!).Entries.Select(e => e.Key).Take(keys.Length));
        }));

    [Fact]
    public void Laying_the_same_twice_is_laying_it_once() =>
        Holds(Prop.ForAll(Trees, Trees, (below, above) =>
        {
            var once = Overlay.Lay(below, above);
            Assert.Equal(Show(once), Show(Overlay.Lay(once, above)));
        }));

    [Fact]
    public void Laying_a_tree_over_itself_changes_nothing() =>
        Holds(Prop.ForAll(Trees, tree => Assert.Equal(Show(tree), Show(Overlay.Lay(tree, tree)))));

    [Fact]
    public void An_empty_list_clears() =>
        Holds(Prop.ForAll(Trees, below => Assert.Equal("[]", Show(Overlay.Lay(below, new ListNode(default, []))))));

    [Fact]
    public void What_says_replace_replaces() =>
        Holds(Prop.ForAll(Trees, Maps, (below, above) =>
        {
            var replacing = new MapNode(default, ((MapNode)above).Entries, "!replace");
            Assert.Equal(Show(above), Show(Overlay.Lay(below, replacing)));
        }));

    [Fact]
    public void The_result_remembers_what_it_lies_over() =>
        Holds(Prop.ForAll(Trees, Trees, (below, above) => Assert.Same(below, Overlay.Lay(below, above)!.Overridden)));

    private static void Holds(Property property) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(21, 1), property);

    private static Gen<Node> Tree(int depth) => depth == 0
        ? Gen.Elements("x", "y", "", "~", "5").Select(t => (Node)new ScalarNode(default, t, plain: true))
        : Gen.OneOf(Tree(0), Map(depth), Tree(depth - 1).ListOf().Select(items => (Node)new ListNode(default, [.. items.Take(4)])));

    private static Gen<Node> Map(int depth) =>
        Key.Zip(Tree(Math.Max(0, depth - 1))).ListOf().Select(entries =>
            (Node)new MapNode(default, [.. entries.DistinctBy(e => e.Item1).Select(e => new Entry(e.Item1, default, e.Item2))]));

    private static void AssertWins(Node above, Node result)
    {
        switch (above, result)
        {
            case (MapNode a, MapNode r):
                foreach (var entry in a.Entries)
                    AssertWins(entry.Value, r[entry.Key]!);
                break;
            case (ListNode { Items.Length: > 0 } a, ListNode r):
                for (var i = 0; i < a.Items.Length; i++)
                    AssertWins(a.Items[i], r.Items[i]);
                break;
            default:
                Assert.Equal(Show(above), Show(result));
                break;
        }
    }

    private static string Show(Node? node) => node switch
    {
        null => "(none)",
        ScalarNode scalar => $"'{scalar.Value}'",
        ListNode list => $"[{string.Join(", ", list.Items.Select(Show))}]",
        MapNode map => $"{{{string.Join(", ", map.Entries.Select(e => $"{e.Key}: {Show(e.Value)}"))}}}",
        _ => throw new InvalidOperationException(),
    };
}
