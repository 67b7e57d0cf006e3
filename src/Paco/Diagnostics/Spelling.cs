namespace Paco.Diagnostics;

/// <summary>Finds the word somebody probably meant.</summary>
public static class Spelling
{
    private const int MaxLength = 200;

    // A shorter beginning says too little.
    private const int LeastBeginning = 4;

    /// <summary>
    /// The nearest candidate within a third of the word's length (two changes at least), ties going to the first; else the only one
    /// that the word is the beginning of; or null.
    /// </summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        var all = candidates.ToList();
        return NearestSpelt(word, all) ?? OnlyBegun(word, all);
    }

    private static string? OnlyBegun(string word, List<string> candidates) =>
        word.Length >= LeastBeginning
        && candidates.Where(c => c.StartsWith(word, StringComparison.OrdinalIgnoreCase)).Distinct().Take(2).ToList() is [var only]
            ? only
            : null;

    private static string? NearestSpelt(string word, List<string> candidates)
    {
        var limit = Math.Max(2, word.Length / 3);
        string? best = null;
        var bestDistance = limit + 1;
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - word.Length) >= bestDistance)
                continue;
            var distance = string.Equals(word, candidate, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(word, candidate, bestDistance);
            if (distance < bestDistance && distance < Math.Max(word.Length, candidate.Length))
                (best, bestDistance) = (candidate, distance);
        }
        return best;
    }

    /// <summary><c>did you mean "x"?</c>, or null where nothing is near.</summary>
    public static string? DidYouMean(string word, IEnumerable<string> candidates) =>
        Nearest(word, candidates) is { } near ? $"did you mean \"{near}\"?" : null;

    // Optimal string alignment: a swap of neighbours counts once, as fingers do it. Gives up past the limit.
    private static int Distance(string a, string b, int limit)
    {
        if (a.Length > MaxLength || b.Length > MaxLength)
            return int.MaxValue;
        Span<int> before = stackalloc int[b.Length + 1], last = stackalloc int[b.Length + 1], row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var least = row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = IsSame(a[i - 1], b[j - 1]) ? 0 : 1;
                row[j] = Math.Min(Math.Min(last[j] + 1, row[j - 1] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && IsSame(a[i - 1], b[j - 2]) && IsSame(a[i - 2], b[j - 1]))
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
                least = Math.Min(least, row[j]);
            }
            // A swap reaches back one row, so the one before must be past the limit as well.
            if (least > limit + 1)
                return int.MaxValue;
            var oldest = before;
            before = last;
            last = row;
            row = oldest;
        }
        return last[b.Length];
    }

    private static bool IsSame(char a, char b) => a == b || char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
