using System.Collections.Immutable;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Bench;

/// <summary>
/// What the stacks of a run take if each starts the moment it can and is seen to end the moment it does: the longest chain, and the same
/// with what no run can do without: a call to start each of them and one to see it, and so many at once in an account and region.
/// </summary>
internal static class Ideal
{
    public static TimeSpan Critical(Plan plan, Dictionary<NodeId, TimeSpan> lengths)
    {
        var ends = new Dictionary<NodeId, TimeSpan>();
        foreach (var node in plan.Nodes)
            ends[node.Id] = node.Node.DependsOn.Select(d => ends.GetValueOrDefault(d)).DefaultIfEmpty().Max() + lengths[node.Id];
        return ends.Values.Max();
    }

    /// <summary>The critical path with calls and places.</summary>
    /// <param name="latency">Half of the call that starts a stack and half of the one that sees its end.</param>
    public static TimeSpan WithCalls(Plan plan, Dictionary<NodeId, TimeSpan> lengths, TimeSpan latency, int atOnce)
    {
        var estimate = Estimate.Of(plan);
        var left = plan.Nodes.ToDictionary(n => n.Id);
        var ends = new Dictionary<NodeId, TimeSpan>();
        for (var now = TimeSpan.Zero; left.Count > 0; now = ends.Values.Where(e => e > now).Min())
        {
            while (Starts(now) is { } node)
            {
                ends[node.Id] = now + (lengths[node.Id] > TimeSpan.Zero ? lengths[node.Id] + latency : TimeSpan.Zero);
                left.Remove(node.Id);
            }
        }
        return ends.Values.Max();

        PlannedNode? Starts(TimeSpan now) => left.Values
            .Where(n => n.Node.DependsOn.All(d => !left.ContainsKey(d) && ends.GetValueOrDefault(d) <= now))
            .Where(n => lengths[n.Id] == TimeSpan.Zero || ends.Count(e => e.Key.Place == n.Id.Place && e.Value > now) < atOnce)
            .MaxBy(n => estimate.UrgencyOf(n.Id));
    }
}
