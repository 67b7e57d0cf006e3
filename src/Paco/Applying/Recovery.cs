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
public sealed record StackRecovery(StackNode Node, DeployedStack Deployed, RecoveryStep Step, ImmutableArray<StackResource> Stuck, ImmutableArray<ResourceChange> Lost)
{
    public NodeId Id => Node.Id;
}

/// <summary>
/// Brings stacks out of states that CloudFormation does not leave by itself: continues rollbacks, rolls back what was left
/// half-way, deletes what never came to exist. <c>paco recover SCOPE</c>.
/// </summary>
public sealed class Recovery
{
    private readonly ICloud _cloud;
    private readonly ApplyOptions _options;
    private readonly Patience _patience;
    private readonly Action<ApplyEvent> _tell;
    private readonly ImmutableHashSet<string> _skip;
    private readonly string _stamp;
    private readonly CancellationToken _leave;

    private Recovery(ICloud cloud, ApplyOptions options, IEnumerable<string> skip, Action<ApplyEvent> tell, CancellationToken leave)
    {
        (_cloud, _options, _tell, _leave) = (cloud, options, tell, leave);
        (_patience, _skip, _stamp) = (new Patience(options, tell), [.. skip], options.Time.GetUtcNow().ToString("O"));
    }

    /// <summary>The stacks of the scope that are not in order. Reads only.</summary>
    public static async Task<ImmutableArray<StackRecovery>> Plan(StackGraph graph, Scope scope, ICloud cloud, CancellationToken cancel)
    {
        var nodes = graph.Within(scope).Nodes.OfType<StackNode>().ToList();
        var deployed = await Deployment.Read(cloud, nodes.Select(n => n.Id.Place), cancel);
        var found = ImmutableArray.CreateBuilder<StackRecovery>();
        foreach (var node in nodes)
        {
            if (deployed.GetValueOrDefault(node.Id) is { } stack && StatusDecisions.Recovery(stack.Status) is var step and not RecoveryStep.None)
                found.Add(await Look(node, stack, step, cloud, cancel));
        }
        return found.DrainToImmutable();
    }

    /// <summary>Does it, all stacks at once, and waits.</summary>
    /// <param name="skip">Logical ids of <see cref="StackRecovery.Stuck"/> that are left as they are, out of step with their template.</param>
    public static async Task<RunReport> Apply(ImmutableArray<StackRecovery> plan, IEnumerable<string> skip, ICloud cloud, ApplyOptions options, Action<ApplyEvent> tell, CancellationToken leave)
    {
        var began = options.Time.GetUtcNow();
        var recovery = new Recovery(cloud, options, skip, tell, leave);
        var pollers = plan.Select(r => r.Id.Place).Distinct().ToDictionary(p => p, p => new PlacePoller(cloud, p, options, recovery._patience, tell));
        var results = await Task.WhenAll(plan.Select(r => recovery.Recover(r, pollers[r.Id.Place])));
        return new RunReport([.. results], options.Time.GetUtcNow() - began);
    }

    private static async Task<StackRecovery> Look(StackNode node, DeployedStack stack, RecoveryStep step, ICloud cloud, CancellationToken cancel)
    {
        var client = cloud.CloudFormation(node.Id.Place);
        var resources = step == RecoveryStep.ContinueRollback ? await client.DescribeStackResources(stack.StackId, cancel) : [];
        var isDeleted = step == RecoveryStep.DeleteRemains || stack.Status == StackStatus.CreateFailed;
        var lost = isDeleted ? await Remains.Of(client, stack, cancel) : [];
        return new StackRecovery(node, stack, step, [.. resources.Where(r => r.ResourceStatus == "UPDATE_FAILED")], [.. lost.Where(c => c.DestroysData)]);
    }

