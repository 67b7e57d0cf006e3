using System.Collections.Immutable;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>Who waits for whom while a plan is applied: for what it needs; in a deletion for what needs it.</summary>
public static class Waits
{
    /// <summary>For each node of the plan those whose end it waits for. Nodes outside the plan are not among them.</summary>
    public static ImmutableDictionary<NodeId, ImmutableArray<NodeId>> Of(Plan plan)
    {
        var known = plan.Nodes.Select(n => n.Id).ToHashSet();
        if (!plan.IsDelete)
            return plan.Nodes.ToImmutableDictionary(n => n.Id, n => n.Node.DependsOn.Where(id => known.Contains(id) && id != n.Id).Distinct().ToImmutableArray());
        var consumers = plan.Nodes.SelectMany(n => n.Node.DependsOn.Select(d => (Producer: d, Consumer: n.Id))).ToLookup(e => e.Producer, e => e.Consumer);
        return plan.Nodes.ToImmutableDictionary(n => n.Id, n => consumers[n.Id].Distinct().ToImmutableArray());
    }

    /// <summary>The stacks that an action works for while they are made, instead of waiting for their end; none in a deletion.</summary>
    public static ImmutableDictionary<NodeId, NodeId> Hosts(Plan plan) => plan.IsDelete
        ? ImmutableDictionary<NodeId, NodeId>.Empty
        : plan.Nodes.OfType<PlannedAction>().Where(a => a.Work.During is { } host && plan.Nodes.Any(n => n.Id == host)).ToImmutableDictionary(a => a.Id, a => a.Work.During!.Value);
}
