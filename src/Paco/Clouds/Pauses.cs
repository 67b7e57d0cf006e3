namespace Paco.Clouds;

/// <summary>
/// How long to wait between two questions whether something is done of which nobody knows how long it takes: a fifth of what it has taken
/// so far. What is done at once is seen at once, and what takes minutes is not asked for every second.
/// </summary>
internal static class Pauses
{
    /// <summary>The next pause.</summary>
    /// <param name="taken">For how long it has been waited for.</param>
    /// <param name="longest">No pause is longer.</param>
    /// <param name="parts">The first pauses are that part of the longest: where others ask as well, or a question is dear, fewer.</param>
    public static TimeSpan Next(TimeSpan taken, TimeSpan longest, int parts)
    {
        var (pause, least) = (taken / 5, longest / parts);
        return pause < least ? least : pause > longest ? longest : pause;
    }
}
