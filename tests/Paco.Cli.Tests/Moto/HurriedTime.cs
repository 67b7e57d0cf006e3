namespace Paco.Cli.Tests.Moto;

/// <summary>A clock whose waits pass many times faster. The time of day stays true: the cloud has the same.</summary>
internal sealed class HurriedTime(int times) : TimeProvider
{
    private readonly long _began = System.GetTimestamp();

    public override long GetTimestamp() => _began + ((System.GetTimestamp() - _began) * times);

    // What is drawn again and again keeps its pace.
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, period == Timeout.InfiniteTimeSpan && dueTime > TimeSpan.Zero ? dueTime / times : dueTime,
            period);
}
