using System.Text;
using Paco.Sandbox.Services.S3;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudFormation;

/// <summary>TemplateURL: an object of the sandbox's own S3.</summary>
internal static class TemplateUrl
{
    private const int Limit = 1_048_576;

    public static string Read(Store store, string account, string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || !IsOfS3(uri))
        {
            throw AwsError.Validation("TemplateURL must be a supported URL.");
        }

        var (bucket, key) = S3Address.Of(uri.Authority, uri.AbsolutePath);
        var owner = store.FindBucket(bucket);
        if (owner is null)
        {
            throw AwsError.Validation(
                "S3 error: The specified bucket does not exist\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html");
        }

        if (owner.Account != account)
        {
            throw AwsError.Validation(
                "S3 error: Access Denied\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html");
        }

        var content = store.FindObject(bucket, key, null)?.Content
            ?? throw AwsError.Validation(
                "S3 error: The specified key does not exist.\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html");
        return content.Length <= Limit ? Encoding.UTF8.GetString(content)
            : throw AwsError.Validation($"Template may not exceed {Limit} bytes in size.");
    }

    /// <summary>An address of S3 over HTTPS, or of the sandbox's own port.</summary>
    private static bool IsOfS3(Uri uri) => uri.IsLoopback || uri.Host.EndsWith(".localhost", StringComparison.Ordinal)
        || (uri.Scheme == Uri.UriSchemeHttps
            && uri.Host.Split('.').Any(label => label == "s3" || label.StartsWith("s3-", StringComparison.Ordinal)));
}
