using System.Collections.Immutable;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>What a run would skip, since it needs something that is refused, and which is therefore not offered either.</summary>
internal static class BlockedNodes
{
    /// <summary>The nodes, with those refused that need a refused one, directly or by way of others.</summary>
    public static ImmutableArray<PlannedNode> Refuse(ImmutableArray<PlannedNode> nodes)
    {
        var users = nodes.SelectMany(Needs).ToLookup(e => e.Needed, e => e.User);
        var byId = nodes.ToDictionary(n => n.Id);
        var reasons = new Dictionary<NodeId, string>();
        var open = new Queue<PlannedNode>(nodes.Where(n => n.Action == NodeAction.Refused));
        while (open.TryDequeue(out var refused))
        {
            var why = $"needs {refused.Node.Title}";
            foreach (var user in users[refused.Id].Select(byId.GetValueOrDefault).OfType<PlannedNode>())
            {
                if (user.HasWork && reasons.TryAdd(user.Id, why))
                    open.Enqueue(user);
            }
        }
        return
        [
            .. nodes.Select(node => reasons.GetValueOrDefault(node.Id) is not { } why ? node
                : node is PlannedStack stack ? DeployedStacks.Refused(stack, why)
                : node with { Action = NodeAction.Refused, Reason = why }),
        ];
    }

    // A stack and an action that is at work while it is made stand and fall together.
    private static IEnumerable<(NodeId Needed, NodeId User)> Needs(PlannedNode node)
    {
        var needs = node.Node.DependsOn.Concat((node as PlannedStack)?.InTurnAfter ?? []).Select(needed => (needed, node.Id));
        return node is PlannedAction { Work.During: { } host } ? needs.Append((host, node.Id)).Append((node.Id, host)) : needs;
    }
}
