using Microsoft.Data.Sqlite;

namespace Paco.Sandbox.Storage;

/// <summary>A log group: whose, where, and its name.</summary>
internal readonly record struct LogPlace(string Account, string Region, string Group);

/// <summary>An event of a log group.</summary>
internal sealed record StoredEvent(long Row, string Stream, long Time, long Ingested, string Message);

/// <summary>A stream with the times of its events; null where it has none.</summary>
internal sealed record StoredStream(string Name, long Created, long? First, long? Last, long? Ingested);

/// <summary>The streams and events of log groups.</summary>
internal static class LogTable
{
    public const string Tables = """
        CREATE TABLE IF NOT EXISTS log_streams(account TEXT, region TEXT, log_group TEXT, name TEXT, created INTEGER,
          PRIMARY KEY(account, region, log_group, name)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS log_events(seq INTEGER PRIMARY KEY, account TEXT, region TEXT, log_group TEXT, stream TEXT, time INTEGER,
          ingested INTEGER, message TEXT);
        CREATE INDEX IF NOT EXISTS log_events_by_time ON log_events(account, region, log_group, time, seq);
        """;

    private const string Of = "account = $1 AND region = $2 AND log_group = $3";

    public static bool HasStream(this Store store, LogPlace place, string name) =>
        store.Number($"SELECT count(*) FROM log_streams WHERE {Of} AND name = $4", place.Account, place.Region, place.Group, name) > 0;

    public static void AddStream(this Store store, LogPlace place, string name, DateTimeOffset now) => store.Run(
        "INSERT INTO log_streams VALUES($1, $2, $3, $4, $5)", place.Account, place.Region, place.Group, name, now.ToUnixTimeMilliseconds());

    public static List<StoredStream> Streams(this Store store, LogPlace place) => store.Rows(
        $"""
        SELECT s.name, s.created, min(e.time), max(e.time), max(e.ingested) FROM log_streams s
        LEFT JOIN log_events e ON e.account = s.account AND e.region = s.region AND e.log_group = s.log_group AND e.stream = s.name
        WHERE s.account = $1 AND s.region = $2 AND s.log_group = $3 GROUP BY s.name ORDER BY s.name
        """,
        row => new StoredStream(row.GetString(0), row.GetInt64(1), Time(row, 2), Time(row, 3), Time(row, 4)),
        place.Account, place.Region, place.Group);

    public static void AddEvent(this Store store, LogPlace place, string stream, long time, long ingested, string message) => store.Run(
        "INSERT INTO log_events(account, region, log_group, stream, time, ingested, message) VALUES($1, $2, $3, $4, $5, $6, $7)",
        place.Account, place.Region, place.Group, stream, time, ingested, message);

    /// <summary>Its events of a span of time, both ends included, oldest first.</summary>
    public static List<StoredEvent> Events(this Store store, LogPlace place, long from, long to) => store.Rows(
        $"SELECT seq, stream, time, ingested, message FROM log_events WHERE {Of} AND time >= $4 AND time <= $5 ORDER BY time, seq",
        row => new StoredEvent(row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3), row.GetString(4)),
        place.Account, place.Region, place.Group, from, to);

    public static long StoredBytes(this Store store, LogPlace place) =>
        store.Number($"SELECT coalesce(sum(length(CAST(message AS BLOB)) + 26), 0) FROM log_events WHERE {Of}",
            place.Account, place.Region, place.Group);

    /// <summary>What is older than its group keeps is gone for good.</summary>
    public static void Expire(this Store store, LogPlace place, long before) =>
        store.Run($"DELETE FROM log_events WHERE {Of} AND time < $4", place.Account, place.Region, place.Group, before);

    /// <summary>The group is deleted, and all that is in it.</summary>
    public static void RemoveLogs(this Store store, LogPlace place)
    {
        store.Run($"DELETE FROM log_events WHERE {Of}", place.Account, place.Region, place.Group);
        store.Run($"DELETE FROM log_streams WHERE {Of}", place.Account, place.Region, place.Group);
    }

    private static long? Time(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
