using System.Collections.Immutable;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>
/// Who waits for whom while a plan is applied: for what it needs, for who gives up a place it takes, and for what an action needs that
/// works for it while it is made. A stack that began before that would hold one of the few turns of its account and region, perhaps the
/// very one that its action is waiting for. In a deletion a node waits for what needs it.
/// </summary>
public static class RunDependencies
{
    /// <summary>For each node of the plan those whose end it waits for. Nodes outside the plan are not among them.</summary>
    public static ImmutableDictionary<NodeId, ImmutableArray<NodeId>> Of(Plan plan)
    {
        if (!plan.IsDelete)
            return Making(plan.Nodes);
        var consumers = plan.Nodes.SelectMany(n => n.Node.DependsOn.Select(d => (Producer: d, Consumer: n.Id)))
            .ToLookup(e => e.Producer, e => e.Consumer);
        return plan.Nodes.ToImmutableDictionary(n => n.Id, n => consumers[n.Id].Distinct().ToImmutableArray());
    }

    /// <summary>The same of a plan that is being made.</summary>
    internal static ImmutableDictionary<NodeId, ImmutableArray<NodeId>> Making(ImmutableArray<PlannedNode> nodes)
    {
        var known = nodes.Select(n => n.Id).ToHashSet();
        var needs = nodes.ToDictionary(n => n.Id, n => n.Node.DependsOn.Concat((n as PlannedStack)?.InTurnAfter ?? [])
            .Where(id => known.Contains(id) && id != n.Id).ToList());
        var companions = nodes.OfType<PlannedAction>().Where(a => a.HasWork && a.Work.During is not null)
            .ToLookup(a => a.Work.During!.Value, a => a.Id);
        return nodes.ToImmutableDictionary(n => n.Id, n => needs[n.Id]
            .Concat(companions[n.Id].SelectMany(c => needs[c]).Where(need => need != n.Id && !Leads(need, n.Id, id => needs[id])))
            .Distinct().ToImmutableArray());
    }

    /// <summary>True where the one waits for the other, directly or by way of others: waiting back would be waiting for oneself.</summary>
    internal static bool Leads(NodeId from, NodeId to, Func<NodeId, IEnumerable<NodeId>> waits)
    {
        var (seen, open) = (new HashSet<NodeId>(), new Stack<NodeId>([from]));
        while (open.TryPop(out var at))
        {
            foreach (var next in waits(at).Where(seen.Add))
            {
                if (next == to)
                    return true;
                open.Push(next);
            }
        }
        return false;
    }

    /// <summary>The stacks that an action works for while they are made, instead of waiting for their end; none in a deletion.</summary>
    public static ImmutableDictionary<NodeId, NodeId> Hosts(Plan plan) => plan.IsDelete
        ? []
        : plan.Nodes.OfType<PlannedAction>().Where(a => a.Work.During is { } host && plan.Nodes.Any(n => n.Id == host))
            .ToImmutableDictionary(a => a.Id, a => a.Work.During!.Value);
}
