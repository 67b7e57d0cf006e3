using System.Text;
using Paco.Sandbox.Services.S3;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudFormation;

/// <summary>TemplateURL: an object of the sandbox's own S3.</summary>
internal static class TemplateUrl
{
    private const int Limit = 1_048_576;

    public static string Read(Call call, string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri))
        {
            throw AwsError.Validation($"TemplateURL must be a supported URL: {url}");
        }

        var (bucket, key) = S3Address.Of(uri.Authority, uri.AbsolutePath);
        var owner = call.Store.FindBucket(bucket);
        if (owner is null)
        {
            throw AwsError.Validation(
                "S3 error: The specified bucket does not exist\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html");
        }

        if (owner.Account != call.Account)
        {
            throw AwsError.Validation(
                "S3 error: Access Denied\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html");
        }

        var content = call.Store.FindObject(bucket, key, null)?.Content
            ?? throw AwsError.Validation(
                "S3 error: The specified key does not exist.\nFor more information check http://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html");
        return content.Length <= Limit ? Encoding.UTF8.GetString(content)
            : throw AwsError.Validation($"Template may not exceed {Limit} bytes in size.");
    }
}
