using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Paco.Aws.Signing;
using Paco.Aws.Wire;
using Paco.Clouds;

namespace Paco.Aws.Services;

/// <summary>
/// S3 over REST-XML. Every call but CreateBucket (which has no such member) names the owner the bucket must have, so that a
/// name somebody else holds is refused. Source: Amazon S3 API Reference, 2006-03-01.
/// </summary>
internal sealed class S3Client(ServiceCaller caller, Endpoints endpoints, Func<string?> accountId) : IS3
{
    private static readonly XNamespace Ns = "http://s3.amazonaws.com/doc/2006-03-01/";

    public async Task<bool> BucketExists(string bucket, CancellationToken cancel)
    {
        try
        {
            await Send(new S3Call("HeadBucket", HttpMethod.Head, bucket), cancel);
            return true;
        }
        catch (CloudException e) when (e.Kind is CloudErrorKind.NotFound or CloudErrorKind.AccessDenied)
        {
            // Denied also means: it is not ours. Whoever creates it then gets S3's own words.
            return false;
        }
    }

    public async Task CreateBucket(string bucket, CancellationToken cancel)
    {
        try
        {
            await Send(new S3Call("CreateBucket", HttpMethod.Put, bucket) { Body = Location(), Headers = Creation(bucket) }, cancel);
        }
        catch (CloudException e) when (e.Code == "BucketAlreadyOwnedByYou")
        {
            // An earlier run was stopped in between: go on and secure it.
        }

        foreach (var (operation, query, body) in Settings(bucket))
        {
            await Send(new S3Call(operation, HttpMethod.Put, bucket) { Query = [new(query, "")], Body = body }, cancel);
        }
    }

    public Task PutObject(string bucket, string key, ReadOnlyMemory<byte> content, CancellationToken cancel) =>
        Send(new S3Call("PutObject", HttpMethod.Put,
            bucket) { Path = KeyPath(key), Body = content, ContentType = "application/octet-stream" }, Stored, cancel);

    public async Task<byte[]?> GetObject(string bucket, string key, CancellationToken cancel)
    {
        try
        {
            var response = await Send(new S3Call("GetObject", HttpMethod.Get, bucket) { Path = KeyPath(key) }, cancel);
            return response.Body;
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.NotFound)
        {
            return null;
        }
    }

    public Task<bool> IsEmpty(string bucket, CancellationToken cancel) => new S3Emptying(this, caller).IsEmpty(bucket, cancel);

    public Task EmptyBucket(string bucket, CancellationToken cancel) => new S3Emptying(this, caller).Empty(bucket, cancel);

    public Task DeleteBucket(string bucket, CancellationToken cancel) =>
        Send(new S3Call("DeleteBucket", HttpMethod.Delete, bucket), cancel);

    public string ObjectUrl(string bucket, string key) => endpoints.Address(AwsService.S3, caller.Region, bucket) + KeyPath(key);

    internal Task<WireResponse> Send(S3Call call, CancellationToken cancel) => Send(call, (_, _) => { }, cancel);

    private async Task<WireResponse> Send(S3Call call, Action<S3Call, WireResponse> prove, CancellationToken cancel)
    {
        try
        {
            return await caller.Answer(
                Request(call),
                response =>
                {
                    prove(call, OfS3(response));
                    return response;
                },
                cancel);
        }
        catch (CloudException e) when (e.Code is "Http301" or "PermanentRedirect" or "AuthorizationHeaderMalformed"
            or "IllegalLocationConstraintException")
        {
            var words = $"The bucket {call.Bucket} is in another region than {caller.Region}: {e.Message}";
            throw new CloudException(CloudErrorKind.Refused, e.Code, words, e.Operation, e);
        }
    }

    internal WireRequest Request(S3Call call) => new()
    {
        Service = AwsService.S3,
        Operation = call.Operation,
        Method = call.Method,
        Bucket = call.Bucket,
        Path = call.Path,
        Query = call.Query,
        Headers = call.Operation != "CreateBucket" && accountId() is { } id
            ? call.Headers.Add(new("x-amz-expected-bucket-owner", id))
            : call.Headers,
        Body = call.Body,
        ContentType = call.Body.Length > 0 ? call.ContentType : null,
        Repeatable = true,
    };

