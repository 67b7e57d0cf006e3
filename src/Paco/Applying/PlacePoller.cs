using Paco.Clouds;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Applying;

/// <summary>What is watched and what is known of it beforehand.</summary>
/// <param name="StackId">Id rather than name, so that a deleted stack can still be asked for its events.</param>
/// <param name="Token">The operation's token; null where somebody else began it and all its events count.</param>
/// <param name="Since">The stack's last change on the cloud's own clock.</param>
/// <param name="Expected">How long it should take.</param>
/// <param name="IsDeletion">The stack may be gone at the end.</param>
internal sealed record Watched(NodeId Node, string StackId, string? Token, DateTimeOffset Since, TimeSpan Expected, bool IsDeletion)
{
    /// <summary>
    /// Told when it has succeeded, before its last events are read, and while an update still removes what it replaced: the outputs are
    /// final.
    /// </summary>
    public Action<DeployedStack>? Succeeded { get; init; }

    /// <summary>Nothing waits for its end but the run itself.</summary>
    public bool IsLast { get; init; }
}

/// <summary>A stack at rest: as it is described, null where it is gone, with the events of the operation, oldest first.</summary>
internal sealed record SettledStack(DeployedStack? Stack, IReadOnlyList<StackEvent> Events);

/// <summary>
/// Watches the busy stacks of one account and region: one listing a turn, however many there are, then the new events of
/// those that move. When it looks says <see cref="PollSchedule"/>. A look that fails is repeated later and later; it never fails a
/// deployment, but a cloud that goes without an answer for <see cref="ApplyOptions.SilenceLimit"/> is watched no longer.
/// </summary>
internal sealed class PlacePoller(ICloud cloud, Place place, ApplyOptions options, SeenPace pace, RunRetry retry, Action<ApplyEvent> tell)
{
    // AWS lists no more in a page. Source: rebuy-de/aws-nuke#240, cfn-sphere#96.
    private const int Page = 100;

