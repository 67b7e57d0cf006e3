namespace Paco.Aws.Wire;

/// <summary>
/// How many calls may be in flight at once for one account and region. Halves when AWS throttles, grows back by one for every
/// full round of successes: the rule TCP shares a line by, since AWS does not say how many calls it allows.
/// </summary>
internal sealed class Limiter(int most)
{
    private readonly Lock gate = new();
    private readonly LinkedList<TaskCompletionSource> waiting = new();
    private double limit = most;
    private int running;
    private long round;

    /// <summary>Calls allowed at this moment; never less than one.</summary>
    public int Limit
    {
        get
        {
            lock (gate)
            {
                return (int)limit;
            }
        }
    }

    /// <summary>Waits for a turn; the answer names the round the call belongs to.</summary>
    public async Task<long> Enter(CancellationToken cancel)
    {
        LinkedListNode<TaskCompletionSource> place;
        lock (gate)
        {
            if (running < (int)limit && waiting.Count == 0)
            {
                running++;
                return round;
            }

            place = waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        await using var leave = cancel.UnsafeRegister(_ => GiveUp(place, cancel), null);
        await place.Value.Task;
        lock (gate)
        {
            return round;
        }
    }

    /// <summary>Ends a turn. Calls of one round that are throttled together halve the limit once.</summary>
    public void Leave(long entered, bool throttled)
    {
        lock (gate)
        {
            running--;
            if (throttled && entered == round)
            {
                limit = Math.Max(1, limit / 2);
                round++;
            }
            else if (!throttled)
            {
                limit = Math.Min(most, limit + (1 / limit));
            }

            LetIn();
        }
    }

    private void LetIn()
    {
        while (waiting.First is { } next && running < (int)limit)
        {
            waiting.RemoveFirst();
            running++;
            next.Value.SetResult();
        }
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource> place, CancellationToken cancel)
    {
        lock (gate)
        {
            if (place.List is not null)
            {
                waiting.Remove(place);
                place.Value.SetCanceled(cancel);
            }
        }
    }
}
