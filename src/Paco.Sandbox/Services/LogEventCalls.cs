using System.Globalization;
using System.Text.Json.Nodes;
using Paco.Monitoring.FilterPatterns;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>Events: written in order, found by time and pattern.</summary>
internal static class LogEventCalls
{
    private const int Most = 10_000;
    private const long Day = 86_400_000;

    // Source: API PutLogEvents: what may be how old, and in what order.
    public static JsonNode Put(Call call, JsonObject body)
    {
        var (place, group) = LogRequests.Group(call, body);
        var stream = LogRequests.Required(body, "logStreamName");
        if (!call.Store.HasStream(place, stream))
        {
            throw new AwsError("ResourceNotFoundException", "The specified log stream does not exist.");
        }

        var events = Read(body);
        var now = call.Now.ToUnixTimeMilliseconds();
        var (tooOld, tooNew) = (now - (14 * Day), now + (Day / 12));
        var expired = LogRequests.Days(group) is { } days ? now - (days * Day) : long.MinValue;
        foreach (var (time, message) in events.Where(e => e.Time >= tooOld && e.Time >= expired && e.Time <= tooNew))
        {
            call.Store.AddEvent(place, stream, time, now, message);
        }

        var rejected = new JsonObject
        {
            ["tooNewLogEventStartIndex"] = Index(events.FindIndex(e => e.Time > tooNew)),
            ["tooOldLogEventEndIndex"] = Index(events.FindLastIndex(e => e.Time < tooOld)),
            ["expiredLogEventEndIndex"] = Index(events.FindLastIndex(e => e.Time < expired)),
        };
        return new JsonObject
        {
            ["nextSequenceToken"] = now.ToString("D56", CultureInfo.InvariantCulture),
            ["rejectedLogEventsInfo"] = rejected.Any(r => r.Value is not null) ? rejected : null,
        };
    }

    public static JsonNode Filter(Call call, JsonObject body)
    {
        var (place, _) = LogRequests.Group(call, body);
        var text = body["filterPattern"]?.ToString() ?? "";
        if (PatternRefusal.Of(text, "Invalid filter pattern") is { } refusal)
        {
            throw LogRequests.Invalid(refusal);
        }

        var pattern = FilterPattern.Parse(text, out _)!;
        var streams = (body["logStreamNames"] as JsonArray)?.Select(s => $"{s}").ToHashSet(StringComparer.Ordinal);
        var prefix = body["logStreamNamePrefix"]?.ToString() ?? "";
        var found = call.Store
            .Events(place, LogRequests.Number(body, "startTime", 0), LogRequests.Number(body, "endTime", long.MaxValue))
            .Where(e => streams?.Contains(e.Stream) ?? e.Stream.StartsWith(prefix, StringComparison.Ordinal))
            .Where(e => pattern.Match(e.Message).Fits).ToList();
        var (page, next) = LogRequests.Page(found, body, Most);
        return new JsonObject
        {
            ["events"] = LogRequests.Listed(page.Select(e => new JsonObject
            {
                ["logStreamName"] = e.Stream,
                ["timestamp"] = e.Time,
                ["message"] = e.Message,
                ["ingestionTime"] = e.Ingested,
                ["eventId"] = e.Row.ToString("D56", CultureInfo.InvariantCulture),
            })),
            ["searchedLogStreams"] = new JsonArray(),
            ["nextToken"] = next,
        };
    }

    // A token is the place in the stream that a page begins or ends at; at either end it stays the same.
    public static JsonNode Get(Call call, JsonObject body)
    {
        var (place, _) = LogRequests.Group(call, body);
        var stream = LogRequests.Required(body, "logStreamName");
        if (!call.Store.HasStream(place, stream))
        {
            throw new AwsError("ResourceNotFoundException", "The specified log stream does not exist.");
        }

        var all = call.Store
            .Events(place, LogRequests.Number(body, "startTime", 0), LogRequests.Number(body, "endTime", long.MaxValue) - 1)
            .Where(e => e.Stream == stream).ToList();
        var (from, to) = Span(body, all.Count, LogRequests.Limit(body, Most));
        return new JsonObject
        {
            ["events"] = LogRequests.Listed(all[from..to].Select(e => new JsonObject
            {
                ["timestamp"] = e.Time, ["message"] = e.Message, ["ingestionTime"] = e.Ingested,
            })),
            ["nextForwardToken"] = $"f/{to:D56}/s",
            ["nextBackwardToken"] = $"b/{from:D56}/s",
        };
    }

    private static (int From, int To) Span(JsonObject body, int count, int limit)
    {
        var token = body["nextToken"]?.ToString() ?? "";
        if (token.Length == 0)
        {
            return body["startFromHead"]?.GetValue<bool>() == true ? (0, Math.Min(limit, count)) : (Math.Max(0, count - limit), count);
        }

        var at = token.Split('/') is ["f" or "b", var digits, "s"] && long.TryParse(digits, out var number)
            ? (int)Math.Clamp(number, 0, count)
            : throw LogRequests.Invalid("The specified nextToken is invalid.");
        return token[0] == 'f' ? (at, Math.Min(at + limit, count)) : (Math.Max(0, at - limit), at);
    }

    private static List<(long Time, string Message)> Read(JsonObject body)
    {
        var events = (body["logEvents"] as JsonArray ?? []).OfType<JsonObject>()
            .Select(e => (Time: LogRequests.Number(e, "timestamp", 0), Message: LogRequests.Required(e, "message"))).ToList();
        if (events.Count == 0)
        {
            throw LogRequests.Invalid(
                "1 validation error detected: Value '[]' at 'logEvents' failed to satisfy constraint: Member must have length greater than or equal to 1");
        }

        if (events.Zip(events.Skip(1)).Any(pair => pair.Second.Time < pair.First.Time))
        {
            throw LogRequests.Invalid("Log events in a single PutLogEvents request must be in chronological order.");
        }

        return events[^1].Time - events[0].Time <= Day ? events
            : throw LogRequests.Invalid("The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
    }

    private static JsonValue? Index(int index) => index < 0 ? null : JsonValue.Create(index);
}
