using System.Globalization;
using System.Text.Json.Nodes;
using Paco.Monitoring.FilterPatterns;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>The metric filters that stacks made, and trying a pattern. No metric is made of anything.</summary>
internal static class MetricFilterCalls
{
    private const int Most = 50;

    public static JsonNode Describe(Call call, JsonObject body)
    {
        if (body["logGroupName"] is not null)
        {
            LogRequests.Group(call, body);
        }

        var (group, prefix) = (body["logGroupName"]?.ToString(), body["filterNamePrefix"]?.ToString() ?? "");
        var (metric, space) = (body["metricName"]?.ToString(), body["metricNamespace"]?.ToString());
        var all = call.Store.OfType(call.Account, call.Region, MetricFilterHandler.Type)
            .Where(f => group is null || f.Properties["LogGroupName"]?.ToString() == group)
            .Where(f => f.Physical.StartsWith(prefix, StringComparison.Ordinal))
            .Where(f => Transformations(f).Any(t => (metric ?? $"{t["MetricName"]}") == $"{t["MetricName"]}"
                && (space ?? $"{t["MetricNamespace"]}") == $"{t["MetricNamespace"]}"))
            .OrderBy(f => f.Physical, StringComparer.Ordinal).ToList();
        var (page, next) = LogRequests.Page(all, body, Most);
        return new JsonObject { ["metricFilters"] = LogRequests.Listed(page.Select(Told)), ["nextToken"] = next };
    }

    public static JsonNode Test(JsonObject body)
    {
        var text = body["filterPattern"]?.ToString() ?? "";
        if (PatternRefusal.Of(text, "Invalid metric filter pattern") is { } refusal)
        {
            throw LogRequests.Invalid(refusal);
        }

        var pattern = FilterPattern.Parse(text, out _)!;
        var messages = (body["logEventMessages"] as JsonArray ?? []).Select(m => $"{m}");
        return new JsonObject
        {
            ["matches"] = LogRequests.Listed(
                from one in messages.Select((message, i) => (Number: i + 1, Message: message, Match: pattern.Match(message)))
                where one.Match.Fits
                select new JsonObject
                {
                    ["eventNumber"] = one.Number,
                    ["eventMessage"] = one.Message,
                    ["extractedValues"] = new JsonObject(one.Match.Values.Select(v => KeyValuePair.Create(v.Key, (JsonNode?)v.Value))),
                }),
        };
    }

    private static IEnumerable<JsonObject> Transformations(LiveResource filter) =>
        (filter.Properties["MetricTransformations"] as JsonArray ?? []).OfType<JsonObject>();

    private static JsonObject Told(LiveResource filter) => new()
    {
        ["filterName"] = filter.Physical,
        ["filterPattern"] = filter.Properties["FilterPattern"]?.ToString() ?? "",
        ["metricTransformations"] = LogRequests.Listed(Transformations(filter).Select(Told)),
        ["creationTime"] = filter.Created.ToUnixTimeMilliseconds(),
        ["logGroupName"] = filter.Properties["LogGroupName"]?.ToString(),
    };

    private static JsonObject Told(JsonObject transformation) => new()
    {
        ["metricName"] = transformation["MetricName"]?.ToString(),
        ["metricNamespace"] = transformation["MetricNamespace"]?.ToString(),
        ["metricValue"] = transformation["MetricValue"]?.ToString(),
        ["defaultValue"] = double.TryParse(transformation["DefaultValue"]?.ToString(), CultureInfo.InvariantCulture, out var value)
            ? value : null,
        ["unit"] = transformation["Unit"]?.ToString(),
        ["dimensions"] = transformation["Dimensions"] is JsonArray dimensions
            ? new JsonObject(dimensions.OfType<JsonObject>().Select(d => KeyValuePair.Create($"{d["Key"]}", (JsonNode?)$"{d["Value"]}")))
            : null,
    };
}
