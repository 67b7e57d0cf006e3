using System.Collections.Concurrent;
using Paco.Clouds;
using Paco.Planning;

namespace Paco.Applying;

/// <summary>What the work on every node of a run shares.</summary>
internal sealed class RunContext(ICloud cloud, ApplyOptions options, Action<ApplyEvent> tell, Estimate estimate, Cancellation stopping)
{
    private readonly ConcurrentDictionary<Place, Lazy<PlacePoller>> _pollers = new();
    private readonly ConcurrentDictionary<Place, Lazy<ConcurrencyLimit>> _limits = new();
    private readonly SeenPace _pace = new();

    public ICloud Cloud => cloud;

    public ApplyOptions Options => options;

    public Action<ApplyEvent> Tell => tell;

    public Estimate Estimate => estimate;

    public Cancellation Stopping => stopping;

    public TemplateStore Store { get; } = new(cloud, options);

    public MadeSecrets MadeSecrets { get; } = new(options, tell);

    public RunRetry Retry { get; } = new(options, tell);

    /// <summary>When the run began: tells its work from that of other runs.</summary>
    public string Stamp { get; } = options.Time.GetUtcNow().ToString("O");

    public DateTimeOffset Now => options.Time.GetUtcNow();

    public PlacePoller Poller(Place place) =>
        _pollers.GetOrAdd(place, p => new Lazy<PlacePoller>(() => new PlacePoller(cloud, p, options, _pace, Retry, tell))).Value;

    /// <summary>How a node's work ended, whatever ended it except a mistake of ours.</summary>
    public async Task<NodeResult> Ended(NodeRun run, Func<Task<NodeResult>> work)
    {
        var began = Now;
        try
        {
            return await work();
        }
        catch (OperationCanceledException) when (stopping.Leave.IsCancellationRequested)
        {
            return new NodeResult(run.Id, run.MayRun ? NodeOutcome.StillRunning : NodeOutcome.Skipped, Now - began);
        }
        catch (CloudException e)
        {
            return new NodeResult(run.Id, NodeOutcome.Failed, Now - began) { Failure = FailureCause.Of(e) };
        }
    }

    /// <summary>Only what makes the cloud work takes a slot: a stack that turns out unchanged waits for nobody.</summary>
    public async Task<NodeResult> InSlot(NodeRun run, PlannedStack planned, NodeAction action, Func<StackWork, Task<StackOutcome>> work)
    {
        var limit = _limits.GetOrAdd(run.Id.Place, _ => new Lazy<ConcurrencyLimit>(() => new ConcurrencyLimit(options.MaxPerPlace))).Value;
        await limit.Enter(estimate.UrgencyOf(run.Id), stopping.Leave);
        try
        {
            if (stopping.StartNothing.IsCancellationRequested)
                return new NodeResult(run.Id, NodeOutcome.Skipped, TimeSpan.Zero) { Failure = new NodeFailure("the run was stopped") };
            var began = Now;
            tell(new NodeStarted(began, run.Id, action));
            var end = await work(new StackWork(this, run, planned, limit));
            return end.ToResult(run.Id, Now - began);
        }
        finally
        {
            limit.Leave();
        }
    }
}
