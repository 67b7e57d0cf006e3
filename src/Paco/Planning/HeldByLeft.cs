using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.CloudFormation.Types;
using Paco.Clouds;

namespace Paco.Planning;

/// <summary>
/// What a plan would create though a stack that left the configuration still has it, and AWS lets it stand only once: the record set
/// of an application that was renamed. What left goes last, so the creation would fail.
/// </summary>
internal static class HeldByLeft
{
    /// <summary>The nodes, with such creations marked.</summary>
    /// <param name="left">What left, each with its deployed template and values.</param>
    public static ImmutableArray<PlannedNode> Mark(ImmutableArray<PlannedNode> nodes,
        IEnumerable<(Orphan Orphan, TemplateSide Side)> left, IReadOnlyDictionary<string, string> accountIds)
    {
        var holders = left.SelectMany(l => Names(l.Orphan.Id.Place, l.Side, accountIds), (l, held) => (held.Name, l.Orphan))
            .DistinctBy(h => h.Name).ToDictionary(h => h.Name, h => h.Orphan);
        return holders.Count == 0 ? nodes : [.. nodes.Select(n => n is PlannedStack { HasWork: true } s ? Mark(s) : n)];

        PlannedStack Mark(PlannedStack stack)
        {
            var side = new TemplateSide(stack.Stack.Template.ToValue(), stack.Parameters);
            var taken = Names(stack.Id.Place, side, accountIds).Where(n => holders.ContainsKey(n.Name))
                .DistinctBy(n => n.LogicalId).ToDictionary(n => n.LogicalId, n => holders[n.Name]);
            return taken.Count == 0 ? stack : stack with
            {
                Changes = [.. stack.Changes.Select(c => c.Kind == ChangeKind.Create && !c.NameIsTaken
                    && taken.GetValueOrDefault(c.LogicalId) is { } holder ? Held(c, holder) : c)],
            };
        }
    }

    private static ResourceChange Held(ResourceChange change, Orphan holder) => change with
    {
        NameIsTaken = true,
        Remark = $"there can be one, and {holder.Id.Name} ({holder.Id.Place}), which left the configuration, has it: "
            + $"it has to go there first (paco delete {holder.Ref})",
    };

    // Type, place and values that may be there once. A value nobody knows yet is no other's.
    private static IEnumerable<(string LogicalId, string Name)> Names(Place place, TemplateSide side,
        IReadOnlyDictionary<string, string> accountIds) =>
        from entry in side.Resources
        let resource = entry.Value as MapValue
        let type = (resource?["Type"] as TextValue)?.Text
        where type is not null && resource!["Properties"] is MapValue
        let properties = TemplateDiff.Resolve((MapValue)resource!["Properties"]!, side)
        from unique in ResourceFacts.Of(type).Unique
        where !unique.IsRange && unique.Keys.Any(k => properties[k] is not null)
        let values = unique.Within.Concat(unique.Keys).Select(p => (Property: p, Value: properties[p])).Where(v => v.Value is not null)
        where values.All(v => v.Value is TextValue or NumberValue)
        select (entry.Key, string.Join('\n', [type, Among(unique.In, place, accountIds),
            .. values.Select(v => $"{v.Property}={TemplateDiff.Text(v.Value)}")]));

    private static string Among(UniqueIn scope, Place place, IReadOnlyDictionary<string, string> accountIds) => scope switch
    {
        UniqueIn.World => "",
        UniqueIn.Account => accountIds.GetValueOrDefault(place.Account, place.Account),
        _ => $"{accountIds.GetValueOrDefault(place.Account, place.Account)} {place.Region}",
    };
}
