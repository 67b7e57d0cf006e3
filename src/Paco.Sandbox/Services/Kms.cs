using System.Text.Json.Nodes;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>KMS: the keys that stacks made, and those that wait to be deleted. Nothing is encrypted.</summary>
internal sealed class Kms() : JsonService("kms")
{
    private const int ShortestWait = 7;

    protected override JsonNode? Do(Call call, JsonObject body) => call.Operation switch
    {
        "ListKeys" => ListKeys(call, body),
        "DescribeKey" => new JsonObject { ["KeyMetadata"] = Describe(Find(call, body)) },
        "GetKeyPolicy" => new JsonObject { ["Policy"] = Policy(Find(call, body)).ToText(), ["PolicyName"] = "default" },
        "ListKeyPolicies" => ListPolicies(call, body),
        "ListAliases" => ListAliases(call, body),
        "GetKeyRotationStatus" => Rotation(Usable(Find(call, body))),
        "ScheduleKeyDeletion" => Schedule(call, body),
        "CancelKeyDeletion" => Cancel(call, body),
        _ => throw AwsError.NotEmulated($"kms:{call.Operation}"),
    };

    private static JsonObject ListKeys(Call call, JsonObject body)
    {
        var (page, next) = Marked([.. Keys.All(call.Store, call.Account, call.Region, call.Now)], body, 100);
        return Listed("Keys", page.Select(k => (JsonNode)new JsonObject { ["KeyId"] = k.Physical, ["KeyArn"] = Keys.Arn(k) }), next);
    }

    // A key has one policy, of this name, as long as it is there.
    private static JsonObject ListPolicies(Call call, JsonObject body)
    {
        Find(call, body);
        return Listed("PolicyNames", ["default"]);
    }

    private static JsonObject ListAliases(Call call, JsonObject body)
    {
        var only = body["KeyId"] is null ? null : Find(call, body).Physical;
        var all = call.Store.OfType(call.Account, call.Region, Keys.AliasType).Where(a => only is null || TargetOf(a) == only).ToList();
        var (page, next) = Marked(all, body, 50);
        return Listed("Aliases", page.Select(a => (JsonNode)new JsonObject
        {
            ["AliasName"] = a.Physical,
            ["AliasArn"] = AliasArn(call, a.Physical),
            ["TargetKeyId"] = TargetOf(a),
            ["CreationDate"] = Seconds(a.Created),
            ["LastUpdatedDate"] = Seconds(a.Created),
        }), next);
    }

    private static JsonObject Rotation(LiveResource key)
    {
        var rotates = Is(key, "EnableKeyRotation");
        return new()
        {
            ["KeyRotationEnabled"] = rotates,
            ["KeyId"] = Keys.Arn(key),
            ["RotationPeriodInDays"] = !rotates ? null
                : int.TryParse(Json.Scalar(key.Properties["RotationPeriodInDays"]), out var days) ? days : 365,
        };
    }

    private static JsonObject Schedule(Call call, JsonObject body)
    {
        var key = Usable(Find(call, body));
        var days = body["PendingWindowInDays"] is JsonValue asked && asked.TryGetValue<int>(out var number) ? number : Keys.LongestWait;
        if (days is < ShortestWait or > Keys.LongestWait)
        {
            throw new AwsError("ValidationException", "PendingWindowInDays must be between 7 and 30 (inclusive)");
        }

        var waiting = Keys.Schedule(call.Store, key, call.Now, days);
        return new()
        {
            ["KeyId"] = Keys.Arn(waiting),
            ["DeletionDate"] = Seconds(Keys.GoesAt(waiting)),
            ["KeyState"] = "PendingDeletion",
            ["PendingWindowInDays"] = days,
        };
    }

    private static JsonObject Cancel(Call call, JsonObject body)
    {
        var key = Find(call, body);
        if (!Keys.IsWaiting(key))
        {
            throw new AwsError("KMSInvalidStateException", $"{Keys.Arn(key)} is not pending deletion.");
        }

        Keys.Cancel(call.Store, key);
        return new() { ["KeyId"] = Keys.Arn(key) };
    }

    private static LiveResource Usable(LiveResource key) => !Keys.IsWaiting(key) ? key
        : throw new AwsError("KMSInvalidStateException", $"{Keys.Arn(key)} is pending deletion.");

