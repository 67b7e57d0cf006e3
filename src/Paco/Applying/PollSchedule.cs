namespace Paco.Applying;

/// <summary>
/// When to look next at what an account and region works on. Every look late is a look during which those that wait could have started;
/// every look early is a call that says nothing. So: often while the operation may well end, from the shortest to the longest share of
/// what is expected that this run has seen; else once an interval; in steps that grow with the time it has taken. All looks of
/// an account and region share one allowance, since CloudFormation answers a few calls a second and no more, and steps are such that it
/// lasts.
/// </summary>
internal sealed class PollSchedule(TimeSpan interval, SeenPace pace)
{
    // The share of its time that an operation at most ends before it is seen.
    private const int Share = 50;

    // Looks that may come close together, when none came for a while.
    private const int Saved = 20;

    private readonly TimeSpan _least = interval / 20;
    private readonly TimeSpan _each = interval / 5;
    private DateTimeOffset _last;
    private DateTimeOffset _paid;
    private TimeSpan _took;
    private TimeSpan _price = interval / 5;

    /// <summary>A look was made.</summary>
    /// <param name="began">When it was sent.</param>
    /// <param name="ended">When it was answered.</param>
    /// <param name="calls">How many calls it was.</param>
    public void Looked(DateTimeOffset began, DateTimeOffset ended, int calls)
    {
        (_last, _took, _price) = (began, ended - began, _each * calls);
        _paid = Later(_paid, began) + _price;
    }

    /// <summary>The next look that an operation deserves.</summary>
    /// <param name="began">When it began.</param>
    /// <param name="expected">How long it should take; nothing where nobody knows.</param>
    public DateTimeOffset Next(DateTimeOffset began, TimeSpan expected) =>
        _last == default ? Wanted(began, expected)
        : Later(Wanted(began, expected), Later(_paid - (_each * Saved), _last + Pause));

    // Where the line or the cloud is slow, or throttles, looks are as far apart as they take, and that again.
    private TimeSpan Pause => _took * 2;

    private DateTimeOffset Wanted(DateTimeOffset began, TimeSpan expected)
    {
        var last = Later(_last, began);
        var since = last - began;
        if (expected <= TimeSpan.Zero)
            return last + Between(_least, since / 10, interval);
        var (shortest, likely, longest) = pace.Of(expected);
        // It began half a call before its start was answered, and a look is on its way for the other half.
        var end = began + likely - _took;
        var opens = Earlier(end, began + shortest);
        if (last < opens)
            return Earlier(end - opens < _least ? end : opens, last + interval);
        if (since >= longest)
            return last + Between(_least, since / 30, interval);
        var least = Longer(Pause, Lasting(Between(shortest, since, longest), longest));
        var step = Between(least, since / Share, interval);
        return last < end && end - last <= step * 1.5 ? end : last + step;
    }

    // With this step what is saved and what comes in lasts until the longest, if each step is the same share of the time taken by then: an
    // end is seen late by a share of it that is no larger anywhere, and nobody knows where to look more often.
    private TimeSpan Lasting(TimeSpan since, TimeSpan longest)
    {
        var allowed = (_each * Saved) + (longest - since) - (Later(_paid, _last) - _last);
        return since * (Math.Pow(longest / since, 1 / Math.Max(1, allowed / _price)) - 1);
    }

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static TimeSpan Between(TimeSpan least, TimeSpan wanted, TimeSpan most) =>
        wanted < least ? least : wanted > most ? most : wanted;
}