    private async Task<NodeResult> Recover(StackRecovery found, PlacePoller poller)
    {
        await Task.Yield();
        var began = _options.Time.GetUtcNow();
        NodeResult Ended(NodeOutcome outcome, NodeFailure? failure = null) => new(found.Id, outcome, _options.Time.GetUtcNow() - began) { Failure = failure };
        NodeResult result;
        try
        {
            _tell(new NodeStarted(began, found.Id, found.Step == RecoveryStep.DeleteRemains ? NodeAction.Delete : NodeAction.Settle));
            result = await Bring(found, poller) is var (outcome, failure) ? Ended(outcome, failure) : Ended(NodeOutcome.Unchanged);
        }
        catch (OperationCanceledException) when (_leave.IsCancellationRequested)
        {
            result = Ended(NodeOutcome.StillRunning);
        }
        catch (CloudException e)
        {
            result = Ended(NodeOutcome.Failed, Failures.Of(e));
        }
        _tell(new NodeEnded(_options.Time.GetUtcNow(), result));
        return result;
    }

    // One step after the other until the stack is in order: a creation that is rolled back leaves remains to delete.
    private async Task<(NodeOutcome, NodeFailure?)> Bring(StackRecovery found, PlacePoller poller)
    {
        var client = _cloud.CloudFormation(found.Id.Place);
        var (stack, done) = (found.Deployed, ImmutableHashSet<RecoveryStep>.Empty);
        while (true)
        {
            var step = StatusDecisions.Recovery(stack.Status);
            if (step == RecoveryStep.None)
                return (NodeOutcome.Updated, null);
            if (step == RecoveryStep.ByHand || (step != RecoveryStep.Wait && done.Contains(step)))
                return (NodeOutcome.Failed, new NodeFailure($"the stack is in {stack.Status.ToWire()}{(stack.StatusReason is { } why ? $": {why}" : "")}") { Hint = StatusDecisions.WayOut(stack.Status) });
            // What was looked at and permitted was this stack in this state; what a rollback leaves is new.
            if (step == RecoveryStep.DeleteRemains && stack.Status != found.Deployed.Status && (await Read(found, () => Remains.Of(client, stack, _leave))).FirstOrDefault(c => c.DestroysData) is { } lost
                && found.Lost.All(l => l.LogicalId != lost.LogicalId))
                return (NodeOutcome.Failed, new NodeFailure($"{lost.LogicalId} holds data and would be deleted") { Hint = "run paco recover again and permit it" });
            done = done.Add(step);
            var settled = await Step(client, found, stack, step, poller);
            if (settled.Stack is null)
                return (NodeOutcome.Deleted, null);
            stack = settled.Stack;
        }
    }

    private async Task<Settled> Step(ICloudFormation client, StackRecovery found, DeployedStack stack, RecoveryStep step, PlacePoller poller)
    {
        var token = step == RecoveryStep.Wait ? null : $"paco-{Names.Md5($"{_stamp} {found.Id} {stack.StackId} {stack.Status} {step}")}";
        var since = stack.LastUpdatedTime ?? stack.CreationTime;
        if (token is not null)
        {
            var sending = new Sending(client, found.Id, _patience, new Slots(1), _options.Time);
            await sending.Send(() => Send(client, found, stack, step, token), stack.StackId, token, since, _leave);
        }
        return await poller.WaitFor(new Watched(found.Id, stack.StackId, token, since, TimeSpan.Zero, step == RecoveryStep.DeleteRemains || stack.Status == StackStatus.DeleteInProgress), _leave);
    }

    private async Task<string?> Send(ICloudFormation client, StackRecovery found, DeployedStack stack, RecoveryStep step, string token)
    {
        switch (step)
        {
            case RecoveryStep.ContinueRollback:
                await client.ContinueUpdateRollback(stack.StackId, [.. found.Stuck.Select(s => s.LogicalResourceId).Where(_skip.Contains)], token, _leave);
                break;
            case RecoveryStep.RollBack:
                await client.RollbackStack(stack.StackId, token, _leave);
                break;
            case RecoveryStep.DeleteRemains:
                if (stack.TerminationProtection)
                    await client.UpdateTerminationProtection(stack.StackId, enable: false, _leave);
                await client.DeleteStack(stack.StackId, token, _leave);
                break;
        }
        return stack.StackId;
    }

    private Task<T> Read<T>(StackRecovery found, Func<Task<T>> read) => _patience.Read(found.Id.Place, read, _leave);
}
