namespace Paco.Applying;

/// <summary>
/// How many stacks of one account and region are worked on at once. Halves when the cloud still says "too many" after the
/// calls' own retries, and grows back by one for every full round of successes. Who has the longest way to go goes first.
/// </summary>
internal sealed class ConcurrencyLimit(int most)
{
    private readonly Lock _lock = new();
    private readonly PriorityQueue<TaskCompletionSource, (long, long)> _waiting = new();
    private double _limit = most;
    private int _taken;
    private long _arrivals;

    /// <summary>Waits for a turn.</summary>
    /// <param name="urgency">How long everything takes that waits for this.</param>
    public async Task Enter(TimeSpan urgency, CancellationToken leave)
    {
        TaskCompletionSource turn;
        lock (_lock)
        {
            if (_taken < Limit && _waiting.Count == 0)
            {
                _taken++;
                return;
            }
            turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn, (-urgency.Ticks, _arrivals++));
        }
        await using var registration = leave.UnsafeRegister(_ => turn.TrySetCanceled(leave), null);
        await turn.Task;
    }

    public void Leave()
    {
        lock (_lock)
        {
            _taken--;
            _limit = Math.Min(most, _limit + (1 / _limit));
            LetIn();
        }
    }

    public void Throttled()
    {
        lock (_lock)
            _limit = Math.Max(1, _limit / 2);
    }

    private int Limit => Math.Max(1, (int)_limit);

    private void LetIn()
    {
        while (_taken < Limit && _waiting.TryDequeue(out var next, out _))
        {
            if (next.TrySetResult())
                _taken++;
        }
    }
}
