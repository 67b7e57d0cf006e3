namespace Paco.CloudFormation.Schemas;

/// <summary>Which of the known names a mistyped one was probably meant to be.</summary>
internal static class Nearest
{
    /// <summary>The nearest of the names by edit distance, whatever the case; null where none is near.</summary>
    public static string? To(string written, IEnumerable<string> names)
    {
        // Nothing long is a typing mistake, and the distance costs the product of the lengths.
        if (written.Length is 0 or > 100)
        {
            return null;
        }

        var (best, distance) = ((string?)null, 1 + Math.Max(1, written.Length / 3));
        foreach (var name in names)
        {
            var far = Distance(written.ToUpperInvariant(), name.ToUpperInvariant());
            (best, distance) = far < distance ? (name, far) : (best, distance);
        }

        return best;
    }

    // Levenshtein's, a row at a time.
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var change = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }
}