    // An id, an ARN, or either form of an alias.
    private static LiveResource Find(Call call, JsonObject body)
    {
        var given = Required(body, "KeyId");
        var name = given.StartsWith("arn:", StringComparison.Ordinal) ? given[(given.LastIndexOf(':') + 1)..] : given;
        if (name.StartsWith("alias/", StringComparison.Ordinal))
        {
            var alias = call.Store.Find(call.Account, call.Region, Keys.AliasType, name)
                ?? throw new AwsError("NotFoundException", $"Alias {AliasArn(call, name)} is not found.");
            name = TargetOf(alias);
        }

        var id = name[(name.LastIndexOf('/') + 1)..];
        return Keys.Find(call.Store, call.Account, call.Region, id, call.Now)
            ?? throw new AwsError("NotFoundException", $"Key '{Keys.Arn(call.Account, call.Region, id)}' does not exist");
    }

    private static string TargetOf(LiveResource alias)
    {
        var target = Json.Scalar(alias.Properties["TargetKeyId"]);
        return target[(target.LastIndexOf('/') + 1)..];
    }

    private static string AliasArn(Call call, string name) =>
        $"arn:{SandboxContext.Partition(call.Region)}:kms:{call.Region}:{call.Account}:{name}";

    private static JsonObject Describe(LiveResource key)
    {
        var spec = Text(key, "KeySpec") ?? "SYMMETRIC_DEFAULT";
        var usage = Text(key, "KeyUsage") ?? "ENCRYPT_DECRYPT";
        var isWaiting = Keys.IsWaiting(key);
        var isEnabled = !isWaiting && Text(key, "Enabled")?.ToLowerInvariant() != "false";
        return new()
        {
            ["AWSAccountId"] = key.Account,
            ["KeyId"] = key.Physical,
            ["Arn"] = Keys.Arn(key),
            ["CreationDate"] = Seconds(key.Created),
            ["Enabled"] = isEnabled,
            ["Description"] = Text(key, "Description") ?? "",
            ["KeyUsage"] = usage,
            ["KeyState"] = isWaiting ? "PendingDeletion" : isEnabled ? "Enabled" : "Disabled",
            ["DeletionDate"] = isWaiting ? Seconds(Keys.GoesAt(key)) : null,
            ["Origin"] = Text(key, "Origin") ?? "AWS_KMS",
            ["KeyManager"] = "CUSTOMER",
            ["KeySpec"] = spec,
            ["CustomerMasterKeySpec"] = spec,
            ["EncryptionAlgorithms"] = spec == "SYMMETRIC_DEFAULT" ? new JsonArray("SYMMETRIC_DEFAULT") : null,
            ["MultiRegion"] = Is(key, "MultiRegion"),
        };
    }

    private static JsonObject Policy(LiveResource key) => EventPatterns.Read(key.Properties["KeyPolicy"])?.DeepClone().AsObject() ?? new()
    {
        ["Version"] = "2012-10-17",
        ["Id"] = "key-default-1",
        ["Statement"] = new JsonArray(new JsonObject
        {
            ["Sid"] = "Enable IAM User Permissions",
            ["Effect"] = "Allow",
            ["Principal"] = new JsonObject { ["AWS"] = $"arn:{SandboxContext.Partition(key.Region)}:iam::{key.Account}:root" },
            ["Action"] = "kms:*",
            ["Resource"] = "*",
        }),
    };

    private static bool Is(LiveResource key, string property) => Text(key, property)?.ToLowerInvariant() == "true";

    private static string? Text(LiveResource key, string property) => key.Properties[property] is { } value ? Json.Scalar(value) : null;

    // KMS calls its tokens markers, and says whether there is one.
    private static (List<LiveResource> Page, string? Next) Marked(List<LiveResource> all, JsonObject body, int most)
    {
        if (body["Marker"]?.ToString() is { Length: > 0 } marker && !int.TryParse(marker, out _))
        {
            throw new AwsError("InvalidMarkerException", "The marker is not one of ours");
        }

        return Page(all, new() { ["Limit"] = body["Limit"]?.DeepClone(), ["NextToken"] = body["Marker"]?.DeepClone() }, "Limit", most);
    }

    private static JsonObject Listed(string member, IEnumerable<JsonNode> items, string? next = null) =>
        new() { [member] = new JsonArray([.. items]), ["NextMarker"] = next, ["Truncated"] = next is not null };
}
