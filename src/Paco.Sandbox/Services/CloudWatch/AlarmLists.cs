using System.Text.Json.Nodes;
using Paco.Sandbox.Alarms;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudWatch;

/// <summary>Which alarms there are, how they stand, and what happened to them.</summary>
internal static class AlarmLists
{
    private static readonly string[] Lists = ["AlarmActions", "OKActions", "InsufficientDataActions"];

    private static readonly string[] Texts =
    [
        "AlarmDescription", "MetricName", "Namespace", "Statistic", "ExtendedStatistic", "Unit", "ComparisonOperator", "TreatMissingData",
        "EvaluateLowSampleCountPercentile", "ThresholdMetricId", "AlarmRule", "ActionsSuppressor",
    ];

    private static readonly string[] Numbers =
    [
        "Period", "EvaluationPeriods", "DatapointsToAlarm", "EvaluationInterval", "ActionsSuppressorWaitPeriod",
        "ActionsSuppressorExtensionPeriod",
    ];

    public static JsonObject Describe(Call call, JsonObject body)
    {
        Refuse(body);
        var types = body.Texts("AlarmTypes") is { Count: > 0 } asked ? asked : ["MetricAlarm"];
        var names = body.Texts("AlarmNames").ToHashSet(StringComparer.Ordinal);
        var found = All(call).Where(a => types.Contains(TypeOf(a.Type)))
            .Where(a => names.Count == 0 || names.Contains(a.Physical))
            .Where(a => a.Physical.StartsWith(body.Text("AlarmNamePrefix") ?? "", StringComparison.Ordinal))
            .Where(a => body.Text("ActionPrefix") is not { } prefix || Actions(a).Any(x => x.StartsWith(prefix, StringComparison.Ordinal)))
            .Where(a => body.Text("StateValue") is not { } state || AlarmTable.StateOf(call.Store, a).Value == state);
        var (page, next) = body.Page([.. found], "MaxRecords", 50, 100);
        var told = page.ToLookup(a => a.Type, a => Tell(call, a));
        return new()
        {
            ["CompositeAlarms"] = new JsonArray([.. told[AlarmClock.CompositeType]]),
            ["MetricAlarms"] = new JsonArray([.. told[AlarmClock.MetricType]]),
            ["NextToken"] = next,
        };
    }

    public static JsonObject DescribeForMetric(Call call, JsonObject body)
    {
        var (space, name) = (body.Need("Namespace"), body.Need("MetricName"));
        var dimensions = Metric.DimensionsOf(body["Dimensions"]);
        var found = All(call).Where(a => MetricAlarm.Of(a) is { } rule && rule.Metric.Namespace == space && rule.Metric.Name == name
            && rule.Metric.Dimensions == dimensions
            && (body.Text("Statistic") ?? body.Text("ExtendedStatistic") ?? rule.Statistic) == rule.Statistic
            && (body.Number("Period") ?? rule.Period.TotalSeconds).Equals(rule.Period.TotalSeconds));
        return new() { ["MetricAlarms"] = new JsonArray([.. found.Select(a => Tell(call, a))]) };
    }

    public static JsonObject History(Call call, JsonObject body)
    {
        var types = body.Texts("AlarmTypes") is { Count: > 0 } asked ? asked : ["MetricAlarm"];
        var (from, to) = (body.Time("StartDate") ?? DateTimeOffset.MinValue, body.Time("EndDate") ?? DateTimeOffset.MaxValue);
        var all = AlarmTable.History(call.Store, call.Account, call.Region)
            .Where(h => body.Text("AlarmName") is { } name ? h.Name == name : types.Contains(TypeOf(h.Type)))
            .Where(h => (body.Text("HistoryItemType") ?? h.Kind) == h.Kind && h.Time >= from && h.Time <= to).ToList();
        if (body.Text("ScanBy") == "TimestampAscending")
        {
            all.Reverse();
        }

        var (page, next) = body.Page(all, "MaxRecords", 50, 100);
        return new() { ["AlarmHistoryItems"] = new JsonArray([.. page.Select(Tell)]), ["NextToken"] = next };
    }

    /// <summary>The alarms of an account and region, by name.</summary>
    private static IEnumerable<LiveResource> All(Call call) => call.Store.OfType(call.Account, call.Region, AlarmClock.MetricType)
        .Concat(call.Store.OfType(call.Account, call.Region, AlarmClock.CompositeType)).OrderBy(a => a.Physical, StringComparer.Ordinal);

    private static void Refuse(JsonObject body)
    {
        foreach (var member in new[] { "ChildrenOfAlarmName", "ParentsOfAlarmName" })
        {
            if (body.Text(member) is not null)
            {
                throw AwsError.NotEmulated($"cloudwatch:DescribeAlarms with {member}");
            }
        }

        if (body.Texts("AlarmNames").Count > 0 && body.Text("AlarmNamePrefix") is not null)
        {
            throw AwsError.Validation("AlarmNames and AlarmNamePrefix must not both be specified");
        }
    }

    private static string TypeOf(string type) => type[(type.LastIndexOf(':') + 1)..] == "Alarm" ? "MetricAlarm" : "CompositeAlarm";

    private static IEnumerable<string> Actions(LiveResource alarm) =>
        Lists.SelectMany(list => alarm.Properties[list] as JsonArray ?? []).Select(Json.Scalar);

    private static JsonObject Tell(Call call, LiveResource alarm)
    {
        var (p, state) = (alarm.Properties, AlarmTable.StateOf(call.Store, alarm));
        var told = new JsonObject
        {
            ["AlarmName"] = alarm.Physical,
            ["AlarmArn"] = alarm.Attributes["Arn"]!.ToString(),
            ["AlarmConfigurationUpdatedTimestamp"] = Asked.Seconds(alarm.Created),
            ["ActionsEnabled"] = Json.Scalar(p["ActionsEnabled"]) != "false",
            ["StateValue"] = state.Value,
            ["StateReason"] = state.Reason,
            ["StateReasonData"] = state.Data.Length > 0 ? state.Data : null,
            ["StateUpdatedTimestamp"] = Asked.Seconds(state.Updated),
            ["StateTransitionedTimestamp"] = Asked.Seconds(state.Updated),
        };
        foreach (var list in Lists)
        {
            told[list] = new JsonArray([.. p.Texts(list).Select(a => (JsonNode)a)]);
        }

        foreach (var text in Texts.Where(t => p.Text(t) is not null))
        {
            told[text] = p.Text(text);
        }

        foreach (var number in Numbers.Where(n => p.Text(n) is not null))
        {
            told[number] = (int)p.Number(number)!.Value;
        }

        told["Threshold"] = p.Number("Threshold");
        if (alarm.Type == AlarmClock.MetricType)
        {
            told["Dimensions"] = MetricCalls.Dimensions(p);
            told["Metrics"] = p["Metrics"] is null ? null : new JsonArray([.. p.Objects("Metrics").Select(MetricCalls.Query)]);
        }

        return told;
    }

    private static JsonObject Tell(HistoryItem item) => new()
    {
        ["AlarmName"] = item.Name,
        ["AlarmType"] = TypeOf(item.Type),
        ["Timestamp"] = Asked.Seconds(item.Time),
        ["HistoryItemType"] = item.Kind,
        ["HistorySummary"] = item.Summary.Length > 255 ? item.Summary[..255] : item.Summary,
        ["HistoryData"] = item.Data,
    };
}
