using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.CloudFormation.Types;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>
/// What a plan would make or move to where another stack still has something, and AWS lets that stand only once: the record of an
/// application that was renamed, the priority of a rule, the range of a segment. What leaves such a place in the same run does so first;
/// what left the configuration goes last or stays, and where two wait for each other neither can begin: then it is refused.
/// </summary>
internal sealed class TakenPlaces
{
    // Way: how it goes where it does not go by itself; null for what gives up its place in this run.
    private sealed record Holder(NodeId Stack, string Type, MapValue Properties, string Who, string? Way)
    {
        public ResourceChange? Leaving { get; init; }

        public bool Leaves(Uniqueness unique) => Leaving is null or { Kind: ChangeKind.Delete } || Leaving.MovesBy(unique);

        // Much else may stand in a range, and nobody deletes that for a name.
        public string Why(Uniqueness unique) => unique.IsRange
            ? $"and {Who} has it: give it another range, or the name it had"
            : $"and {Who} has it: {Way ?? "take that out in a run of its own first"}";
    }

    private sealed record Meeting(ResourceChange Change, Uniqueness Unique, Holder Holder)
    {
        public string Why =>
            $"{Change.LogicalId} cannot be made: there can be one with {Unique.Place(Change.After)}, {Holder.Why(Unique)}";
    }

    private readonly ILookup<string, Holder> _holders;
    private readonly IReadOnlyDictionary<string, string> _accountIds;
    private readonly Dictionary<NodeId, ImmutableArray<NodeId>> _waits;

    private TakenPlaces(ImmutableArray<PlannedNode> nodes, IEnumerable<Holder> holders, IReadOnlyDictionary<string, string> accountIds)
    {
        _holders = holders.ToLookup(h => h.Type, StringComparer.Ordinal);
        _accountIds = accountIds;
        _waits = new(RunDependencies.Making(nodes));
    }

    /// <summary>The nodes, with stacks that wait for others to give up their place, and those refused for which nobody does.</summary>
    /// <param name="left">What left the configuration, each with its deployed template and values.</param>
    public static ImmutableArray<PlannedNode> Settle(ImmutableArray<PlannedNode> nodes,
        IEnumerable<(Orphan Orphan, TemplateSide Side)> left, IReadOnlyDictionary<string, string> accountIds)
    {
        var places = new TakenPlaces(nodes,
            [.. left.SelectMany(l => Left(l.Orphan, l.Side)), .. nodes.OfType<PlannedStack>().SelectMany(Leaving)], accountIds);
        return [.. nodes.Select(n => n is PlannedStack { HasWork: true } stack ? places.Settle(stack) : n)];
    }

    /// <summary>
    /// The nodes, with those refused that wait for a stack which itself waits for them to let go of what it gives them.
    /// </summary>
    public static ImmutableArray<PlannedNode> RefuseCircles(ImmutableArray<PlannedNode> nodes)
    {
        var waits = RunDependencies.Making(nodes);
        var stacks = nodes.OfType<PlannedStack>().ToDictionary(s => s.Id);
        return [.. nodes.Select(n => n is PlannedStack { InTurnAfter.IsEmpty: false } stack && Keeper(stack) is { } keeper
            ? DeployedStacks.Refused(stack, $"takes a place that {keeper.Node.Title} gives up only when this has let go of what it keeps "
                + "for it: take that out in a run of its own first")
            : n)];

        PlannedStack? Keeper(PlannedStack stack) => stack.InTurnAfter.Select(stacks.GetValueOrDefault)
            .FirstOrDefault(other => other?.First?.Until.Any(user => user == stack.Id
                || RunDependencies.Leads(user, stack.Id, id => waits.GetValueOrDefault(id, []))) == true);
    }

    private PlannedStack Settle(PlannedStack stack)
    {
        var met = Met(stack).ToList();
        foreach (var meeting in met)
        {
            var other = meeting.Holder.Stack;
            if (meeting.Holder.Way is not null || RunDependencies.Leads(other, stack.Id, id => _waits.GetValueOrDefault(id, [])))
                return DeployedStacks.Refused(stack, meeting.Why);
            _waits[stack.Id] = [.. _waits[stack.Id].Append(other).Distinct()];
        }
        return met.Count == 0 ? stack : stack with
        {
            InTurnAfter = [.. met.Select(m => m.Holder.Stack).Distinct()],
            Changes = [.. stack.Changes.Select(c => met.Find(m => m.Change == c) is { } meeting ? Remarked(c, meeting.Holder) : c)],
        };
    }

    private IEnumerable<Meeting> Met(PlannedStack stack) =>
        from change in stack.Changes
        where change is { NameIsTaken: false, IsRecreated: false, MayBeReplaced: false, After: not null }
        let facts = ResourceFacts.Of(change.Type)
        from unique in facts.Unique
        where change.Kind == ChangeKind.Create || (change.Kind is ChangeKind.Update or ChangeKind.Replace && change.MovesBy(unique))
        from holder in _holders[change.Type]
        where holder.Stack != stack.Id && holder.Leaves(unique)
            && Among(unique, stack.Id.Place) == Among(unique, holder.Stack.Place)
            && facts.Meet(unique, p => Literal(change.After![p], "new"), p => Literal(holder.Properties[p], "old"))
        select new Meeting(change, unique, holder);

    private (string Account, string Region) Among(Uniqueness unique, Place place) =>
        unique.Among(_accountIds.GetValueOrDefault(place.Account, place.Account), place.Region);

    private static ResourceChange Remarked(ResourceChange change, Holder holder)
    {
        var turn = $"comes when {holder.Who} has gone from there";
        return change with { Remark = change.Remark is { } remark ? $"{remark}; {turn}" : turn };
    }

    private static IEnumerable<Holder> Left(Orphan orphan, TemplateSide side) =>
        from entry in side.Resources
        let resource = entry.Value as MapValue
        let type = TemplateDiff.Text(resource?["Type"])
        where type is not null && !ResourceFacts.Of(type).Unique.IsEmpty
        select new Holder(orphan.Id, type, TemplateDiff.Resolve(resource!["Properties"] as MapValue ?? [], side),
            $"{orphan.Id.Name} ({orphan.Id.Place}), which left the configuration,",
            $"it has to go there first (paco delete {orphan.Ref})");

    private static IEnumerable<Holder> Leaving(PlannedStack stack) =>
        from change in stack.Changes
        where change.Kind is ChangeKind.Delete or ChangeKind.Update or ChangeKind.Replace && change.Before is not null
            && !ResourceFacts.Of(change.Type).Unique.IsEmpty
        select new Holder(stack.Id, change.Type, change.Before!, $"{change.LogicalId} of {stack.Node.Title}", null)
        {
            Leaving = change,
        };

    // What refers to something of its own stack is nothing another stack has.
    private static string? Literal(Value? value, string side) => value is null ? null : TemplateDiff.Text(value) ?? $"\0{side}";
}