    private static readonly TimeSpan UnlistedFor = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly List<Watch> _watches = [];
    private readonly PollSchedule _times = new(options.PollInterval, pace);
    private int _pages = 1;
    private Task? _loop;
    private TaskCompletionSource _newcomer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Watch(Watched what, DateTimeOffset began)
    {
        public Watched What { get; } = what;

        public DateTimeOffset Began { get; } = began;

        public DateTimeOffset EventsRead { get; set; } = began;

        public bool WasToldOf { get; set; }

        public string? LastEvent { get; set; }

        public List<StackEvent> Events { get; } = [];

        public TaskCompletionSource<SettledStack> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Waits until CloudFormation has stopped working on the stack.</summary>
    public Task<SettledStack> WaitFor(Watched what, CancellationToken leave)
    {
        var watch = new Watch(what, options.Time.GetUtcNow());
        lock (_lock)
        {
            _watches.Add(watch);
            _loop ??= Task.Run(() => Loop(leave), CancellationToken.None);
            // It may be due before the next look.
            _newcomer.TrySetResult();
        }
        return watch.Done.Task.WaitAsync(leave);
    }

    private async Task Loop(CancellationToken leave)
    {
        while (!leave.IsCancellationRequested)
        {
            try
            {
                await UntilDue(leave);
                await retry.Look(place, () => Look(leave), leave);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e)
            {
                // A cloud without an answer, or a mistake of ours: those that wait here must not wait for ever.
                GiveUp(e);
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

    private void GiveUp(Exception e)
    {
        lock (_lock)
        {
            _watches.ForEach(w => w.Done.TrySetException(e));
            _watches.Clear();
        }
    }

    private async Task UntilDue(CancellationToken leave)
    {
        while (true)
        {
            TimeSpan wait;
            Task newcomer;
            lock (_lock)
            {
                var now = options.Time.GetUtcNow();
                wait = _watches.Min(w => _times.Next(w.Began, w.What.Expected)) - now;
                if (_newcomer.Task.IsCompleted)
                    _newcomer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                newcomer = _newcomer.Task;
            }
            using var end = CancellationTokenSource.CreateLinkedTokenSource(leave);
            var delay = Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, options.Time, end.Token);
            await Task.WhenAny(delay, newcomer);
            leave.ThrowIfCancellationRequested();
            if (delay.IsCompleted)
                return;
            await end.CancelAsync();
        }
    }

    private async Task Look(CancellationToken leave)
    {
        Watch[] watches;
        lock (_lock)
            watches = [.. _watches];
        var began = options.Time.GetUtcNow();
        var client = cloud.CloudFormation(place);
        // One by one where that is fewer calls than the pages of everything there is.
        var isListing = watches.Length > _pages;
        var calls = isListing ? _pages : watches.Length;
        var beside = watches is [var alone] && IsACallLong(alone, began) ? ReadEvents(client, alone, leave) : Task.CompletedTask;
        IReadOnlyDictionary<string, DeployedStack> described;
        try
        {
            described = isListing ? await Listed(client, leave) : await Each(client, watches.Select(w => w.What.StackId), leave);
        }
        finally
        {
            _times.Looked(began, options.Time.GetUtcNow(), calls);
            await beside;
        }
        await CloudException.WhenAll(watches.Select(w => Seen(client, w, described.GetValueOrDefault(w.What.StackId), isListing, leave)));
    }

    private async Task<IReadOnlyDictionary<string, DeployedStack>> Listed(ICloudFormation client, CancellationToken leave)
    {
        var listed = await client.DescribeStacks(leave);
        _pages = 1 + (listed.Length / Page);
        // Pages of a listing may overlap where stacks come and go meanwhile.
        return listed.GroupBy(s => s.StackId).ToDictionary(s => s.Key, s => s.Last(), StringComparer.Ordinal);
    }

    private static async Task<IReadOnlyDictionary<string, DeployedStack>> Each(ICloudFormation client, IEnumerable<string> ids,
        CancellationToken leave)
    {
        var described = await CloudException.WhenAll(ids.Distinct().Select(id => client.DescribeStack(id, leave)));
        return described.OfType<DeployedStack>().ToDictionary(s => s.StackId, StringComparer.Ordinal);
    }

    // A run that only waits for this one would end a call later. With the events beside each look they are there when the end is seen.
    private bool IsACallLong(Watch watch, DateTimeOffset now) => watch.What.IsLast && now - watch.Began < options.PollInterval * 2;

    // Events take a call a stack, so where many are at work they are read less often; the ends of all are in the listing.
    private TimeSpan BetweenEvents(int atWork) =>
        atWork * options.PollInterval / 10 is var shared && shared > options.PollInterval ? shared : options.PollInterval;

    private async Task<bool> Seen(ICloudFormation client, Watch watch, DeployedStack? stack, bool isListing, CancellationToken leave)
    {
        if (stack is null && isListing && !watch.What.IsDeletion)
            stack = await client.DescribeStack(watch.What.StackId, leave);
        var now = options.Time.GetUtcNow();
        // What was made a moment ago may not be listed everywhere yet.
        if (stack is null && !watch.What.IsDeletion && now - watch.Began < UnlistedFor)
            return false;
        if (stack is { Status: var status } && HasSucceeded(status) && !watch.WasToldOf)
        {
            watch.WasToldOf = true;
            watch.What.Succeeded?.Invoke(stack);
        }
        var isBusy = stack is not null && StatusDecisions.IsBusy(stack.Status);
        if (isBusy && now - watch.EventsRead < BetweenEvents(AtWork))
            return false;
        if (isBusy || !HasAllEvents(watch, stack))
            await ReadEvents(client, watch, leave);
        if (!isBusy)
            Settle(watch, stack);
        return !isBusy;
    }

    private int AtWork
    {
        get
        {
            lock (_lock)
                return _watches.Count;
        }
    }

    private void Settle(Watch watch, DeployedStack? stack)
    {
        if (watch.Events is [var first, .., var last] && (stack is null ? watch.What.IsDeletion : HasSucceeded(stack.Status)))
            pace.Note(watch.What.Expected, last.Timestamp - first.Timestamp);
        lock (_lock)
            _watches.Remove(watch);
        watch.Done.TrySetResult(new SettledStack(stack, watch.Events));
    }

    private static bool HasAllEvents(Watch watch, DeployedStack? stack) => watch.Events is [.., var last]
        && last.PhysicalResourceId == watch.What.StackId && last.ResourceStatus == (stack?.Status ?? StackStatus.DeleteComplete).ToWire();

    private static bool HasSucceeded(StackStatus status) => status is StackStatus.CreateComplete or StackStatus.UpdateComplete
        or StackStatus.UpdateCompleteCleanupInProgress;

    private async Task ReadEvents(ICloudFormation client, Watch watch, CancellationToken leave)
    {
        var asked = options.Time.GetUtcNow();
        var fresh = await client.DescribeStackEvents(watch.What.StackId, watch.LastEvent, watch.What.Since, leave);
        watch.EventsRead = asked;
        if (fresh.IsEmpty)
            return;
        watch.LastEvent = fresh[0].EventId;
        foreach (var happened in fresh.Reverse()
            .Where(e => watch.What.Token is not { } token || e.ClientRequestToken is null || e.ClientRequestToken == token))
        {
            watch.Events.Add(happened);
            tell(new ResourceMoved(options.Time.GetUtcNow(), watch.What.Node, happened));
        }
    }
}
