namespace Paco.Applying;

/// <summary>
/// When to look next at what an account and region works on. Every look late is a look during which those that wait could have started;
/// every look early is a call that says nothing. So: often while the operation may well end, from the shortest to the longest share of
/// what is expected that this run has seen; else once an interval; in steps that grow with the time it has taken. All looks of
/// an account and region share one allowance, since CloudFormation answers a few calls a second and no more.
/// </summary>
internal sealed class PollSchedule(TimeSpan interval, SeenPace pace)
{
    // The share of its time that an operation at most ends before it is seen.
    private const int Share = 50;

    // Looks that may come close together, when none came for a while.
    private const int Saved = 15;

    private readonly TimeSpan _least = interval / 20;
    private readonly TimeSpan _each = interval / 5;
    private DateTimeOffset _last;
    private DateTimeOffset _paid;
    private TimeSpan _took;

    /// <summary>A look was made.</summary>
    /// <param name="began">When it was sent.</param>
    /// <param name="ended">When it was answered: where the line or the cloud is slow, or throttles, there are fewer.</param>
    /// <param name="calls">How many calls it was.</param>
    public void Looked(DateTimeOffset began, DateTimeOffset ended, int calls)
    {
        (_last, _took) = (began, ended - began);
        _paid = Later(_paid, began) + (_each * calls);
    }

    /// <summary>The next look that an operation deserves.</summary>
    /// <param name="began">When it began.</param>
    /// <param name="expected">How long it should take; nothing where nobody knows.</param>
    public DateTimeOffset Next(DateTimeOffset began, TimeSpan expected) =>
        _last == default ? Wanted(began, expected)
        : Later(Wanted(began, expected), Later(_paid - (_each * Saved), _last + (_took * 2)));

    private DateTimeOffset Wanted(DateTimeOffset began, TimeSpan expected)
    {
        var last = Later(_last, began);
        var step = Between(_least, (last - began) / Share, interval);
        if (expected <= TimeSpan.Zero)
            return last + Between(_least, (last - began) / 10, interval);
        var (shortest, likely, longest) = pace.Of(expected);
        // A call is on its way for half of what it takes.
        var end = began + likely - (_took / 2);
        var opens = Earlier(end, began + shortest);
        if (last < opens)
            return Earlier(end - opens < _least ? end : opens, last + interval);
        if (last < end && end - last < step * 2)
            return end - last <= step * 1.5 ? end : last + step;
        return last - began <= longest ? last + step : last + Between(_least, (last - began) / 30, interval);
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static TimeSpan Between(TimeSpan least, TimeSpan wanted, TimeSpan most) =>
        wanted < least ? least : wanted > most ? most : wanted;
}
