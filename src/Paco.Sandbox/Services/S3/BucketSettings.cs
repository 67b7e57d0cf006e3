using System.Text.Json.Nodes;
using System.Xml.Linq;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.S3;

/// <summary>
/// Settings of a bucket as they are read: what it was given, else what every new bucket has since 2023 (S3 User Guide: encrypted with S3's
/// own keys, all public access blocked, no access control lists).
/// </summary>
internal static class BucketSettings
{
    private static readonly string[] Blocks = ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets"];

    public static WireResponse Encryption(LiveResource bucket)
    {
        var rule = bucket.Properties["BucketEncryption"]?["ServerSideEncryptionConfiguration"]?[0];
        var given = rule?["ServerSideEncryptionByDefault"];
        return S3Service.Xml(new(
            "ServerSideEncryptionConfiguration",
            new XElement(
                "Rule",
                new XElement(
                    "ApplyServerSideEncryptionByDefault",
                    new XElement("SSEAlgorithm", Text(given, "SSEAlgorithm") ?? "AES256"),
                    Text(given, "KMSMasterKeyID") is { } key ? new XElement("KMSMasterKeyID", key) : null),
                new XElement("BucketKeyEnabled", Text(rule, "BucketKeyEnabled") ?? "false"))));
    }

    public static WireResponse PublicAccessBlock(LiveResource bucket)
    {
        var given = bucket.Properties["PublicAccessBlockConfiguration"];
        return S3Service.Xml(new(
            "PublicAccessBlockConfiguration",
            Blocks.Select(block => new XElement(block, given is null ? "true" : Text(given, block) ?? "false"))));
    }

    public static WireResponse Ownership(LiveResource bucket) => S3Service.Xml(new(
        "OwnershipControls",
        new XElement("Rule", new XElement("ObjectOwnership",
            Text(bucket.Properties["OwnershipControls"]?["Rules"]?[0], "ObjectOwnership") ?? "BucketOwnerEnforced"))));

    private static string? Text(JsonNode? map, string name) => map?[name] is { } value ? Json.Scalar(value) : null;
}
