using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Made;

/// <summary>
/// A KMS key: its policy names nobody who is not there and locks nobody out, and deleted it waits for days. Source: KMS API Reference,
/// CreateKey, PutKeyPolicy and ScheduleKeyDeletion; the words from aws-samples/siem-on-amazon-opensearch-service#32 and
/// trussworks/terraform-aws-cloudtrail#178.
/// </summary>
internal sealed class KeyHandler : CheckedHandler
{
    public override void Delete(Store store, LiveResource it, DateTimeOffset now) => Keys.Schedule(store, it, now, Keys.Window(it));

    protected override void Check(ResourceRequest m)
    {
        var isSymmetric = m.Text("KeySpec") is null or "SYMMETRIC_DEFAULT";
        if (m.Text("EnableKeyRotation")?.ToLowerInvariant() == "true" && (!isSymmetric || m.Text("Origin") == "EXTERNAL"))
        {
            throw Refused(m, "You cannot set the EnableKeyRotation property to true on asymmetric or external keys.");
        }

        var policy = m.Properties["KeyPolicy"];
        if (Principals.Unknown(m.Store, policy) is not null)
        {
            throw Refused(m, "Policy contains a statement with one or more invalid principals.");
        }

        if (policy is not null && m.Text("BypassPolicyLockoutSafetyCheck")?.ToLowerInvariant() != "true" && LocksOut(m, policy))
        {
            throw Refused(m, "The new key policy will not allow you to update the key policy in the future.");
        }
    }

    // KMS asks whether who sends the policy may put another one. Who that is the sandbox does not tell apart: anybody of the account will
    // do, whatever conditions name him by.
    private static bool LocksOut(ResourceRequest m, JsonNode policy)
    {
        var relaxed = new JsonObject { ["Statement"] = new JsonArray([.. Principals.Statements(policy).Select(WithoutCallers)]) };
        var ours = Principals.Statements(policy).SelectMany(s => Texts(s["Principal"]))
            .Where(p => p == m.Account || p.Split(':') is [_, _, "iam" or "sts", _, var account, _] && account == m.Account);
        var asks = new ServicePermission([.. ours], new Dictionary<string, string> { ["kms:CallerAccount"] = m.Account });
        return !asks.Allows(relaxed, "kms:PutKeyPolicy", "*");
    }

    private static JsonObject WithoutCallers(JsonObject statement)
    {
        var copy = statement.DeepClone().AsObject();
        foreach (var test in (copy["Condition"] as JsonObject ?? []).Select(t => t.Value).OfType<JsonObject>())
        {
            foreach (var key in test.Select(k => k.Key)
                .Where(k => k.StartsWith("aws:Principal", StringComparison.OrdinalIgnoreCase)).ToList())
            {
                test.Remove(key);
            }
        }

        return copy;
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        null => [],
        JsonArray many => many.SelectMany(Texts),
        JsonObject kinds => kinds.SelectMany(k => Texts(k.Value)),
        _ => [Json.Scalar(node)],
    };

    private static ResourceFailure Refused(ResourceRequest m, string message) => ServiceRefusal.Of(m, "Kms", message);
}

/// <summary>The keys of an account and region: those in use, and those that wait out their days.</summary>
internal static class Keys
{
    public const string Type = "AWS::KMS::Key";
    public const string AliasType = "AWS::KMS::Alias";

    /// <summary>A key that was deleted and is not gone: no stack and no other service finds it.</summary>
    public const string WaitingType = "AWS::KMS::WaitingKey";

    public const int LongestWait = 30;

    private const string Until = "(until)";

    public static string Arn(LiveResource key) => Arn(key.Account, key.Region, key.Physical);

    public static string Arn(string account, string region, string id) =>
        $"arn:{SandboxContext.Partition(region)}:kms:{region}:{account}:key/{id}";

    /// <summary>The days that a key says it waits; 30 where it says nothing.</summary>
    public static int Window(LiveResource key) =>
        int.TryParse(Json.Scalar(key.Properties["PendingWindowInDays"]), out var days) ? days : LongestWait;

    public static bool IsWaiting(LiveResource key) => key.Type == WaitingType;

    /// <summary>When a waiting key goes for good.</summary>
    public static DateTimeOffset GoesAt(LiveResource key) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(Json.Scalar(key.Attributes[Until])));

    /// <summary>A key by its id, while it is there at all.</summary>
    public static LiveResource? Find(Store store, string account, string region, string id, DateTimeOffset now) =>
        store.Find(account, region, Type, id)
        ?? (store.Find(account, region, WaitingType, id) is { } waiting && GoesAt(waiting) > now ? waiting : null);

    public static IEnumerable<LiveResource> All(Store store, string account, string region, DateTimeOffset now) =>
        store.OfType(account, region, Type).Concat(store.OfType(account, region, WaitingType).Where(k => GoesAt(k) > now));

    /// <summary>The answer is the key as it waits.</summary>
    public static LiveResource Schedule(Store store, LiveResource key, DateTimeOffset now, int days)
    {
        store.Remove(key.Account, key.Region, key.Type, key.Physical);
        var attributes = key.Attributes.DeepClone().AsObject();
        attributes[Until] = now.AddDays(days).ToUnixTimeMilliseconds();
        var waiting = key with { Type = WaitingType, Attributes = attributes };
        store.Insert(waiting);
        return waiting;
    }

    /// <summary>Brings a waiting key back, switched off.</summary>
    public static void Cancel(Store store, LiveResource waiting)
    {
        store.Remove(waiting.Account, waiting.Region, waiting.Type, waiting.Physical);
        var (properties, attributes) = (waiting.Properties.DeepClone().AsObject(), waiting.Attributes.DeepClone().AsObject());
        properties["Enabled"] = false;
        attributes.Remove(Until);
        store.Insert(waiting with { Type = Type, Properties = properties, Attributes = attributes });
    }
}

/// <summary>Another name of a key of the same account and region. Source: KMS API Reference, CreateAlias.</summary>
internal sealed class AliasHandler : CheckedHandler
{
    protected override void Check(ResourceRequest m)
    {
        var target = m.Text("TargetKeyId") ?? "";
        var id = target[(target.LastIndexOf('/') + 1)..];
        if (m.Text("AliasName")?.StartsWith("alias/aws/", StringComparison.OrdinalIgnoreCase) == true)
        {
            throw ServiceRefusal.Of(m, "Kms", "Alias must not begin with the prefix 'alias/aws'");
        }

        if (Keys.Find(m.Store, m.Account, m.Region, id, m.Now) is not { } key)
        {
            throw ServiceRefusal.Of(m, "Kms", $"Key '{Keys.Arn(m.Account, m.Region, id)}' does not exist");
        }

        if (Keys.IsWaiting(key))
        {
            throw ServiceRefusal.Of(m, "Kms", $"{Keys.Arn(key)} is pending deletion.");
        }
    }
}
