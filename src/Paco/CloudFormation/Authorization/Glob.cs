namespace Paco.CloudFormation.Authorization;

/// <summary>
/// Patterns of policies: <c>*</c> is any text, <c>?</c> any character; in patterns of ours <c>+</c> is any text without a slash.
/// </summary>
internal static class Glob
{
    /// <summary>Whether some text fits both patterns.</summary>
    public static bool Meet(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        // Up to the first that stands for many, and mostly that is far, both must be the same.
        while (!one.IsEmpty && !other.IsEmpty && !IsMany(one[0]) && !IsMany(other[0]))
        {
            if (!IsSame(one[0], other[0]))
                return false;
            one = one[1..];
            other = other[1..];
        }
        return MeetFromHere(one, other);
    }

    private static bool MeetFromHere(ReadOnlySpan<char> one, ReadOnlySpan<char> other)
    {
        // meet[j] after the turn of i: whether what is left of one from i on and of the other from j on can be the same text.
        var meet = new bool[other.Length + 1];
        for (var i = one.Length; i >= 0; i--)
        {
            var diagonal = false;
            for (var j = other.Length; j >= 0; j--)
            {
                var below = meet[j];
                meet[j] = (i == one.Length, j == other.Length) switch
                {
                    (true, true) => true,
                    (true, false) => IsMany(other[j]) && meet[j + 1],
                    (false, true) => IsMany(one[i]) && below,
                    _ => IsMany(one[i]) ? below || (Takes(one[i], other[j]) && meet[j + 1])
                        : IsMany(other[j]) ? meet[j + 1] || (Takes(other[j], one[i]) && below)
                        : IsSame(one[i], other[j]) && diagonal,
                };
                diagonal = below;
            }
        }
        return meet[0];
    }

    public static bool HasWildcard(string pattern) => pattern.AsSpan().ContainsAny('*', '?');

    private static bool IsMany(char c) => c is '*' or '+';

    private static bool Takes(char many, char c) => many == '*' || c != '/';

    private static bool IsSame(char a, char b) => a == b || a == '?' || b == '?';
}
