using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>CloudTrail, for those who look at the trails that stacks made. Nothing is recorded or delivered.</summary>
internal sealed class CloudTrail() : JsonService("cloudtrail")
{
    private const string Type = "AWS::CloudTrail::Trail";

    protected override JsonNode? Do(Call call, JsonObject body) => call.Operation switch
    {
        "DescribeTrails" => DescribeTrails(call, body),
        "ListTrails" => new JsonObject { ["Trails"] = Listed(All(call).Select(Summary)) },
        "GetTrail" => new JsonObject { ["Trail"] = Describe(Find(call, body)) },
        "GetTrailStatus" => new JsonObject { ["IsLogging"] = IsOn(Find(call, body), "IsLogging") },
        _ => throw AwsError.NotEmulated($"cloudtrail:{call.Operation}"),
    };

    // Those of other regions that record this one too are shown as shadows of themselves.
    private static IEnumerable<LiveResource> All(Call call) => call.Store.OfType(call.Account, Type)
        .Where(t => t.Region == call.Region || IsOn(t, "IsMultiRegionTrail"));

    private static JsonObject DescribeTrails(Call call, JsonObject body)
    {
        var names = (body["trailNameList"] as JsonArray)?.Select(n => $"{n}").ToHashSet(StringComparer.Ordinal) ?? [];
        var withShadows = body["includeShadowTrails"]?.GetValue<bool>() ?? true;
        return new()
        {
            ["trailList"] = Listed(All(call).Where(t => withShadows || t.Region == call.Region)
                .Where(t => names.Count == 0 || names.Contains(t.Physical) || names.Contains(Arn(t))).Select(Describe)),
        };
    }

    private static LiveResource Find(Call call, JsonObject body)
    {
        var name = Required(body, "Name");
        return All(call).FirstOrDefault(t => t.Physical == name || Arn(t) == name)
            ?? throw new AwsError("TrailNotFoundException", $"Unknown trail: {name} for the user: {call.Account}");
    }

    private static JsonArray Listed(IEnumerable<JsonObject> all) => new([.. all]);

    private static JsonObject Summary(LiveResource trail) =>
        new() { ["TrailARN"] = Arn(trail), ["Name"] = trail.Physical, ["HomeRegion"] = trail.Region };

    private static JsonObject Describe(LiveResource trail)
    {
        var told = Summary(trail);
        foreach (var (member, property) in Texts)
        {
            if (trail.Properties[property]?.ToString() is { Length: > 0 } text)
                told[member] = text;
        }
        told["IncludeGlobalServiceEvents"] = IsOn(trail, "IncludeGlobalServiceEvents");
        told["IsMultiRegionTrail"] = IsOn(trail, "IsMultiRegionTrail");
        told["LogFileValidationEnabled"] = IsOn(trail, "EnableLogFileValidation");
        told["IsOrganizationTrail"] = IsOn(trail, "IsOrganizationTrail");
        told["HasCustomEventSelectors"] = trail.Properties["EventSelectors"] is JsonArray { Count: > 0 };
        told["HasInsightSelectors"] = trail.Properties["InsightSelectors"] is JsonArray { Count: > 0 };
        return told;
    }

    private static readonly (string Member, string Property)[] Texts =
    [
        ("S3BucketName", "S3BucketName"), ("S3KeyPrefix", "S3KeyPrefix"), ("KmsKeyId", "KMSKeyId"),
        ("CloudWatchLogsLogGroupArn", "CloudWatchLogsLogGroupArn"), ("CloudWatchLogsRoleArn", "CloudWatchLogsRoleArn"),
    ];

    private static string Arn(LiveResource trail) => trail.Attributes["Arn"]!.ToString();

    private static bool IsOn(LiveResource trail, string property) => trail.Properties[property]?.ToString() is "true" or "True";
}
