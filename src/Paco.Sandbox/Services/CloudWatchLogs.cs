using System.Text.Json.Nodes;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>
/// CloudWatch Logs: the groups and filters that stacks made, and the streams and events that somebody writes into them. Nothing here writes
/// events by itself. Source: Amazon CloudWatch Logs API Reference.
/// </summary>
internal sealed class CloudWatchLogs() : JsonService("logs")
{
    protected override JsonNode? Do(Call call, JsonObject body) => call.Operation switch
    {
        "CreateLogGroup" => LogGroupCalls.Create(call, body),
        "DescribeLogGroups" => LogGroupCalls.Describe(call, body),
        "CreateLogStream" => LogStreamCalls.Create(call, body),
        "DescribeLogStreams" => LogStreamCalls.Describe(call, body),
        "PutLogEvents" => LogEventCalls.Put(call, body),
        "FilterLogEvents" => LogEventCalls.Filter(call, body),
        "GetLogEvents" => LogEventCalls.Get(call, body),
        "DescribeMetricFilters" => MetricFilterCalls.Describe(call, body),
        "TestMetricFilter" => MetricFilterCalls.Test(body),
        _ => throw AwsError.NotEmulated($"logs:{call.Operation}"),
    };
}

/// <summary>What all calls of CloudWatch Logs ask for.</summary>
internal static class LogRequests
{
    public static AwsError Invalid(string message) => new("InvalidParameterException", message);

    public static string Required(JsonObject body, string member) => body[member]?.ToString() is { Length: > 0 } value ? value
        : throw Invalid($"1 validation error detected: Value null at '{member}' failed to satisfy constraint: Member must not be null");

    /// <summary>The group a request names, by its name or its ARN; what is past its retention is gone.</summary>
    public static (LogPlace Place, LiveResource Group) Group(Call call, JsonObject body)
    {
        var given = body["logGroupName"]?.ToString() ?? body["logGroupIdentifier"]?.ToString() ?? "";
        var name = given.StartsWith("arn:", StringComparison.Ordinal) ? given.Split(":log-group:")[^1].Split(':')[0] : given;
        var group = (name.Length == 0 ? throw Invalid("Either logGroupName or logGroupIdentifier must be given.") : (LiveResource?)null)
            ?? call.Store.Find(call.Account, call.Region, LogGroupHandler.Type, name)
            ?? throw new AwsError("ResourceNotFoundException", "The specified log group does not exist.");
        var place = new LogPlace(call.Account, call.Region, name);
        if (Days(group) is { } days)
        {
            call.Store.Expire(place, call.Now.AddDays(-days).ToUnixTimeMilliseconds());
        }

        return (place, group);
    }

    public static int? Days(LiveResource group) =>
        int.TryParse(group.Properties["RetentionInDays"]?.ToString(), out var days) ? days : null;

    public static long Number(JsonObject body, string member, long otherwise) => body[member] switch
    {
        null => otherwise,
        JsonValue value when value.TryGetValue<long>(out var number) => number,
        _ => throw new AwsError("SerializationException", $"{member} is no whole number"),
    };

    public static int Limit(JsonObject body, int most)
    {
        var limit = Number(body, "limit", most);
        return limit >= 1 && limit <= most ? (int)limit
            : throw Invalid($"1 validation error detected: Value '{limit}' at 'limit' failed to satisfy constraint: Member must have value "
                + (limit < 1 ? "greater than or equal to 1" : $"less than or equal to {most}"));
    }

    /// <summary>One page, and the token of the next: how many items were told so far.</summary>
    public static (List<T> Page, string? Next) Page<T>(IReadOnlyCollection<T> all, JsonObject body, int most)
    {
        var (size, skip) = (Limit(body, most), 0);
        if (body["nextToken"]?.ToString() is { Length: > 0 } token && !int.TryParse(token, out skip))
        {
            throw Invalid("The specified nextToken is invalid.");
        }

        return ([.. all.Skip(skip).Take(size)], all.Count > skip + size ? $"{skip + size}" : null);
    }

    public static JsonArray Listed(IEnumerable<JsonObject> all) => new([.. all]);
}
