using System.Collections.Immutable;
using Paco.CloudFormation;

namespace Paco.Resources.Buckets;

/// <summary>Statements of bucket policies, and what comes of them.</summary>
internal static class BucketPolicy
{
    // What pins a statement to somebody, so that S3 does not call it public. Source: S3 User Guide, "The meaning of public".
    private static readonly string[] Pins =
    [
        "aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths", "aws:sourceaccount", "aws:sourcearn",
        "aws:sourceip", "aws:sourceorgid", "aws:sourceowner", "aws:sourcevpc", "aws:sourcevpce", "aws:userid", "s3:dataaccesspointaccount",
        "s3:dataaccesspointarn",
    ];

    public static MapValue Allow(MapValue principal, IEnumerable<string> actions, IEnumerable<Value> resources,
        MapValue? condition = null) => new()
    {
        ["Effect"] = "Allow",
        ["Principal"] = principal,
        ["Action"] = Value.OfMany(actions),
        ["Resource"] = Value.List(resources),
        ["Condition"] = condition,
    };

    public static MapValue Service(string service) => new() { ["Service"] = service };

    /// <summary>Nobody, the account's own people included, gets at the bucket without TLS.</summary>
    public static MapValue TlsOnly(string arn) => new()
    {
        ["Sid"] = "TlsOnly",
        ["Effect"] = "Deny",
        ["Principal"] = "*",
        ["Action"] = Value.List("s3:*"),
        ["Resource"] = Value.List(arn, $"{arn}/*"),
        ["Condition"] = new MapValue { ["Bool"] = new MapValue { ["aws:SecureTransport"] = "false" } },
    };

    /// <summary>True where some statement lets everybody in.</summary>
    public static bool IsPublic(ImmutableArray<MapValue> statements) =>
        statements.Any(s => s["Effect"] is TextValue { Text: "Allow" } && IsEverybody(s["Principal"])
            && !IsPinned(s["Condition"] as MapValue));

    private static bool IsEverybody(Value? principal) => principal switch
    {
        TextValue { Text: "*" } => true,
        ListValue list => list.Items.Any(IsEverybody),
        MapValue map => IsEverybody(map["AWS"]),
        _ => false,
    };

    private static bool IsPinned(MapValue? condition) =>
        condition is not null && condition.Any(test => IsPositive(test.Key) && test.Value is MapValue keys
            && keys.Any(key => Pins.Contains(key.Key.ToLowerInvariant()) && IsFixed(key.Value)));

    private static bool IsPositive(string test) =>
        test is "StringEquals" or "StringLike" or "StringEqualsIgnoreCase" or "ArnEquals" or "ArnLike" or "IpAddress";

    private static bool IsFixed(Value value) => value switch
    {
        TextValue text => text.Text.AsSpan().IndexOfAny("*?$") < 0 && text.Text is not ("0.0.0.0/0" or "::/0"),
        ListValue list => list.Items.All(IsFixed),
        _ => true,
    };
}
