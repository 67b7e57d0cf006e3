using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.S3;

/// <summary>Buckets: their life and their settings, which are the properties a stack would write.</summary>
internal static partial class BucketCalls
{
    private const string Type = "AWS::S3::Bucket";
    private const string PolicyType = "AWS::S3::BucketPolicy";

    public static WireResponse ListBuckets(Call call)
    {
        var buckets = call.Store.Rows("SELECT physical, created FROM resources WHERE type = $1 AND account = $2 ORDER BY physical",
            r => (Name: r.GetString(0), Created: DateTimeOffset.FromUnixTimeMilliseconds(r.GetInt64(1))), Type, call.Account);
        return S3Service.Xml(new(
            "ListAllMyBucketsResult",
            new XElement("Owner", new XElement("ID", new DeterministicIds(call.Account).Hex(64))),
            new XElement("Buckets",
                buckets.Select(b => new XElement("Bucket", new XElement("Name", b.Name), new XElement("CreationDate", b.Created.Iso()))))));
    }

    public static WireResponse Create(Call call, string name)
    {
        if (!Names().IsMatch(name) || name.Contains("..", StringComparison.Ordinal))
        {
            throw new AwsError("InvalidBucketName", "The specified bucket is not valid.");
        }

        CheckNamespace(call, name);
        var place = call.Request.Body.Length == 0 ? null
            : Parse(call.Request).Descendants().FirstOrDefault(e => e.Name.LocalName == "LocationConstraint")?.Value;
        if ((place ?? "us-east-1") != call.Region)
        {
            throw new AwsError("IllegalLocationConstraintException",
                $"The {place ?? "unspecified"} location constraint is incompatible for the region specific endpoint this request was sent to.");
        }

        if (call.Store.FindBucket(name) is { } taken)
        {
            throw taken.Account == call.Account
                ? new AwsError("BucketAlreadyOwnedByYou",
                    "Your previous request to create the named bucket succeeded and you already own it.", 409)
                : new AwsError("BucketAlreadyExists",
                    "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.", 409);
        }

        ResourceHandler.Of(Type).Create(ResourceRequest.ForApi(call, Type, new JsonObject { ["BucketName"] = name }, name));
        return S3Service.Empty(200).With("Location", $"/{name}");
    }

    public static WireResponse Delete(Call call, LiveResource bucket)
    {
        if (call.Store.Number("SELECT count(*) FROM objects WHERE bucket = $1", bucket.Physical) > 0)
        {
            throw new AwsError("BucketNotEmpty", "The bucket you tried to delete is not empty. You must delete all versions in the bucket.",
                409);
        }

        call.Store.Remove(bucket.Account, bucket.Region, Type, bucket.Physical);
        call.Store.Remove(bucket.Account, bucket.Region, PolicyType, bucket.Physical);
        return S3Service.Empty(204);
    }

    public static WireResponse Location(LiveResource bucket) =>
        S3Service.Xml(new("LocationConstraint", bucket.Region == "us-east-1" ? null : bucket.Region));

    public static WireResponse GetVersioning(LiveResource bucket) =>
        S3Service.Xml(new("VersioningConfiguration", Versioning(bucket) is { } status ? new XElement("Status", status) : null));

    /// <summary>Enabled, Suspended, or null where it never was on.</summary>
    public static string? Versioning(LiveResource bucket) => bucket.Properties["VersioningConfiguration"]?["Status"]?.ToString();

    public static WireResponse Configure(Call call, LiveResource bucket)
    {
        var root = Parse(call.Request);
        var (property, value) = call.Operation switch
        {
            "PutBucketVersioning" => ("VersioningConfiguration", Map(root, "Status")),
            "PutPublicAccessBlock" =>
                ("PublicAccessBlockConfiguration",
                Map(root, "BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")),
            "PutBucketEncryption" => ("BucketEncryption", new JsonObject
            {
                ["ServerSideEncryptionConfiguration"] =
                    new JsonArray(new JsonObject { ["ServerSideEncryptionByDefault"] = Map(root, "SSEAlgorithm", "KMSMasterKeyID") }),
            }),
            _ => ("OwnershipControls", new JsonObject { ["Rules"] = new JsonArray(Map(root, "ObjectOwnership")) }),
        };
        bucket.Properties[property] = value;
        call.Store.Insert(bucket);
        return S3Service.Empty(200);
    }

    public static WireResponse PutPolicy(Call call, LiveResource bucket)
    {
        JsonNode? policy;
        try
        {
            policy = Json.Read(call.Request.BodyText);
        }
        catch (System.Text.Json.JsonException)
        {
            throw new AwsError("MalformedPolicy", "Policies must be valid JSON and the first byte must be '{'");
        }

        var properties = new JsonObject { ["Bucket"] = bucket.Physical, ["PolicyDocument"] = policy };
        call.Store.Insert(new(bucket.Account, bucket.Region, PolicyType, bucket.Physical, null, null, null, null, call.Now, properties,
            []));
        return S3Service.Empty(204);
    }

    public static WireResponse GetPolicy(Call call, LiveResource bucket)
    {
        var policy = call.Store.Find(bucket.Account, bucket.Region, PolicyType, bucket.Physical)?.Properties["PolicyDocument"]
            ?? throw new AwsError("NoSuchBucketPolicy", "The bucket policy does not exist", 404);
        return WireResponse.Text(200, "application/json", policy is JsonValue ? policy.ToString() : policy.ToText());
    }

    /// <summary>Reads the body as XML; decoded where it came in chunks.</summary>
    public static XElement Parse(WireRequest request)
    {
        try
        {
            return XElement.Parse(System.Text.Encoding.UTF8.GetString(ChunkedBody.Decode(request)));
        }
        catch (XmlException)
        {
            throw new AwsError("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema");
        }
    }

    /// <summary>Names of the account-regional namespace (<c>…-account-region-an</c>) belong to that account and region.</summary>
    private static void CheckNamespace(Call call, string name)
    {
        var wanted = call.Request.Header("x-amz-bucket-namespace") == "account-regional";
        var own = name.EndsWith($"-{call.Account}-{call.Region}-an", StringComparison.Ordinal);
        if (wanted ? !own : AccountRegional().IsMatch(name))
        {
            throw new AwsError("InvalidBucketName",
                "The bucket name and its namespace do not belong together: account-regional names end with -account-region-an.");
        }
    }

    private static JsonObject Map(XElement root, params string[] names) => new(
        names.Select(name => (name, Element: root.Descendants().FirstOrDefault(e => e.Name.LocalName == name)))
            .Where(p => p.Element is not null)
                .Select(p => KeyValuePair.Create<string,
                JsonNode?>(p.name, p.Element!.Value is "true" or "false" ? p.Element.Value == "true" : p.Element.Value)));

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$")]
    private static partial Regex Names();

    [GeneratedRegex(@"-\d{12}-[a-z0-9-]+-an$")]
    private static partial Regex AccountRegional();
}
