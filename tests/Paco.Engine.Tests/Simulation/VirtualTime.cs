using System.Diagnostics;

namespace Paco.Engine.Tests.Simulation;

/// <summary>
/// A clock that stands still while anybody works and jumps to the next timer when everybody waits. Hours cost nothing. It
/// knows that everybody waits because the thread pool, where all work after an await goes on, has none left; so only one
/// simulation can run in a process at a time, and nothing else beside it.
/// </summary>
internal sealed class VirtualTime : TimeProvider
{
    private static readonly Lock OneAtATime = new();

    private readonly Lock _lock = new();
    private readonly PriorityQueue<VirtualTimer, (long Due, long Order)> _timers = new();
    private long _now = new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero).UtcTicks;
    private long _order;
    private int _idle;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _now), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Runs work to its end on this clock. Throws where everybody waits for something that will never come.</summary>
    public T Run<T>(Func<Task<T>> work)
    {
        lock (OneAtATime)
        {
            Task<T>? running = null;
            Exception? failure = null;
            var pump = new Thread(() =>
            {
                try
                {
                    _idle = Idle();
                    running = Task.Run(work);
                    Pump(running);
                }
                catch (Exception e) when (e is InvalidOperationException or OperationCanceledException)
                {
                    failure = e;
                }
            }) { IsBackground = true, Name = "virtual time" };
            pump.Start();
            pump.Join();
            return failure is null ? running!.GetAwaiter().GetResult() : throw new InvalidOperationException(failure.Message, failure);
        }
    }

    private void Pump(Task running)
    {
        while (true)
        {
            Rest();
            if (running.IsCompleted)
                return;
            VirtualTimer? timer;
            lock (_lock)
            {
                if (!_timers.TryDequeue(out timer, out var at))
                    throw new InvalidOperationException("everybody waits and no timer is set: the run will never end");
                if (!timer.IsDue(at.Order))
                    continue;
                Interlocked.Exchange(ref _now, Math.Max(_now, at.Due));
            }
            timer.Fire();
        }
    }

    // Waits until no work is left in the pool.
    private void Rest()
    {
        var spin = new SpinWait();
        var since = Stopwatch.GetTimestamp();
        while (Busy() > _idle || ThreadPool.PendingWorkItemCount > 0)
        {
            spin.SpinOnce(sleep1Threshold: 200);
            // Threads that somebody else blocks are no work of ours; ours (making a key) may take a second or two.
            if (ThreadPool.PendingWorkItemCount == 0 && Stopwatch.GetElapsedTime(since) > TimeSpan.FromSeconds(20))
                _idle = Busy();
        }
        _idle = Math.Min(_idle, Busy());
    }

    // Threads of the pool that are not ours and stay: whoever waits for this run. What comes and goes, as a test's report does,
    // must not be among them, or later one of ours would pass for it.
    private static int Idle()
    {
        var least = int.MaxValue;
        for (var i = 0; i < 20; i++)
        {
            least = Math.Min(least, Busy());
#pragma warning disable RS0030 // Nothing is waited for: it is counted what threads of this machine are busy with.
            Thread.Sleep(1);
#pragma warning restore RS0030
        }
        return least;
    }

    private static int Busy()
    {
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetAvailableThreads(out var free, out _);
        return most - free;
    }

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private long _current = -1;
        private TimeSpan _period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                _period = period;
                _current = -1;
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                _current = time._order++;
                time._timers.Enqueue(this, (time._now + Math.Max(0, dueTime.Ticks), _current));
            }
            return true;
        }

        public bool IsDue(long order) => _current == order;

        public void Fire()
        {
            if (_period > TimeSpan.Zero)
                Change(_period, _period);
            callback(state);
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
