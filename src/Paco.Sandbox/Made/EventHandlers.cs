using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Made;

/// <summary>
/// A rule of EventBridge: its pattern is one, its targets are within reach, and their roles can be taken on. Source: EventBridge API
/// Reference, PutRule and PutTargets; EventBridge User Guide, "Sending and receiving events between accounts" and "cross-account targets"
/// (queues, topics, functions, streams, APIs and buses: no pipelines).
/// </summary>
internal sealed class RuleHandler : CheckedHandler
{
    public const string Type = "AWS::Events::Rule";

    private const string Service = "EventBridge";

    // What takes events from other accounts by itself.
    private static readonly string[] Reachable = ["events", "sqs", "sns", "lambda", "kinesis", "execute-api"];

    // What is only reached by a role, wherever it is.
    private static readonly string[] ByRole = ["codepipeline", "codebuild", "states", "ecs", "kinesis", "firehose", "batch", "ssm"];

    protected override void Check(ResourceRequest m)
    {
        var pattern = m.Properties["EventPattern"];
        if (pattern is null && m.Text("ScheduleExpression") is null)
        {
            throw ServiceRefusal.Of(m, Service, "Parameter(s) EventPattern or ScheduleExpression must be specified.");
        }

        if (pattern is not null && EventPatterns.Mistake(pattern) is { } reason)
        {
            throw ServiceRefusal.Of(m, Service, $"Event pattern is not valid. Reason: {reason}");
        }

        Buses.MustExist(m, m.Text("EventBusName"));
        foreach (var target in (m.Properties["Targets"] as JsonArray ?? []).OfType<JsonObject>())
        {
            CheckTarget(m, Json.Scalar(target["Arn"]), Json.Scalar(target["RoleArn"]));
        }
    }

    private static void CheckTarget(ResourceRequest m, string arn, string role)
    {
        var (service, account) = arn.Split(':') is [_, _, var s, _, var a, ..] ? (s, a) : ("", "");
        var isForeign = account.Length > 0 && account != m.Account;
        if (isForeign && !Reachable.Contains(service))
        {
            throw ServiceRefusal.Of(m, Service,
                $"Access to the resource {arn} is denied. Reason: Adding cross-account target is not permitted.");
        }

        if (role.Length == 0 && (isForeign || ByRole.Contains(service)))
        {
            throw ServiceRefusal.Of(m, Service, $"RoleArn is required for target {arn}.");
        }

        var rule = $"arn:{m.Partition}:events:{m.Region}:{m.Account}:rule/{Names.Of(m)}";
        if (role.Length > 0
            && (Roles.Find(m.Store, role)?.Account != m.Account || !Roles.Trusts(m.Store, role, "events.amazonaws.com", rule, m.Account)))
        {
            throw ServiceRefusal.Of(m, Service, $"Provided role '{role}' cannot be assumed by principal 'events.amazonaws.com'");
        }
    }
}

/// <summary>A statement of the policy of a bus. Source: EventBridge API Reference, PutPermission.</summary>
internal sealed class BusPolicyHandler : CheckedHandler
{
    protected override void Check(ResourceRequest m)
    {
        Buses.MustExist(m, m.Text("EventBusName"));
        if (m.Text("Principal") is { } principal && principal != "*" && !(principal.Length == 12 && principal.All(char.IsAsciiDigit)))
        {
            throw ServiceRefusal.Of(m, "EventBridge", "Provided value in parameter 'principal' is not valid.");
        }
    }
}

/// <summary>The buses of an account and region: one is always there.</summary>
internal static class Buses
{
    public const string Default = "default";
    public const string Type = "AWS::Events::EventBus";
    public const string PolicyType = "AWS::Events::EventBusPolicy";

    /// <summary>The bus that a rule or a statement is of.</summary>
    public static string NameOf(LiveResource it) =>
        Json.Scalar(it.Properties["EventBusName"]) is { Length: > 0 } given ? given[(given.LastIndexOf('/') + 1)..] : Default;

    public static string Arn(string account, string region, string name) =>
        $"arn:{SandboxContext.Partition(region)}:events:{region}:{account}:event-bus/{name}";

    public static bool Exists(Store store, string account, string region, string name) =>
        name == Default || store.Find(account, region, Type, name) is not null;

    public static void MustExist(ResourceRequest m, string? given)
    {
        var name = given is null ? Default : given[(given.LastIndexOf('/') + 1)..];
        if (!Exists(m.Store, m.Account, m.Region, name))
        {
            throw ServiceRefusal.Of(m, "EventBridge", $"Event bus {name} does not exist.");
        }
    }

    /// <summary>The policy of a bus as EventBridge tells it; null where nobody has said anything.</summary>
    public static JsonObject? Policy(Store store, string account, string region, string name)
    {
        var statements = store.OfType(account, region, PolicyType).Where(p => NameOf(p) == name)
            .Select(p => (JsonNode)Statement(p, Arn(account, region, name))).ToArray();
        return statements.Length == 0 ? null : new() { ["Version"] = "2012-10-17", ["Statement"] = new JsonArray(statements) };
    }

    private static JsonObject Statement(LiveResource it, string bus)
    {
        var sid = Json.Scalar(it.Properties["StatementId"]);
        if (it.Properties["Statement"] is JsonObject whole)
        {
            var copy = whole.DeepClone().AsObject();
            copy["Sid"] = sid;
            return copy;
        }

        var principal = Json.Scalar(it.Properties["Principal"]);
        var root = $"arn:{SandboxContext.Partition(it.Region)}:iam::{principal}:root";
        var told = new JsonObject
        {
            ["Sid"] = sid,
            ["Effect"] = "Allow",
            ["Principal"] = principal == "*" ? "*" : new JsonObject { ["AWS"] = root },
            ["Action"] = Json.Scalar(it.Properties["Action"]) is { Length: > 0 } action ? action : "events:PutEvents",
            ["Resource"] = bus,
        };
        if (it.Properties["Condition"] is JsonObject condition)
        {
            told["Condition"] = new JsonObject
            {
                [Json.Scalar(condition["Type"])] = new JsonObject { [Json.Scalar(condition["Key"])] = condition["Value"]?.DeepClone() },
            };
        }

        return told;
    }
}
