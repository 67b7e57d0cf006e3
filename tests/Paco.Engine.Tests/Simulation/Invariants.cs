using Paco.CloudFormation.Types;
using Paco.Clouds;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Engine.Tests.Simulation;

/// <summary>What holds data stays, unless a plan that somebody allowed said that it goes.</summary>
internal sealed class Invariants
{
    private readonly Dictionary<string, (NodeId Stack, string LogicalId)> _precious = new(StringComparer.Ordinal);
    private readonly HashSet<(NodeId, string)> _allowed = [];

    /// <summary>Notes what exists and what the plan, now allowed, may destroy.</summary>
    public async Task Before(Plan plan, World world, CancellationToken cancel)
    {
        foreach (var stack in plan.Nodes.OfType<PlannedStack>())
        {
            foreach (var change in stack.Changes.Where(c => c.DestroysData))
                _allowed.Add((stack.Id, change.LogicalId));
            if (stack.Deployed is { } deployed && StatusDecisions.Of(deployed.Status) == StatusDecision.Update)
                await Note(stack.Id, world, cancel);
        }
    }

    /// <summary>Compares with what exists now, where nothing moves any more.</summary>
    public async Task After(Plan plan, World world, CancellationToken cancel)
    {
        foreach (var stack in plan.Nodes.OfType<PlannedStack>())
        {
            if (_precious.All(p => p.Value.Stack != stack.Id))
                continue;
            var now = await world.Cloud.CloudFormation(stack.Id.Place).DescribeStack(stack.Id.Name, cancel);
            if (now is not null && StatusDecisions.Of(now.Status) != StatusDecision.Update)
                continue;
            var there = now is null ? [] : (await Existing(stack.Id, world, cancel)).Select(r => r.PhysicalResourceId).ToHashSet();
            foreach (var (physical, (owner, logical)) in _precious.Where(p => p.Value.Stack == stack.Id).ToList())
            {
                if (there.Contains(physical))
                    continue;
                if (!_allowed.Contains((owner, logical)))
                {
                    throw new InvalidOperationException(
                        $"does not hold: {logical} of {owner} ({physical}) was destroyed without permission");
                }
                _precious.Remove(physical);
            }
        }
    }

    private async Task Note(NodeId stack, World world, CancellationToken cancel)
    {
        foreach (var resource in await Existing(stack, world, cancel))
            _precious[resource.PhysicalResourceId] = (stack, resource.LogicalResourceId);
    }

    private static async Task<IEnumerable<StackResource>> Existing(NodeId stack, World world, CancellationToken cancel) =>
        (await world.Cloud.CloudFormation(stack.Place).DescribeStackResources(stack.Name, cancel))
        .Where(r => ResourceFacts.Of(r.ResourceType).HoldsData && r.PhysicalResourceId.Length > 0 && r.ResourceStatus != "DELETE_COMPLETE");
}
