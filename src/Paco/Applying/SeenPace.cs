namespace Paco.Applying;

/// <summary>
/// How long operations of this run have taken beside what the table of durations says. A cloud that takes a third longer than expected does
/// so for one stack after the other.
/// </summary>
internal sealed class SeenPace
{
    // Older ones say little of now, and a single odd one must not widen the window for the rest of a long run.
    private const int Kept = 8;

    // What one operation differs from the next like it.
    private const double Spread = 0.03;

    // The table is off by a third, as a rule, and by half at times.
    private const double Shortest = 0.6;
    private const double Longest = 1.5;

    private readonly Lock _lock = new();
    private readonly Queue<double> _seen = new();

    /// <summary>An operation has succeeded.</summary>
    /// <param name="actual">What it took by the cloud's own clock.</param>
    public void Note(TimeSpan expected, TimeSpan actual)
    {
        if (expected <= TimeSpan.Zero || actual <= TimeSpan.Zero)
            return;
        lock (_lock)
        {
            _seen.Enqueue(actual / expected);
            if (_seen.Count > Kept)
                _seen.Dequeue();
        }
    }

    /// <summary>The time within which one will probably end, and when most likely.</summary>
    public (TimeSpan Shortest, TimeSpan Likely, TimeSpan Longest) Of(TimeSpan expected)
    {
        lock (_lock)
        {
            return _seen.Count == 0
                ? (expected * Shortest, expected, expected * Longest)
                : (expected * _seen.Min() * (1 - Spread), expected * Median(), expected * _seen.Max() * (1 + Spread));
        }
    }

    private double Median() => _seen.Order().ElementAt(_seen.Count / 2);
}
