using System.Collections.Immutable;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Linking;

/// <summary>Puts nodes after what they depend on, keeping the order they came in among equals.</summary>
internal static class TopologicalSort
{
    public static ImmutableArray<GraphNode> Sort(ImmutableArray<GraphNode> nodes, DiagnosticBag bag)
    {
        var position = new Dictionary<NodeId, int>();
        for (var i = 0; i < nodes.Length; i++)
            position.TryAdd(nodes[i].Id, i);
        var waiting = new int[nodes.Length];
        var consumers = new List<int>?[nodes.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            foreach (var at in nodes[i].DependsOn.Where(position.ContainsKey).Select(id => position[id]))
            {
                waiting[i]++;
                (consumers[at] ??= []).Add(i);
            }
        }
        var ready = new PriorityQueue<int, int>(Enumerable.Range(0, nodes.Length).Where(i => waiting[i] == 0).Select(i => (i, i)));
        var sorted = ImmutableArray.CreateBuilder<GraphNode>(nodes.Length);
        while (ready.TryDequeue(out var i, out _))
        {
            sorted.Add(nodes[i]);
            foreach (var consumer in (consumers[i] ?? []).Where(c => --waiting[c] == 0))
                ready.Enqueue(consumer, consumer);
        }
        if (sorted.Count < nodes.Length)
            ReportCycle(nodes, [.. Enumerable.Range(0, nodes.Length).Where(i => waiting[i] > 0)], position, bag);
        return sorted.DrainToImmutable();
    }

    // Follows unmet dependencies until a node comes round again: that is one circle, shown in full.
    private static void ReportCycle(ImmutableArray<GraphNode> nodes, HashSet<int> stuck, Dictionary<NodeId, int> position,
        DiagnosticBag bag)
    {
        var path = new List<int>();
        var at = stuck.First();
        while (!path.Contains(at))
        {
            path.Add(at);
            at = nodes[at].DependsOn.Select(id => position.GetValueOrDefault(id, -1)).First(stuck.Contains);
        }
        var circle = path[path.IndexOf(at)..];
        var names = string.Join(" → ", circle.Append(circle[0]).Select(i => nodes[i].Id.Name));
        var place = nodes[circle[0]] is StackNode { Stack.Template.Resources: [var resource, ..] } ? resource.Source : default;
        bag.Add(StackCodes.Cycle, place, $"stacks wait for each other: {names}", "remove one of the references between them",
            subject: nodes[circle[0]].Ref);
    }
}
