using Paco.Clouds;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Applying;

/// <summary>
/// Watches the busy stacks of one account and region: one listing a turn, however many there are, then the new events of
/// those that move. A look that fails is repeated later and later; it never fails a deployment, but a cloud that goes
/// without an answer for <see cref="ApplyOptions.Patience"/> is watched no longer.
/// </summary>
internal sealed class PlacePoller(ICloud cloud, Place place, ApplyOptions options, Action<ApplyEvent> tell)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Watch> _watches = new(StringComparer.Ordinal);
    private Task? _loop;

    private sealed class Watch(NodeId node, DateTimeOffset since)
    {
        public NodeId Node { get; } = node;

        public DateTimeOffset Since { get; } = since;

        public string? LastEvent { get; set; }

        public List<StackEvent> Events { get; } = [];

        public TaskCompletionSource<Settled> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>A stack at rest: as it is described, null where it is gone, with the events since the watch began, oldest first.</summary>
    internal sealed record Settled(DeployedStack? Stack, IReadOnlyList<StackEvent> Events);

    /// <summary>Waits until CloudFormation has stopped working on the stack.</summary>
    /// <param name="stackId">Id rather than name, so that a deleted stack can still be asked for its events.</param>
    public Task<Settled> WaitFor(NodeId node, string stackId, DateTimeOffset since, CancellationToken leave)
    {
        var watch = new Watch(node, since);
        lock (_lock)
        {
            _watches[stackId] = watch;
            _loop ??= Task.Run(() => Loop(leave), CancellationToken.None);
        }
        return watch.Done.Task.WaitAsync(leave);
    }

    private async Task Loop(CancellationToken leave)
    {
        var failures = 0;
        var answered = options.Time.GetTimestamp();
        while (!leave.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Pause(failures), options.Time, leave).ConfigureAwait(false);
                await Look(leave).ConfigureAwait(false);
                failures = 0;
                answered = options.Time.GetTimestamp();
            }
            catch (CloudException e) when (options.Time.GetElapsedTime(answered) >= options.Patience)
            {
                GiveUp(e);
            }
            catch (CloudException e)
            {
                failures++;
                tell(new PollLost(options.Time.GetUtcNow(), place, e.Message));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            lock (_lock)
            {
                if (_watches.Count > 0)
                    continue;
                _loop = null;
                return;
            }
        }
    }

    private void GiveUp(CloudException last)
    {
        var lost = new CloudException(last.Kind, last.Code, $"{place} {Failures.Lost} {options.Patience.TotalMinutes:0} minutes: {last.Message}", last.Operation, last);
        lock (_lock)
        {
            foreach (var watch in _watches.Values)
                watch.Done.TrySetException(lost);
            _watches.Clear();
        }
    }

    private TimeSpan Pause(int failures) =>
        failures == 0 ? options.PollInterval : TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, options.PollInterval.Ticks << Math.Min(failures, 10)));

    private async Task Look(CancellationToken leave)
    {
        KeyValuePair<string, Watch>[] watches;
        lock (_lock)
            watches = [.. _watches];
        var client = cloud.CloudFormation(place);
        var described = watches is [var only]
            ? await client.DescribeStack(only.Key, leave).ConfigureAwait(false) is { } one ? [one] : []
            : await client.DescribeStacks(leave).ConfigureAwait(false);
        var byId = described.ToDictionary(s => s.StackId, StringComparer.Ordinal);
        foreach (var (stackId, watch) in watches)
        {
            var stack = byId.GetValueOrDefault(stackId);
            if (stack is { Status: StackStatus.DeleteComplete })
                stack = null;
            await ReadEvents(client, stackId, watch, leave).ConfigureAwait(false);
            if (stack is not null && StatusDecisions.IsBusy(stack.Status))
                continue;
            lock (_lock)
                _watches.Remove(stackId);
            watch.Done.TrySetResult(new Settled(stack, watch.Events));
        }
    }

    private async Task ReadEvents(ICloudFormation client, string stackId, Watch watch, CancellationToken leave)
    {
        var fresh = await client.DescribeStackEvents(stackId, watch.LastEvent, watch.Since, leave).ConfigureAwait(false);
        if (fresh.IsEmpty)
            return;
        watch.LastEvent = fresh[0].EventId;
        foreach (var happened in fresh.Reverse())
        {
            watch.Events.Add(happened);
            tell(new ResourceMoved(options.Time.GetUtcNow(), watch.Node, happened));
        }
    }
}
