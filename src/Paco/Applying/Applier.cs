using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Applying;

/// <summary>
/// Applies a plan: every node starts the moment what it needs is done, without levels or barriers. What stands below a
/// failure is skipped and says so; the rest goes on.
/// </summary>
public sealed class Applier
{
    private readonly Plan _plan;
    private readonly RunContext _context;
    private readonly Cancellation _stopping;
    private readonly Dictionary<NodeId, NodeRun> _runs;
    private readonly ILookup<NodeId, NodeRun> _companions;
    private readonly ImmutableDictionary<NodeId, ImmutableArray<NodeId>> _waits;
    private readonly CurrentValues _inputs;

    private Applier(Plan plan, ICloud cloud, ApplyOptions options, Action<ApplyEvent> tell, Cancellation stopping)
    {
        (_plan, _stopping) = (plan, stopping);
        _context = new RunContext(cloud, options, tell, Estimate.Of(plan), stopping);
        _runs = plan.Nodes.ToDictionary(n => n.Id, n => new NodeRun(n));
        _companions = _runs.Values.Where(r => HostOf(r) is not null).ToLookup(r => HostOf(r)!.Value);
        _waits = RunDependencies.Of(plan);
        _inputs = new CurrentValues(_runs, plan.Deployed);
    }

    /// <summary>Applies the plan and reports how every node ended. Events come in order for each node, from any thread.</summary>
    public static async Task<RunReport> Apply(Plan plan, ICloud cloud, ApplyOptions options, Action<ApplyEvent> tell, Cancellation stopping)
    {
        var began = options.Time.GetUtcNow();
        var applier = new Applier(plan, cloud, options, tell, stopping);
        var results = await Task.WhenAll(plan.Nodes.Select(n => applier.RunNode(applier._runs[n.Id])));
        return new RunReport([.. results], options.Time.GetUtcNow() - began)
        {
            Addresses = plan.IsDelete ? [] : await KnownAddress.Of(plan.Part, applier.ValuesAfter(results)),
            Findings = await applier.Find(results, stopping.Leave),
        };
    }

    // Of what is outside the plan, what is deployed.
    private KnownValues ValuesAfter(IEnumerable<NodeResult> results)
    {
        var there = results.Where(r => r.IsGood && _runs[r.Node].Node.Action is not (NodeAction.Absent or NodeAction.Delete))
            .ToDictionary(r => r.Node, r => r.Outputs);
        return new KnownValues(
            id => there.GetValueOrDefault(id) ?? (_runs.ContainsKey(id) ? null : _plan.Deployed.GetValueOrDefault(id)?.Outputs),
            _plan.AccountIds);
    }

    // As things are now, of what was left alone as well. Who leaves in mid-run wants to be gone.
    private async Task<ImmutableArray<StackFinding>> Find(NodeResult[] results, CancellationToken leave)
    {
        var there = _plan.IsDelete || leave.IsCancellationRequested ? [] : results.Where(r => r.IsGood && r.Outcome != NodeOutcome.Deleted);
        try
        {
            return await Findings.Of(
                from result in there
                let stack = _runs[result.Node].Node as PlannedStack
                where stack is { Action: not NodeAction.Absent }
                select (stack.Stack, (IReadOnlyDictionary<string, string>)result.Outputs), _context.Cloud, leave);
        }
        catch (OperationCanceledException)
        {
            return [];
        }
    }

    private async Task<NodeResult> RunNode(NodeRun run)
    {
        await Task.Yield();
        NodeResult result;
        try
        {
            result = await _context.Ended(run, async () => await WaitForOthers(run) switch
            {
                null => await Work(run),
                _ when !run.Node.HasWork => Unchanged(run.Node),
                var inVain => new NodeResult(run.Id, NodeOutcome.Skipped, TimeSpan.Zero) { Failure = new NodeFailure(inVain) },
            });
        }
        catch (Exception e)
        {
            // A bug of ours: whoever waits for this node must hear of it, or the run would never end.
            run.Fault(e);
            throw;
        }
        _context.Tell(new NodeEnded(_context.Now, result));
        run.Ended.SetResult(result);
        run.Ready.TrySetResult(result);
        run.Started.TrySetResult();
        return result;
    }

    // Null when everything it needs is done; else why it cannot start.
    private async Task<string?> WaitForOthers(NodeRun run)
    {
        if (!run.Node.HasWork && _plan.IsDelete)
            return null;
        foreach (var other in _waits[run.Id].Select(id => _runs[id]))
        {
            var result = await (_plan.IsDelete || WaitsForEnd(run, other) ? other.Ended : other.Ready).Task;
            if (!result.IsGood)
                return $"needs {other.Node.Node.Title}";
        }
        if (HostOf(run) is { } host && _runs.TryGetValue(host, out var stack) && !_plan.IsDelete)
        {
            await stack.Started.Task;
            if (stack.Ended.Task.IsCompletedSuccessfully && !(await stack.Ended.Task).IsGood)
                return $"needs {stack.Node.Node.Title}";
        }
        return _stopping.StartNothing.IsCancellationRequested && run.Node.HasWork ? "the run was stopped" : null;
    }

    // What takes another's place waits until that has gone from it, which CloudFormation does last of all. One that keeps something for
    // this very one cannot come to its end before.
    private static bool WaitsForEnd(NodeRun run, NodeRun other) => run.Node is PlannedStack stack
        && (stack.InTurnAfter.Contains(other.Id)
            || (stack.Stack.After.Contains(other.Id) && other.Node is not PlannedStack { First.Until.IsEmpty: false }));

    private static NodeId? HostOf(NodeRun run) => run.Node is PlannedAction { Work.During: { } host } ? host : null;

