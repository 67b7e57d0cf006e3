namespace Paco.Starters;

/// <summary>Finds the word somebody meant.</summary>
internal static class Spelling
{
    /// <summary>The candidate that is the fewest typing mistakes away, or null when none is near.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates) =>
        candidates
            .Select(candidate => (candidate, Distance: Distance(word, candidate)))
            .Where(near => near.Distance <= Math.Max(2, near.candidate.Length / 3))
            .OrderBy(near => near.Distance)
            .FirstOrDefault().candidate;

    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substituted = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
