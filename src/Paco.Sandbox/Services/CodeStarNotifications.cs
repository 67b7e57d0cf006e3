using System.Text.Json;
using System.Text.Json.Nodes;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>CodeStar Notifications: the rules that stacks made, and whether what they tell could arrive. Nothing is sent.</summary>
internal sealed class CodeStarNotifications : IService
{
    public string Name => "codestar-notifications";

    /// <summary>REST: the operation is the path.</summary>
    public string Operation(WireRequest request) => (request.Method, request.Path) switch
    {
        ("POST", "/listNotificationRules") => "ListNotificationRules",
        ("POST", "/describeNotificationRule") => "DescribeNotificationRule",
        _ => $"{request.Method} {request.Path}",
    };

    public WireResponse Answer(Call call) => Answers.RestJson(call.RequestId, call.Operation switch
    {
        "ListNotificationRules" => List(call),
        "DescribeNotificationRule" => Describe(call, Find(call)),
        _ => throw AwsError.NotEmulated($"codestar-notifications:{call.Operation}"),
    });

    public WireResponse Refuse(WireRequest request, AwsError error, string requestId) => Answers.JsonError("1.1", error, requestId);

    private static JsonObject List(Call call) => new()
    {
        ["NotificationRules"] =
            new JsonArray([.. Rules(call).Select(r => (JsonNode)new JsonObject { ["Id"] = IdOf(r), ["Arn"] = r.Physical })]),
    };

    private static LiveResource Find(Call call)
    {
        var arn = Json.Scalar(Body(call)["Arn"]) is { Length: > 0 } given ? given
            : throw new AwsError("ValidationException", "Arn is required");
        return Rules(call).Find(r => r.Physical == arn)
            ?? throw new AwsError("ResourceNotFoundException", $"No notification rule has the ARN {arn}", 404);
    }

    private static JsonObject Describe(Call call, LiveResource rule)
    {
        var told = new JsonObject
        {
            ["Arn"] = rule.Physical,
            ["EventTypes"] = new JsonArray([.. (rule.Properties["EventTypeIds"] as JsonArray ?? []).Select(Json.Scalar).Select(EventType)]),
            ["Targets"] = new JsonArray([.. (rule.Properties["Targets"] as JsonArray ?? []).Select(t => Target(call, t))]),
            ["Status"] = rule.Properties["Status"]?.DeepClone() ?? "ENABLED",
            ["CreatedTimestamp"] = rule.Created.ToUnixTimeMilliseconds() / 1000.0,
            ["LastModifiedTimestamp"] = rule.Created.ToUnixTimeMilliseconds() / 1000.0,
        };
        foreach (var member in new[] { "Name", "Resource", "DetailType", "CreatedBy", "Tags" })
        {
            told[member] = rule.Properties[member]?.DeepClone();
        }

        return told;
    }

    // codepipeline-pipeline-pipeline-execution-failed
    private static JsonObject EventType(string id) => new JsonObject
    {
        ["EventTypeId"] = id,
        ["ServiceName"] = id.Split('-') is ["codepipeline", ..] ? "CodePipeline" : id.Split('-')[0],
        ["ResourceType"] = id.Split('-') is [_, var kind, ..] ? kind : "",
    };

    private static JsonObject Target(Call call, JsonNode? target)
    {
        var address = Json.Scalar(target?["TargetAddress"]);
        return new JsonObject
        {
            ["TargetAddress"] = address,
            ["TargetType"] = Json.Scalar(target?["TargetType"]),
            ["TargetStatus"] = NotificationRuleHandler.StatusOf(call.Store, address),
        };
    }

    private static List<LiveResource> Rules(Call call) => call.Store.OfType(call.Account, call.Region, NotificationRuleHandler.Type);

    private static string IdOf(LiveResource rule) => rule.Physical[(rule.Physical.LastIndexOf('/') + 1)..];

    private static JsonObject Body(Call call)
    {
        try
        {
            return Json.Read(call.Request.BodyText) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            throw new AwsError("SerializationException", "The body is not a JSON object");
        }
    }
}
