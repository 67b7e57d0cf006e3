using System.Text.RegularExpressions;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Resources.Buckets;

/// <summary>The names of buckets, which are the whole world's. Deployed buckets are found by them.</summary>
internal static partial class BucketName
{
    private const int MaxLength = 63;
    private const int Kept = 54;

    private static readonly string[] Taken = ["xn--", "sthree-", "amzn-s3-demo-"];
    private static readonly string[] TakenEnds = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3", "-an"];

    /// <summary>The given parts and the region's short name, joined with <c>-</c>; its end behind a hash where it is long.</summary>
    public static string Of(IEnumerable<string> parts, string region)
    {
        var name = string.Join('-', parts.Append(Regions.ShortName(region)).Where(p => p.Length > 0)).Replace('_', '-').ToLowerInvariant();
        if (name.Length <= MaxLength)
            return name;
        var tail = name[^Kept..];
        return Names.Md5(name)[..8] + (tail[0] == '-' ? "" : "-") + tail;
    }

    /// <summary>
    /// The name of a bucket of our own. Where the project has a hash, that and the account make it one that nobody else has, nor the bucket
    /// that it follows when it moves to another account; without one it is what deployed buckets are called.
    /// </summary>
    public static string OfOwn(BuildContext build, IEnumerable<string> parts, string account, string region) =>
        Of(build.BucketHash.Length == 0 ? parts : [.. parts, account, build.BucketHash], region);

    /// <summary>A name that a bucket may have which is there: those of before 2018 were less strict.</summary>
    public static bool MayExist(string name) => Legacy().IsMatch(name);

    /// <summary>Why S3 would refuse a name, as what follows "it"; null where it takes it.</summary>
    public static string? Fault(string name)
    {
        if (name.Length is < 3 or > MaxLength)
            return $"has {name.Length} characters; S3 takes 3 to {MaxLength}";
        if (!Form().IsMatch(name))
            return "may hold small letters, digits, dots and - only, and begins and ends with a letter or digit";
        if (name.Contains("..", StringComparison.Ordinal))
            return "has two dots side by side";
        if (Address().IsMatch(name))
            return "looks like an IP address";
        return Taken.FirstOrDefault(t => name.StartsWith(t, StringComparison.Ordinal)) is { } begin ? $"begins with {begin}, which S3 keeps"
            : TakenEnds.FirstOrDefault(t => name.EndsWith(t, StringComparison.Ordinal)) is { } end ? $"ends in {end}, which S3 keeps"
            : null;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]*[a-z0-9]$")]
    private static partial Regex Form();

    [GeneratedRegex("^[A-Za-z0-9._-]{3,255}$")]
    private static partial Regex Legacy();

    [GeneratedRegex(@"^\d+\.\d+\.\d+\.\d+$")]
    private static partial Regex Address();
}