    /// <summary>S3 marks all it says; without its marks a page of a proxy would pass for an object, or for a success.</summary>
    private static WireResponse OfS3(WireResponse response) => response.AmzHeaders.Count > 0 || !ForeignAnswer.IsPage(response.Body)
        ? response
        : throw new FormatException("it lacks S3's marks");

    /// <summary>What S3 says it stored must be what was sent: by SHA-256, or where a cloud does not tell that by MD5.</summary>
    private static void Stored(S3Call call, WireResponse response)
    {
#pragma warning disable CA5351 // S3's tag is the content's MD5: it finds damage, and nobody relies on it against an attacker.
        var (said, sent) = response.AmzHeaders.TryGetValue("x-amz-checksum-sha256", out var sum)
            ? (sum, Convert.ToBase64String(SHA256.HashData(call.Body.Span)))
            : (response.ETag?.Trim('"'), Convert.ToHexStringLower(MD5.HashData(call.Body.Span)));
#pragma warning restore CA5351
        if (said != sent)
            throw new FormatException(said is null ? "it does not say what was stored" : "what was stored is not what was sent");
    }

    internal static string KeyPath(string key) => "/" + string.Join('/', key.Split('/').Select(Uri.EscapeDataString));

    private static ReadOnlyMemory<byte> Xml(XElement root) => Encoding.UTF8.GetBytes(root.ToString(SaveOptions.DisableFormatting));

    /// <summary>us-east-1 is the region S3 refuses to hear the name of.</summary>
    private ReadOnlyMemory<byte> Location() => caller.Region == "us-east-1"
        ? default
        : Xml(new XElement(Ns + "CreateBucketConfiguration", new XElement(Ns + "LocationConstraint", caller.Region)));

    private ImmutableArray<Pair> Creation(string bucket)
    {
        Pair owner = new("x-amz-object-ownership", "BucketOwnerEnforced");
        var regional = accountId() is { } id && bucket.EndsWith($"-{id}-{caller.Region}-an", StringComparison.Ordinal);
        return regional ? [owner, new("x-amz-bucket-namespace", "account-regional")] : [owner];
    }

    private IEnumerable<(string Operation, string Query, ReadOnlyMemory<byte> Body)> Settings(string bucket)
    {
        static XElement Of(string name, params object[] content) => new(Ns + name, content);

        yield return ("PutPublicAccessBlock", "publicAccessBlock", Xml(Of(
            "PublicAccessBlockConfiguration",
            Of("BlockPublicAcls", "true"),
            Of("IgnorePublicAcls", "true"),
            Of("BlockPublicPolicy", "true"),
            Of("RestrictPublicBuckets", "true"))));
        yield return ("PutBucketOwnershipControls", "ownershipControls", Xml(Of(
            "OwnershipControls",
            Of("Rule", Of("ObjectOwnership", "BucketOwnerEnforced")))));
        yield return ("PutBucketEncryption", "encryption", Xml(Of(
            "ServerSideEncryptionConfiguration",
            Of("Rule", Of("ApplyServerSideEncryptionByDefault", Of("SSEAlgorithm", "AES256"))))));
        yield return ("PutBucketVersioning", "versioning", Xml(Of("VersioningConfiguration", Of("Status", "Enabled"))));
        if (endpoints.Custom(AwsService.S3)?.Scheme == "http")
        {
            // Whoever is reached over plain HTTP would have to refuse us our own bucket.
            yield break;
        }

        yield return ("PutBucketPolicy", "policy", Encoding.UTF8.GetBytes(TlsOnly(bucket).ToJsonString()));
    }

    private JsonObject TlsOnly(string bucket)
    {
        var arn = $"arn:{Partition.Of(caller.Region).Name}:s3:::{bucket}";
        var statement = new JsonObject
        {
            ["Sid"] = "TlsOnly",
            ["Effect"] = "Deny",
            ["Principal"] = "*",
            ["Action"] = "s3:*",
            ["Resource"] = new JsonArray(arn, $"{arn}/*"),
            ["Condition"] = new JsonObject { ["Bool"] = new JsonObject { ["aws:SecureTransport"] = "false" } },
        };
        return new JsonObject { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray(statement) };
    }
}