    private Task<NodeResult> Work(NodeRun run) => run.Node switch
    {
        { Action: NodeAction.Refused } refused => Task.FromResult(new NodeResult(refused.Id, NodeOutcome.Failed,
            TimeSpan.Zero) { Failure = new NodeFailure(refused.Reason ?? "refused") }),
        { Action: NodeAction.Absent or NodeAction.Protected } idle => Task.FromResult(Unchanged(idle)),
        PlannedStack stack when _plan.IsDelete || stack.Action == NodeAction.Delete => DeleteStack(run, stack),
        PlannedStack { First: { } first } stack => BringInTwoSteps(run, stack, first),
        PlannedStack stack => BringStack(run, stack),
        PlannedAction { Action: NodeAction.None } idle => Task.FromResult(Unchanged(idle)),
        PlannedAction action => DoAction(run, action),
        var other => throw new InvalidOperationException($"{other.GetType().Name} is no planned node"),
    };

    private static NodeResult Unchanged(PlannedNode node) => new(node.Id, NodeOutcome.Unchanged, TimeSpan.Zero)
    {
        Outputs = node switch
        {
            PlannedStack { Deployed: { } deployed } => deployed.Outputs,
            PlannedAction action => action.State.Outputs,
            _ => ImmutableSortedDictionary<string, string>.Empty,
        },
    };

    private async Task<NodeResult> BringStack(NodeRun run, PlannedStack planned)
    {
        var parameters = await _inputs.Of(planned);
        var isIdle = planned.Action == NodeAction.None;
        if (isIdle && planned.Deployed is { } deployed
            && parameters.All(p => deployed.Parameters.GetValueOrDefault(p.Key) is { } v && (v == p.Value || v == PlannedValues.Masked)))
        {
            return Unchanged(planned);
        }
        return await _context.InSlot(run, planned, isIdle ? NodeAction.Update : planned.Action, async work =>
            await OrFailedCompanion(work.Bring(parameters), planned.Id));
    }

    // First with all that its users still have, or without what waits for a place; when they have moved, to what the project says. Where
    // one does not move, it keeps what it has, and the next run sees to it.
    private async Task<NodeResult> BringInTwoSteps(NodeRun run, PlannedStack planned, InterimUpdate first)
    {
        run.IsOnTheWay = first.Until.IsEmpty;
        var ready = await BringStack(run, planned with { Node = first.StackNode, Body = first.Body, First = null });
        run.IsOnTheWay = false;
        if (!ready.IsGood)
            return ready;
        if (!first.Until.IsEmpty)
        {
            run.Ready.TrySetResult(ready);
            _context.Tell(new NodeWaiting(_context.Now, run.Id, first.Until));
        }
        foreach (var user in first.Until.Select(id => _runs[id]))
        {
            // Two that keep something for each other would wait for ever.
            var moved = user.Node is PlannedStack { First: not null } ? user.Ready : user.Ended;
            if (!(await moved.Task).IsGood)
                return ready;
        }
        // What was to be taken over is the stack's since the first step.
        var rest = planned with { First = null, Changes = planned.Changes.RemoveAll(c => c.Kind == ChangeKind.Import) };
        var done = await BringStack(run, rest);
        return done.Outcome == NodeOutcome.Skipped ? ready : done with { Duration = ready.Duration + done.Duration };
    }

    private Task<NodeResult> DeleteStack(NodeRun run, PlannedStack planned) => planned.Action == NodeAction.Delete
        ? _context.InSlot(run, planned, NodeAction.Delete, work => work.Delete())
        : Task.FromResult(Unchanged(planned));

    // A stack that waits for an action which failed would wait for ever (for days, with a certificate).
    private async Task<StackOutcome> OrFailedCompanion(Task<StackOutcome> bring, NodeId id)
    {
        var companions = _companions[id].Select(r => r.Ended.Task).ToList();
        while (companions.Count > 0 && !bring.IsCompleted)
        {
            var ended = await Task.WhenAny(companions.Append<Task>(bring));
            if (ended is not Task<NodeResult> companion || ReferenceEquals(ended, bring))
                break;
            companions.Remove(companion);
            if ((await companion).Failure is { } failure)
            {
                return StackOutcome.Failed(new NodeFailure($"what it waits for failed: {failure.Message}")
                {
                    Hint = "CloudFormation goes on waiting; mend the cause and run this again, it will attach",
                });
            }
        }
        return await bring;
    }

    // A companion works for its stack: when that has failed, there is nothing left to work for.
    private async Task<NodeResult> DoAction(NodeRun run, PlannedAction planned)
    {
        var host = planned.Work.During is { } id && !_plan.IsDelete ? _runs.GetValueOrDefault(id) : null;
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Leave);
        using var watching = new CancellationTokenSource();
        var watch = host is null ? Task.CompletedTask : CancelAfter(host, cancel, watching.Token);
        var work = new ActionWork(_context, planned, cancel.Token);
        run.Started.TrySetResult();
        _context.Tell(new NodeStarted(_context.Now, run.Id, planned.Action));
        run.MayRun = true;
        try
        {
            return planned.Action == NodeAction.Delete
                ? await work.Delete()
                : await work.Bring(_inputs);
        }
        catch (OperationCanceledException) when (!_stopping.Leave.IsCancellationRequested)
        {
            return new NodeResult(run.Id, NodeOutcome.Skipped,
                TimeSpan.Zero) { Failure = new NodeFailure($"needs {host!.Node.Node.Title}") };
        }
        finally
        {
            await watching.CancelAsync();
            await watch;
        }
    }

    private static async Task CancelAfter(NodeRun host, CancellationTokenSource cancel, CancellationToken stop)
    {
        await ((Task)host.Ended.Task).WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stop.IsCancellationRequested && !host.Ended.Task.Result.IsGood)
            await cancel.CancelAsync();
    }
}
