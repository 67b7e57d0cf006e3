using System.Text.Json.Nodes;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>Log groups and their streams.</summary>
internal static class LogGroupCalls
{
    private const int Most = 50;

    public static JsonNode? Create(Call call, JsonObject body)
    {
        var name = LogRequests.Required(body, "logGroupName");
        if (call.Store.Find(call.Account, call.Region, LogGroupHandler.Type, name) is not null)
        {
            throw new AwsError("ResourceAlreadyExistsException", "The specified log group already exists");
        }

        call.Store.Insert(new(call.Account, call.Region, LogGroupHandler.Type, name, null, null, null, null, call.Now,
            new JsonObject { ["LogGroupName"] = name }, new JsonObject { ["Arn"] = $"{Arn(call, name)}:*" }));
        return null;
    }

    public static JsonNode Describe(Call call, JsonObject body)
    {
        var prefix = body["logGroupNamePrefix"]?.ToString() ?? "";
        var part = body["logGroupNamePattern"]?.ToString() ?? "";
        if (prefix.Length > 0 && part.Length > 0)
        {
            throw LogRequests.Invalid("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
        }

        var filters = call.Store.OfType(call.Account, call.Region, MetricFilterHandler.Type);
        var all = call.Store.OfType(call.Account, call.Region, LogGroupHandler.Type)
            .Where(g => g.Physical.StartsWith(prefix, StringComparison.Ordinal)
                && g.Physical.Contains(part, StringComparison.OrdinalIgnoreCase))
            .OrderBy(g => g.Physical, StringComparer.Ordinal).ToList();
        var (page, next) = LogRequests.Page(all, body, Most);
        return new JsonObject
        {
            ["logGroups"] = LogRequests.Listed(page.Select(g => Told(call, g, filters))),
            ["nextToken"] = next,
        };
    }

    private static JsonObject Told(Call call, LiveResource group, List<LiveResource> filters)
    {
        var arn = Arn(call, group.Physical);
        return new()
        {
            ["logGroupName"] = group.Physical,
            ["creationTime"] = group.Created.ToUnixTimeMilliseconds(),
            ["retentionInDays"] = LogRequests.Days(group),
            ["metricFilterCount"] = filters.Count(f => f.Properties["LogGroupName"]?.ToString() == group.Physical),
            ["arn"] = $"{arn}:*",
            ["storedBytes"] = call.Store.StoredBytes(new LogPlace(call.Account, call.Region, group.Physical)),
            ["logGroupClass"] = group.Properties["LogGroupClass"]?.ToString() ?? "STANDARD",
            ["logGroupArn"] = arn,
        };
    }

    public static string Arn(Call call, string group) =>
        $"arn:{SandboxContext.Partition(call.Region)}:logs:{call.Region}:{call.Account}:log-group:{group}";
}

/// <summary>Streams: whoever writes makes one first.</summary>
internal static class LogStreamCalls
{
    private const int Most = 50;

    public static JsonNode? Create(Call call, JsonObject body)
    {
        var (place, _) = LogRequests.Group(call, body);
        var name = LogRequests.Required(body, "logStreamName");
        if (name.Length > 512 || name.Contains(':', StringComparison.Ordinal) || name.Contains('*', StringComparison.Ordinal))
        {
            throw LogRequests.Invalid(
                $"1 validation error detected: Value '{name}' at 'logStreamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [^:*]*");
        }

        if (call.Store.HasStream(place, name))
        {
            throw new AwsError("ResourceAlreadyExistsException", "The specified log stream already exists");
        }

        call.Store.AddStream(place, name, call.Now);
        return null;
    }

    public static JsonNode Describe(Call call, JsonObject body)
    {
        var (place, _) = LogRequests.Group(call, body);
        var prefix = body["logStreamNamePrefix"]?.ToString() ?? "";
        var isByTime = body["orderBy"]?.ToString() == "LastEventTime";
        if (isByTime && prefix.Length > 0)
        {
            throw LogRequests.Invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
        }

        var all = call.Store.Streams(place).Where(s => s.Name.StartsWith(prefix, StringComparison.Ordinal)).ToList();
        if (isByTime)
        {
            all = [.. all.OrderBy(s => s.Last ?? 0).ThenBy(s => s.Name, StringComparer.Ordinal)];
        }

        if (body["descending"]?.GetValue<bool>() == true)
        {
            all.Reverse();
        }

        var (page, next) = LogRequests.Page(all, body, Most);
        return new JsonObject
        {
            ["logStreams"] = LogRequests.Listed(page.Select(s => new JsonObject
            {
                ["logStreamName"] = s.Name,
                ["creationTime"] = s.Created,
                ["firstEventTimestamp"] = s.First,
                ["lastEventTimestamp"] = s.Last,
                ["lastIngestionTime"] = s.Ingested,
                ["arn"] = $"{LogGroupCalls.Arn(call, place.Group)}:log-stream:{s.Name}",
                ["storedBytes"] = 0,
            })),
            ["nextToken"] = next,
        };
    }
}
