namespace Paco.Aws.Wire;

/// <summary>
/// How many calls may be in flight at once for one account and region. Halves when AWS throttles, grows back by one for every
/// full round of successes: the rule TCP shares a line by, since AWS does not say how many calls it allows.
/// </summary>
internal sealed class Limiter(int most)
{
    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = new();
    private double _limit = most;
    private int _running;
    private long _round;

    /// <summary>Calls allowed at this moment; never less than one.</summary>
    public int Limit
    {
        get
        {
            lock (_gate)
            {
                return (int)_limit;
            }
        }
    }

    /// <summary>Waits for a turn; the answer names the round the call belongs to.</summary>
    public async Task<long> Enter(CancellationToken cancel)
    {
        LinkedListNode<TaskCompletionSource> place;
        lock (_gate)
        {
            if (_running < (int)_limit && _waiting.Count == 0)
            {
                _running++;
                return _round;
            }

            place = _waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        await using var leave = cancel.UnsafeRegister(_ => GiveUp(place, cancel), null);
        await place.Value.Task;
        lock (_gate)
        {
            return _round;
        }
    }

    /// <summary>Ends a turn. Calls of one round that are throttled together halve the limit once.</summary>
    public void Leave(long entered, bool throttled)
    {
        lock (_gate)
        {
            _running--;
            if (throttled && entered == _round)
            {
                _limit = Math.Max(1, _limit / 2);
                _round++;
            }
            else if (!throttled)
            {
                _limit = Math.Min(most, _limit + (1 / _limit));
            }

            LetIn();
        }
    }

    private void LetIn()
    {
        while (_waiting.First is { } next && _running < (int)_limit)
        {
            _waiting.RemoveFirst();
            _running++;
            next.Value.SetResult();
        }
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource> place, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (place.List is not null)
            {
                _waiting.Remove(place);
                place.Value.SetCanceled(cancel);
            }
        }
    }
}
