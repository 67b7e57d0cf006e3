namespace Paco.Starters;

/// <summary>The <c>s3bucket_hash</c> of a new project: makes the names of its S3 buckets nobody else's.</summary>
public static class BucketHash
{
    public const int Length = 8;

    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>Eight of <c>0-9a-z</c> out of eight random bytes, which the caller draws: the same bytes, the same hash.</summary>
    public static string From(ReadOnlySpan<byte> random)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(random.Length, Length);
        var hash = new char[Length];
        for (var i = 0; i < Length; i++)
        {
            hash[i] = Alphabet[random[i] % Alphabet.Length];
        }

        return new string(hash);
    }

    internal static string? Check(string hash) =>
        hash.Length == Length && hash.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterLower(c))
            ? null
            : "The bucket hash has eight characters out of 0-9 and a-z, for example k3v9x0qd.";
}
