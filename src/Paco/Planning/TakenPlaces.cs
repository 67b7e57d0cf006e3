using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.CloudFormation.Types;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>
/// What a plan would create though another stack still has it, and AWS lets it stand only once: the record of an application that was
/// renamed, the range of a segment. What left the configuration goes last or stays, and what leaves a stack goes when that ends; so the
/// creation would fail.
/// </summary>
internal static class TakenPlaces
{
    private sealed record Holder(NodeId Stack, string Type, MapValue Properties, string Who, string Way)
    {
        public string Why => $"and {Who} has it: {Way}";

        // Much else may stand in a range, and nobody deletes that for a name.
        public string KeepsRange => $"and {Who} has it: give it another range, or the name it had";
    }

    /// <summary>The nodes, with stacks that cannot be made refused.</summary>
    /// <param name="left">What left the configuration, each with its deployed template and values.</param>
    public static ImmutableArray<PlannedNode> Refuse(ImmutableArray<PlannedNode> nodes,
        IEnumerable<(Orphan Orphan, TemplateSide Side)> left, IReadOnlyDictionary<string, string> accountIds)
    {
        var holders = left.SelectMany(l => Left(l.Orphan, l.Side))
            .Concat(nodes.OfType<PlannedStack>().SelectMany(Leaving))
            .ToLookup(h => h.Type, StringComparer.Ordinal);
        return
        [
            .. nodes.Select(n => n is PlannedStack { HasWork: true } stack && Taken(stack) is { } why
                ? DeployedStacks.Refused(stack, why)
                : n),
        ];

        string? Taken(PlannedStack stack) => (
            from change in stack.Changes
            where change is { Kind: ChangeKind.Create, NameIsTaken: false, IsRecreated: false, After: not null }
            let facts = ResourceFacts.Of(change.Type)
            from unique in facts.Unique
            from holder in holders[change.Type]
            where holder.Stack != stack.Id
                && Among(unique, stack.Id.Place) == Among(unique, holder.Stack.Place)
                && facts.Meet(unique, p => Literal(change.After![p], "new"), p => Literal(holder.Properties[p], "old"))
            let way = unique.IsRange ? holder.KeepsRange : holder.Why
            select $"{change.LogicalId} cannot be made: there can be one with {unique.Place(change.After)}, {way}").FirstOrDefault();

        string Among(Uniqueness unique, Place place) =>
            unique.Among(accountIds.GetValueOrDefault(place.Account, place.Account), place.Region);
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
        where change.Kind == ChangeKind.Delete && change.Before is not null && !ResourceFacts.Of(change.Type).Unique.IsEmpty
        select new Holder(stack.Id, change.Type, change.Before!,
            $"{change.LogicalId} of {stack.Node.Title}, which goes at the end of this run,", "take that out in a run of its own first");

    // What refers to something of its own stack is nothing another stack has.
    private static string? Literal(Value? value, string side) => value is null ? null : TemplateDiff.Text(value) ?? $"\0{side}";
}
