using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Linking;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Applying;

/// <summary>One stack that is not in order, and the way out.</summary>
/// <param name="Stuck">Logical ids that failed to go back: what may be named to be left as it is.</param>
/// <param name="Lost">What holds data and would be deleted: needs permission.</param>
public sealed record StackRecovery(StackNode Node, DeployedStack Deployed, RecoveryStep Step, ImmutableArray<StackResource> Stuck,
    ImmutableArray<ResourceChange> Lost)
{
    public NodeId Id => Node.Id;
}

/// <summary>
/// Brings stacks out of states that CloudFormation does not leave by itself: continues rollbacks, rolls back what was left
/// half-way, deletes what never came to exist. <c>paco recover SCOPE</c>.
/// </summary>
public static class Recovery
{
    /// <summary>The stacks of the scope that are not in order. Reads only.</summary>
    public static async Task<ImmutableArray<StackRecovery>> Plan(StackGraph graph, Scope scope, ICloud cloud, CancellationToken cancel)
    {
        var nodes = graph.Within(scope).Nodes.OfType<StackNode>().ToList();
        var deployed = await DeployedStacks.Read(cloud, nodes.Select(n => n.Id.Place), cancel);
        var found = ImmutableArray.CreateBuilder<StackRecovery>();
        foreach (var node in nodes)
        {
            if (deployed.GetValueOrDefault(node.Id) is { } stack
                && StatusDecisions.Recovery(stack.Status) is var step and not RecoveryStep.None)
            {
                found.Add(await Look(node, stack, step, cloud, cancel));
            }
        }
        return found.DrainToImmutable();
    }

    /// <summary>Does it, all stacks at once, and waits.</summary>
    /// <param name="skip">Logical ids of <see cref="StackRecovery.Stuck"/> that are left as they are, out of step with their
    /// template.</param>
    public static async Task<RunReport> Apply(ImmutableArray<StackRecovery> plan, IEnumerable<string> skip, ICloud cloud,
        ApplyOptions options, Action<ApplyEvent> tell, CancellationToken leave)
    {
        var context = new RunContext(cloud, options, tell, Estimate.None, new Cancellation(CancellationToken.None, leave));
        var (began, skipped) = (context.Now, skip.ToHashSet(StringComparer.Ordinal));
        var results = await Task.WhenAll(plan.Select(found => Recover(context, found, skipped)));
        return new RunReport([.. results], context.Now - began);
    }

    private static async Task<StackRecovery> Look(StackNode node, DeployedStack stack, RecoveryStep step, ICloud cloud,
        CancellationToken cancel)
    {
        var client = cloud.CloudFormation(node.Id.Place);
        var resources = step == RecoveryStep.ContinueRollback ? await client.DescribeStackResources(stack.StackId, cancel) : [];
        var isDeleted = step == RecoveryStep.DeleteRemains || stack.Status == StackStatus.CreateFailed;
        var lost = isDeleted ? await RemainingResources.Of(client, stack, cancel) : [];
        return new StackRecovery(node, stack, step, [.. resources.Where(r => r.ResourceStatus == "UPDATE_FAILED")],
            [.. lost.Where(c => c.DestroysData)]);
    }

    private static async Task<NodeResult> Recover(RunContext context, StackRecovery found, HashSet<string> skip)
    {
        await Task.Yield();
        // What was looked at and permitted was this stack in this status; what a rollback leaves is new, and guarded.
        var planned = new PlannedStack(found.Node, found.Step == RecoveryStep.DeleteRemains ? NodeAction.Delete : NodeAction.Settle)
        {
            Body = "",
            Parameters = ImmutableSortedDictionary<string, string?>.Empty,
            Deployed = found.Deployed,
            Changes = found.Lost,
        };
        string[] stuck = [.. found.Stuck.Select(s => s.LogicalResourceId).Where(skip.Contains)];
        var run = new NodeRun(planned);
        var result = await context.Ended(run, () => context.InSlot(run, planned, planned.Action, work => work.Recover(stuck)));
        context.Tell(new NodeEnded(context.Now, result));
        return result;
    }
}
