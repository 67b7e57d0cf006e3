using Paco.Syntax;

namespace Paco.Planning;

/// <summary>
/// What stacks of files below <c>resource/</c> are called, for those that left their file: buckets, trails, recorders. Their names say what
/// they are, and not whose.
/// </summary>
internal static class GlobalStackNames
{
    private const string Bucket = "S3-Resource-bucket-";

    private static readonly string[] BucketEnds = ["-policy-S3", "-S3"];

    /// <summary>The object a stack was made for, or the file it belongs to; null for a stack of another kind.</summary>
    public static ObjectPath? PathOf(string stackName) => stackName switch
    {
        _ when stackName.StartsWith("Resource-CloudTrail-", StringComparison.Ordinal) => new("resource.cloudtrail"),
        _ when stackName.StartsWith("Resource-Config-", StringComparison.Ordinal) => new("resource.config"),
        _ when stackName.StartsWith(Bucket, StringComparison.Ordinal)
            && BucketEnds.FirstOrDefault(e => stackName.EndsWith(e, StringComparison.Ordinal)) is { } end
            && stackName.Length > Bucket.Length + end.Length => new($"resource.s3.buckets.{stackName[Bucket.Length..^end.Length]}"),
        _ => null,
    };
}
