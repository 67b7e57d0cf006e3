using System.Collections.Concurrent;
using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Linking;
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
    private readonly ICloud _cloud;
    private readonly ApplyOptions _options;
    private readonly Action<ApplyEvent> _tell;
    private readonly Stopping _stopping;
    private readonly TemplateStore _store;
    private readonly Dictionary<NodeId, Run> _runs;
    private readonly ConcurrentDictionary<Place, PlacePoller> _pollers = new();
    private readonly ConcurrentDictionary<Place, SemaphoreSlim> _slots = new();

    private sealed class Run(PlannedNode node)
    {
        public PlannedNode Node { get; } = node;

        public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<NodeResult> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private Applier(Plan plan, ICloud cloud, ApplyOptions options, Action<ApplyEvent> tell, Stopping stopping)
    {
        (_plan, _cloud, _options, _tell, _stopping) = (plan, cloud, options, tell, stopping);
        _store = new TemplateStore(cloud, options);
        _runs = plan.Nodes.ToDictionary(n => n.Id, n => new Run(n));
    }

    /// <summary>Applies the plan and reports how every node ended. Events come in order for each node, from any thread.</summary>
    public static async Task<RunReport> Apply(Plan plan, ICloud cloud, ApplyOptions options, Action<ApplyEvent> tell, Stopping stopping)
    {
        var began = options.Time.GetUtcNow();
        var applier = new Applier(plan, cloud, options, tell, stopping);
        var results = await Task.WhenAll(plan.Nodes.Select(n => applier.RunNode(applier._runs[n.Id]))).ConfigureAwait(false);
        return new RunReport([.. results], options.Time.GetUtcNow() - began);
    }

    private async Task<NodeResult> RunNode(Run run)
    {
        await Task.Yield();
        var began = _options.Time.GetUtcNow();
        NodeResult result;
        try
        {
            result = await WaitForOthers(run).ConfigureAwait(false) switch
            {
                null => await InASlot(run).ConfigureAwait(false),
                _ when !run.Node.HasWork => Unchanged(run.Node),
                var inVain => Skipped(run, inVain),
            };
        }
        catch (OperationCanceledException) when (_stopping.Leave.IsCancellationRequested)
        {
            result = new NodeResult(run.Node.Id, run.Started.Task.IsCompleted ? NodeOutcome.StillRunning : NodeOutcome.Skipped, _options.Time.GetUtcNow() - began);
        }
        catch (CloudException e)
        {
            result = new NodeResult(run.Node.Id, NodeOutcome.Failed, _options.Time.GetUtcNow() - began) { Failure = Failures.Of(e) };
        }
        run.Started.TrySetResult();
        _tell(new NodeEnded(_options.Time.GetUtcNow(), result));
        run.Ended.SetResult(result);
        return result;
    }

    private static NodeResult Skipped(Run run, string why) =>
        new(run.Node.Id, NodeOutcome.Skipped, TimeSpan.Zero) { Failure = new NodeFailure(why) };

    // Null when everything it needs is done; else why it cannot start.
    private async Task<string?> WaitForOthers(Run run)
    {
        if (!run.Node.HasWork && _plan.IsDelete)
            return null;
        foreach (var other in Needs(run.Node))
        {
            var result = await other.Ended.Task.ConfigureAwait(false);
            if (!result.IsGood)
                return $"needs {other.Node.Node.Title}";
        }
        if (run.Node is PlannedAction { Work.During: { } host } && _runs.TryGetValue(host, out var stack))
            await stack.Started.Task.ConfigureAwait(false);
        return _stopping.StartNothing.IsCancellationRequested && run.Node.HasWork ? "the run was stopped" : null;
    }

    // To make: what it depends on. To delete: what depends on it.
    private IEnumerable<Run> Needs(PlannedNode node) => _plan.IsDelete
        ? _runs.Values.Where(r => r.Node.Node.DependsOn.Contains(node.Id))
        : node.Node.DependsOn.Select(id => _runs.GetValueOrDefault(id)).OfType<Run>();

    private async Task<NodeResult> InASlot(Run run)
    {
        var slot = _slots.GetOrAdd(run.Node.Id.Place, _ => new SemaphoreSlim(_options.MaxPerPlace));
        await slot.WaitAsync(_stopping.Leave).ConfigureAwait(false);
        try
        {
            return await Work(run).ConfigureAwait(false);
        }
        finally
        {
            slot.Release();
        }
    }

    private Task<NodeResult> Work(Run run) => run.Node switch
    {
        { Action: NodeAction.Refused } refused => Task.FromResult(new NodeResult(refused.Id, NodeOutcome.Failed, TimeSpan.Zero) { Failure = new NodeFailure(refused.Reason ?? "refused") }),
        { Action: NodeAction.Absent or NodeAction.Protected } idle => Task.FromResult(Unchanged(idle)),
        PlannedStack stack when _plan.IsDelete || stack.Action == NodeAction.Delete => DeleteStack(run, stack),
        PlannedStack stack => BringStack(run, stack),
        PlannedAction action when _plan.IsDelete => DeleteAction(run, action),
        PlannedAction action => BringAction(run, action),
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

    // ---- stacks ------------------------------------------------------------------------------------------------------

    private async Task<NodeResult> BringStack(Run run, PlannedStack planned)
    {
        var parameters = await Parameters(planned).ConfigureAwait(false);
        if (planned.Action == NodeAction.None && planned.Deployed is { } deployed && parameters.All(p => deployed.Parameters.GetValueOrDefault(p.Key) is { } v && (v == p.Value || v == Values.Masked)))
            return Unchanged(planned);
        var began = Start(run, planned.Action == NodeAction.None ? NodeAction.Update : planned.Action);
        var work = new StackWork(_cloud, planned, _options, _store, Poller(planned.Id.Place), _ => run.Started.TrySetResult());
        var bring = work.Bring(parameters, _stopping.Leave);
        var (outcome, stack, failure) = await OrFailedCompanion(bring, planned.Id).ConfigureAwait(false);
        return Result(planned, outcome, began, stack?.Outputs, failure);
    }

    // A stack that waits for an action which failed would wait for ever (for days, with a certificate).
    private async Task<(NodeOutcome, DeployedStack?, NodeFailure?)> OrFailedCompanion(Task<(NodeOutcome, DeployedStack?, NodeFailure?)> bring, NodeId id)
    {
        var companions = _runs.Values.Where(r => r.Node is PlannedAction { Work.During: { } host } && host == id).Select(r => r.Ended.Task).ToList();
        while (companions.Count > 0 && !bring.IsCompleted)
        {
            var ended = await Task.WhenAny(companions.Append<Task>(bring)).ConfigureAwait(false);
            if (ended is not Task<NodeResult> companion || ReferenceEquals(ended, bring))
                break;
            companions.Remove(companion);
            if ((await companion.ConfigureAwait(false)).Failure is { } failure)
                return (NodeOutcome.Failed, null, new NodeFailure($"what it waits for failed: {failure.Message}") { Hint = "CloudFormation goes on waiting; mend the cause and run this again, it will attach" });
        }
        return await bring.ConfigureAwait(false);
    }

    private async Task<NodeResult> DeleteStack(Run run, PlannedStack planned)
    {
        if (planned.Action != NodeAction.Delete)
            return Unchanged(planned);
        var began = Start(run, NodeAction.Delete);
        var work = new StackWork(_cloud, planned, _options, _store, Poller(planned.Id.Place), _ => run.Started.TrySetResult());
        var (outcome, _, failure) = await work.Delete(planned.Deployed!, _stopping.Leave).ConfigureAwait(false);
        return Result(planned, outcome, began, null, failure);
    }

    private NodeResult Result(PlannedNode node, NodeOutcome outcome, DateTimeOffset began, ImmutableSortedDictionary<string, string>? outputs, NodeFailure? failure) =>
        new(node.Id, outcome, _options.Time.GetUtcNow() - began)
        {
            Outputs = outputs ?? ImmutableSortedDictionary<string, string>.Empty,
            Failure = failure,
        };

    // What the plan knew, except for what others have made or changed meanwhile.
    private async Task<ImmutableSortedDictionary<string, string>> Parameters(PlannedStack planned)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var parameter in planned.Stack.Parameters)
            values[parameter.Name] = parameter.Source is KeepDeployedSource && planned.Parameters.GetValueOrDefault(parameter.Name) is { } kept
                ? kept
                : await Current(parameter.Source).ConfigureAwait(false) ?? planned.Parameters.GetValueOrDefault(parameter.Name) ?? NotThere(parameter);
        return values.ToImmutable();
    }

    // Sent empty, it would be refused with words that explain nothing, or taken.
    private static string NotThere(Parameter parameter) => parameter.Source is not OutputSource output
        ? ""
        : throw new CloudException(CloudErrorKind.NotFound, "NoOutput", $"{output.Node} has no output {output.Key}, which {parameter.Name} needs", "cloudformation:DescribeStacks");

    private async Task<string?> Current(Source source)
    {
        switch (source)
        {
            case OutputSource output when _runs.TryGetValue(output.Node, out var run):
                return (await run.Ended.Task.ConfigureAwait(false)).Outputs.GetValueOrDefault(output.Key);
            case OutputSource output:
                return _plan.Deployed.GetValueOrDefault(output.Node)?.Outputs.GetValueOrDefault(output.Key);
            case KeepDeployedSource kept:
                return await Current(kept.Initial).ConfigureAwait(false);
            case ListSource list:
                var items = await Task.WhenAll(list.Items.Select(Current)).ConfigureAwait(false);
                return items.Contains(null) ? null : string.Join(',', items);
            case LiteralSource literal:
                return literal.Text;
            case SecretSource secret:
                return secret.Value.Reveal();
            default:
                return null;
        }
    }

    // ---- actions -----------------------------------------------------------------------------------------------------

    private async Task<NodeResult> BringAction(Run run, PlannedAction planned)
    {
        if (planned.Action == NodeAction.None)
            return Unchanged(planned);
        var inputs = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var (name, source) in planned.Work.Inputs)
            inputs[name] = await Current(source).ConfigureAwait(false) ?? "";
        var began = Start(run, planned.Action);
        var made = await planned.Work.Apply(_cloud, inputs.ToImmutable(), _options.Time, _stopping.Leave).ConfigureAwait(false);
        foreach (var reveal in made.Reveals)
            _tell(new SecretRevealed(_options.Time.GetUtcNow(), planned.Id, reveal));
        foreach (var field in made.Found)
            _tell(new FieldFound(_options.Time.GetUtcNow(), planned.Id, field));
        return Result(planned, planned.Action == NodeAction.Create ? NodeOutcome.Created : NodeOutcome.Updated, began, made.Outputs, made.Failure is { } why ? new NodeFailure(why) : null)
            is var result && made.Failure is not null ? result with { Outcome = NodeOutcome.Failed } : result;
    }

    private async Task<NodeResult> DeleteAction(Run run, PlannedAction planned)
    {
        if (planned.Action != NodeAction.Delete)
            return Unchanged(planned);
        var began = Start(run, NodeAction.Delete);
        await planned.Work.Delete(_cloud, _stopping.Leave).ConfigureAwait(false);
        return Result(planned, NodeOutcome.Deleted, began, null, null);
    }

    private DateTimeOffset Start(Run run, NodeAction action)
    {
        var now = _options.Time.GetUtcNow();
        if (run.Node is PlannedAction)
            run.Started.TrySetResult();
        _tell(new NodeStarted(now, run.Node.Id, action));
        return now;
    }

    private PlacePoller Poller(Place place) => _pollers.GetOrAdd(place, p => new PlacePoller(_cloud, p, _options, _tell));
}
