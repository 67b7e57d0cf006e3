using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Linking;
using Paco.Project;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Planning;

/// <summary>What actions once made, and no longer come out of the configuration: key pairs.</summary>
internal sealed class LeftActions(ImmutableArray<MadeAction> found, ImmutableArray<UnseenPlace> unseen)
{
    public ImmutableArray<MadeAction> All => found;

    public IEnumerable<NodeId> Ids => found.Select(f => f.Action.Id);

    /// <summary>
    /// Asks the accounts and regions of the project, for scopes at, above or below the files whose actions can be found; for others
    /// nothing is asked.
    /// </summary>
    /// <param name="selected">The part of the graph that the scope covers.</param>
    public static async Task<LeftActions> Find(StackGraph all, StackGraph selected, Scope scope, Reach.Width width, ICloud cloud,
        PlanOptions options, CancellationToken cancel)
    {
        var rooms = RoomCatalog.GlobalRooms.Where(r => Meets(scope, $"resource.{r.FileStem}")).ToList();
        if (rooms.Count == 0 || all.Objects is not { } objects
            || objects.Find("project") is not ProjectSettings { Mark: { Length: > 0 } mark })
        {
            return new LeftActions([], []);
        }
        var reach = new Reach(all, [.. selected.Nodes.Select(n => n.Id.Place).Distinct()], options.AccountIds);
        var (found, unseen) = await reach.Ask(scope, width, Made, options.Time, cancel);
        var made = all.Nodes.Select(n => Where(n.Id)).ToHashSet();
        return new LeftActions(
            [.. found.Where(f => scope.Covers(f.Action.Ref) && !made.Contains(Where(f.Action.Id))).OrderBy(f => f.Action.Id)], unseen);

        async Task<ImmutableArray<MadeAction>> Made(Place place, CancellationToken until) =>
            [.. (await Task.WhenAll(rooms.Select(r => r.Made(cloud, place, mark, objects, until)))).SelectMany(m => m)];

        (string, string, string) Where(NodeId id) =>
            (options.AccountIds.GetValueOrDefault(id.Place.Account, id.Place.Account), id.Place.Region, id.Name);
    }

    /// <summary>Those that cannot be made again.</summary>
    public IEnumerable<NodeId> Losable => found.Where(f => f.Action.HoldsData).Select(f => f.Action.Id);

    /// <summary>Their deletion, when the others are done.</summary>
    public IEnumerable<PlannedAction> After(ImmutableArray<NodeId> others) =>
        from one in found
        let node = new ActionNode(one.Action) { DependsOn = others }
        select new PlannedAction(node, NodeAction.Delete, one.State) { Reason = "left the configuration" };

    /// <summary>Where nobody could look, each place once.</summary>
    public ImmutableArray<UnseenPlace> AndUnseen(ImmutableArray<UnseenPlace> others) => [.. others.Concat(unseen).DistinctBy(u => u.Place)];

    private static bool Meets(Scope scope, ObjectPath file) => scope.Covers(file) || file.Covers(scope.Path);
}
