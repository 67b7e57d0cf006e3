namespace Paco.Applying;

/// <summary>
/// When to look next. Every look late is a look during which those that wait could have started; every look early is a call
/// that says nothing. So: at the time the operation should be over, and then, where it takes longer, in steps that grow with
/// the time it is over by; never later than the interval, never sooner than a second (or the interval, where that is less).
/// </summary>
internal sealed class PollSchedule(TimeSpan interval)
{
    private readonly TimeSpan _least = interval < TimeSpan.FromSeconds(1) ? interval : TimeSpan.FromSeconds(1);
    private DateTimeOffset _last;

    public void Looked(DateTimeOffset now) => _last = now;

    /// <summary>The next look that an operation deserves.</summary>
    /// <param name="began">When it began.</param>
    /// <param name="expected">How long it should take; nothing where nobody knows.</param>
    public DateTimeOffset Next(DateTimeOffset began, TimeSpan expected)
    {
        var last = _last > began ? _last : began;
        var end = began + expected;
        if (expected > TimeSpan.Zero && last < end)
            return Earlier(end, last + interval);
        // Nobody knows the rest; a thirtieth of what it took so far is lost at worst.
        var step = (last - began) / 30;
        return last + (step < _least ? _least : step > interval ? interval : step);
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
