using System.Security.Cryptography;
using System.Text;

namespace Paco.Cli.Tests.Conformance;

internal static partial class Calls
{
    private static async Task S3(Caller aws)
    {
        const string Space = "xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";
        await aws.Rest("s3", "PUT", "/the-bucket", $"""
            <CreateBucketConfiguration {Space}><LocationConstraint>us-west-2</LocationConstraint></CreateBucketConfiguration>
            """);
        await aws.Rest("s3", "PUT", "/the-bucket");
        await aws.Rest("s3", "HEAD", "/the-bucket");
        await aws.Rest("s3", "HEAD", "/nobodys-bucket");
        await aws.Rest("s3", "GET", "/");
        await aws.Rest("s3", "GET", "/the-bucket?location");
        await Settings(aws, Space);
        await Objects(aws, Space);
        await aws.Rest("s3", "DELETE", "/the-bucket");
    }

    private static async Task Settings(Caller aws, string space)
    {
        await aws.Rest("s3", "GET", "/the-bucket?versioning");
        await aws.Rest("s3", "PUT", "/the-bucket?versioning",
            $"<VersioningConfiguration {space}><Status>Enabled</Status></VersioningConfiguration>");
        await aws.Rest("s3", "GET", "/the-bucket?versioning");
        await aws.Rest("s3", "PUT", "/the-bucket?publicAccessBlock", $"""
            <PublicAccessBlockConfiguration {space}><BlockPublicAcls>true</BlockPublicAcls></PublicAccessBlockConfiguration>
            """);
        await aws.Rest("s3", "PUT", "/the-bucket?encryption", $"""
            <ServerSideEncryptionConfiguration {space}><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm>
            </ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>
            """);
        await aws.Rest("s3", "PUT", "/the-bucket?ownershipControls", $"""
            <OwnershipControls {space}><Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule></OwnershipControls>
            """);
        foreach (var setting in new[] { "publicAccessBlock", "encryption", "ownershipControls" })
            await aws.Rest("s3", "GET", $"/the-bucket?{setting}");
        await aws.Rest("s3", "GET", "/the-bucket?policy");
        await aws.Rest("s3", "PUT", "/the-bucket?policy", """{"Version": "2012-10-17", "Statement": []}""");
        await aws.Rest("s3", "GET", "/the-bucket?policy");
    }

    private static async Task Objects(Caller aws, string space)
    {
        var sum = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes("one")));
        await aws.Rest("s3", "PUT", "/the-bucket/a/b%20c", "one",
            ("x-amz-sdk-checksum-algorithm", "SHA256"), ("x-amz-checksum-sha256", sum));
        await aws.Rest("s3", "PUT", "/the-bucket/a/b%20c", "two");
        await aws.Rest("s3", "HEAD", "/the-bucket/a/b%20c");
        await aws.Rest("s3", "GET", "/the-bucket/a/b%20c");
        await aws.Rest("s3", "GET", "/the-bucket/nothing");
        await aws.Rest("s3", "GET", "/the-bucket?list-type=2&prefix=a&max-keys=1");
        await aws.Rest("s3", "GET", "/the-bucket?list-type=2&prefix=a/&delimiter=/&encoding-type=url");
        await aws.Rest("s3", "DELETE", "/the-bucket/a/b%20c");
        await aws.Rest("s3", "GET", "/the-bucket?versions&max-keys=2");
        await aws.Rest("s3", "DELETE", "/the-bucket");
        var versions = System.Xml.Linq.XElement.Parse(await aws.Rest("s3", "GET", "/the-bucket?versions")).Descendants()
            .Where(e => e.Name.LocalName == "VersionId").Select(e => $"<Object><Key>a/b c</Key><VersionId>{e.Value}</VersionId></Object>");
        await aws.Rest("s3", "POST", "/the-bucket?delete", $"<Delete {space}>{string.Concat(versions)}</Delete>");
    }
}
