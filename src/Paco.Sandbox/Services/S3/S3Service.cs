using System.Xml.Linq;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.S3;

/// <summary>S3: buckets and objects, virtual-host and path style. Policies are kept and not evaluated: a bucket is its account's.</summary>
internal sealed class S3Service : IService
{
    public const string Space = "http://s3.amazonaws.com/doc/2006-03-01/";

    public string Name => "s3";

    /// <summary>REST: method, whether there is a key, and the sub-resource in the query.</summary>
    public string Operation(WireRequest request)
    {
        var (bucket, key) = S3Address.Of(request.Host, request.Path);
        var on = bucket.Length == 0 ? "service" : key.Length == 0 ? "bucket" : "object";
        return (request.Method, on, Resource(request)) switch
        {
            ("GET", "service", "") => "ListBuckets",
            ("PUT", "bucket", "") => "CreateBucket",
            ("HEAD", "bucket", "") => "HeadBucket",
            ("DELETE", "bucket", "") => "DeleteBucket",
            ("GET", "bucket", "list-type") => "ListObjectsV2",
            ("GET", "bucket", "versions") => "ListObjectVersions",
            ("GET", "bucket", "versioning") => "GetBucketVersioning",
            ("PUT", "bucket", "versioning") => "PutBucketVersioning",
            ("GET", "bucket", "location") => "GetBucketLocation",
            ("PUT", "bucket", "publicAccessBlock") => "PutPublicAccessBlock",
            ("GET", "bucket", "publicAccessBlock") => "GetPublicAccessBlock",
            ("PUT", "bucket", "encryption") => "PutBucketEncryption",
            ("GET", "bucket", "encryption") => "GetBucketEncryption",
            ("PUT", "bucket", "policy") => "PutBucketPolicy",
            ("GET", "bucket", "policy") => "GetBucketPolicy",
            ("PUT", "bucket", "ownershipControls") => "PutBucketOwnershipControls",
            ("GET", "bucket", "ownershipControls") => "GetBucketOwnershipControls",
            ("POST", "bucket", "delete") => "DeleteObjects",
            ("PUT", "object", "") when request.Header("x-amz-copy-source") is null => "PutObject",
            ("GET", "object", "" or "versionId") => "GetObject",
            ("HEAD", "object", "" or "versionId") => "HeadObject",
            ("DELETE", "object", "" or "versionId") => "DeleteObject",
            var (method, level, resource) => $"{method} on a {level}{(resource.Length > 0 ? $" ({resource})" : "")}",
        };
    }

    public WireResponse Answer(Call call)
    {
        var (bucket, key) = S3Address.Of(call.Request.Host, call.Request.Path);
        return (call.Operation switch
        {
            "ListBuckets" => BucketCalls.ListBuckets(call),
            "CreateBucket" => BucketCalls.Create(call, bucket),
            "HeadBucket" => Empty(200).With("x-amz-bucket-region", Bucket(call, bucket).Region),
            "DeleteBucket" => BucketCalls.Delete(call, Bucket(call, bucket)),
            "GetBucketLocation" => BucketCalls.Location(Bucket(call, bucket)),
            "GetBucketVersioning" => BucketCalls.GetVersioning(Bucket(call, bucket)),
            "PutBucketVersioning" or "PutPublicAccessBlock" or "PutBucketEncryption" or "PutBucketOwnershipControls" =>
                BucketCalls.Configure(call, Bucket(call, bucket)),
            "GetBucketEncryption" => BucketSettings.Encryption(Bucket(call, bucket)),
            "GetPublicAccessBlock" => BucketSettings.PublicAccessBlock(Bucket(call, bucket)),
            "GetBucketOwnershipControls" => BucketSettings.Ownership(Bucket(call, bucket)),
            "PutBucketPolicy" => BucketCalls.PutPolicy(call, Bucket(call, bucket)),
            "GetBucketPolicy" => BucketCalls.GetPolicy(call, Bucket(call, bucket)),
            "ListObjectsV2" => ObjectLists.Objects(call, Bucket(call, bucket)),
            "ListObjectVersions" => ObjectLists.Versions(call, Bucket(call, bucket)),
            "DeleteObjects" => ObjectCalls.DeleteMany(call, Bucket(call, bucket)),
            "PutObject" => ObjectCalls.Put(call, Bucket(call, bucket), key),
            "GetObject" or "HeadObject" => ObjectCalls.Get(call, Bucket(call, bucket), key),
            "DeleteObject" => ObjectCalls.Delete(call, Bucket(call, bucket), key),
            _ => throw AwsError.NotEmulated($"s3: {call.Operation}"),
        }).With("x-amz-request-id", call.RequestId);
    }

    /// <summary>An answer to HEAD has no body: the SDKs read the status.</summary>
    public WireResponse Refuse(WireRequest request, AwsError error, string requestId) => request.Method == "HEAD"
        ? Empty(error.Status).With("x-amz-request-id", requestId)
        : Answers.S3Error(error, requestId, request.Path);

    public static WireResponse Empty(int status) => new(status, "application/xml", []);

    public static WireResponse Xml(XElement root) => Answers.Xml(200, Space, root);

    /// <summary>The bucket, if it is the caller's, in this region, and whose the caller expects.</summary>
    private static LiveResource Bucket(Call call, string name)
    {
        var bucket = call.Store.FindBucket(name) ?? throw new AwsError("NoSuchBucket", "The specified bucket does not exist", 404);
        var expected = call.Request.Header("x-amz-expected-bucket-owner");
        return bucket.Account != call.Account || (expected is not null && expected != bucket.Account)
            ? throw new AwsError("AccessDenied", "Access Denied", 403)
            : bucket.Region != call.Region
                ? throw new AwsError("AuthorizationHeaderMalformed",
                $"The authorization header is malformed; the region '{call.Region}' is wrong; expecting '{bucket.Region}'", 400)
            : bucket;
    }

    /// <summary>The sub-resource a query names; what only tunes a request is none.</summary>
    private static string Resource(WireRequest request)
    {
        foreach (var (key, _) in request.QueryItems)
        {
            if (key is "list-type" or "versions" or "versioning" or "location" or "publicAccessBlock" or "encryption" or "policy"
                or "ownershipControls" or "delete")
            {
                return key;
            }
        }

        return request.QueryItems.Select(i => i.Key).FirstOrDefault(k => !IsTuning(k)) ?? "";
    }

    private static bool IsTuning(string key) =>
        key is "x-id" or "prefix" or "max-keys" or "encoding-type" or "fetch-owner" or "continuation-token" or "start-after"
        or "key-marker" or "version-id-marker" or "delimiter" or "max-buckets"
            || key.StartsWith("X-Amz-", StringComparison.OrdinalIgnoreCase);
}
