using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Paco.Aws.Wire;
using Paco.Clouds;

namespace Paco.Aws.Services;

/// <summary>CloudWatch Logs over JSON 1.1. Source: Amazon CloudWatch Logs API Reference, 2014-03-28.</summary>
internal sealed class CloudWatchLogsClient(ServiceCaller caller) : ICloudWatchLogs
{
    public async Task<ImmutableArray<string>?> DescribeLogStreams(string group, int most, CancellationToken cancel)
    {
        var body = new JsonObject
        {
            ["logGroupName"] = group, ["orderBy"] = "LastEventTime", ["descending"] = true, ["limit"] = most,
        };
        try
        {
            return await Ask("DescribeLogStreams", body,
                root => root.List("logStreams").Select(s => s.Need("logStreamName")).ToImmutableArray(), cancel);
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.NotFound)
        {
            return null;
        }
    }

    public async Task<ImmutableArray<LogEvent>> GetLogEvents(string group, string stream, int most, CancellationToken cancel)
    {
        var body = new JsonObject { ["logGroupName"] = group, ["logStreamName"] = stream, ["limit"] = most };
        try
        {
            return await Ask("GetLogEvents", body,
                root => root.List("events").Select((e, i) => Event(e, stream, $"{i}")).ToImmutableArray(), cancel);
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.NotFound)
        {
            return [];
        }
    }

    public async Task<LogEventPage?> FilterLogEvents(LogEventFilter filter, string? page, CancellationToken cancel)
    {
        var body = new JsonObject { ["logGroupName"] = filter.Group, ["startTime"] = filter.Since.ToUnixTimeMilliseconds() };
        if (filter.Pattern is { Length: > 0 } pattern)
        {
            body["filterPattern"] = pattern;
        }

        if (page is not null)
        {
            body["nextToken"] = page;
        }

        try
        {
            return await Ask("FilterLogEvents", body, Page, cancel);
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.NotFound)
        {
            return null;
        }
    }

    private static LogEventPage Page(JsonElement root) =>
        new([.. root.List("events").Select(e => Event(e, e.Need("logStreamName"), e.Need("eventId")))], root.Text("nextToken"));

    private Task<T> Ask<T>(string operation, JsonObject body, Func<JsonElement, T> read, CancellationToken cancel) =>
        caller.Json(WireRequest.Json(AwsService.CloudWatchLogs, "Logs_20140328", operation, body, repeatable: true), read, cancel);

    private static LogEvent Event(JsonElement e, string stream, string id) =>
        new(id, Time(e, "timestamp"), Time(e, "ingestionTime"), stream, e.Need("message"));

    private static DateTimeOffset Time(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            ? DateTimeOffset.FromUnixTimeMilliseconds(value.GetInt64())
            : DateTimeOffset.UnixEpoch;
}
