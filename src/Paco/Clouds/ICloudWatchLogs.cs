using System.Collections.Immutable;

namespace Paco.Clouds;

/// <summary>CloudWatch Logs, for reading what is logged.</summary>
public interface ICloudWatchLogs
{
    /// <summary>The streams of a group, those with the newest events first; null where there is no such group.</summary>
    /// <param name="most">No more than so many, at most 50.</param>
    Task<ImmutableArray<string>?> DescribeLogStreams(string group, int most, CancellationToken cancel);

    /// <summary>The newest events of a stream, oldest first; none of a stream or group that does not exist.</summary>
    Task<ImmutableArray<LogEvent>> GetLogEvents(string group, string stream, int most, CancellationToken cancel);

    /// <summary>
    /// A page of a group's events since a time, oldest first; null where there is no such group. A page may be empty and have a next one.
    /// </summary>
    Task<LogEventPage?> FilterLogEvents(LogEventFilter filter, string? page, CancellationToken cancel);
}

/// <summary>Which events of a group are asked for.</summary>
/// <param name="Pattern">A filter pattern they must fit, or null.</param>
public sealed record LogEventFilter(string Group, DateTimeOffset Since, string? Pattern);

/// <summary>An event: when it was, by its writer and by CloudWatch, where, and what it says.</summary>
/// <param name="Id">What it is told from others by, within its group.</param>
public sealed record LogEvent(string Id, DateTimeOffset Time, DateTimeOffset Ingested, string Stream, string Message);

/// <summary>Events, and the name of the next page of them; null at the end.</summary>
public sealed record LogEventPage(ImmutableArray<LogEvent> Events, string? Next);
