using Paco.Diagnostics;

namespace Paco.Resources.Buckets;

/// <summary>Mistakes about buckets.</summary>
internal static class BucketCodes
{
    public static readonly DiagnosticCode BadName = new("PACO3080", Severity.Error, "a bucket name that S3 refuses",
        "The name of a bucket is made of the names of the objects it stands in and of its `bucket_name`, in small letters. S3 takes 3 to 63 letters, digits, dots and `-`, and keeps some beginnings and ends for itself.");

    public static readonly DiagnosticCode NoPlace = new("PACO3081", Severity.Error, "a bucket without a place",
        "A bucket below `resource/` stands in no environment, so it says itself which `account` and `region` it is in.");

    public static readonly DiagnosticCode WrongRegion = new("PACO3082", Severity.Error, "a bucket in another region",
        "A load balancer writes its access logs to a bucket of its own region only. The account may be another.");

    public static IEnumerable<DiagnosticCode> All => [BadName, NoPlace, WrongRegion];
}
