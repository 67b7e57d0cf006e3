using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Paco.Sandbox.Storage;

namespace Paco.Sandbox.Alarms;

/// <summary>How an alarm stands, since when and why.</summary>
/// <param name="Data">Machines' version of the reason: JSON, or empty.</param>
/// <param name="Evaluated">Until when it was looked at.</param>
internal sealed record AlarmState(string Value, string Reason, string Data, DateTimeOffset Updated, DateTimeOffset Evaluated)
{
    public const string Alarm = "ALARM";
    public const string Ok = "OK";
    public const string InsufficientData = "INSUFFICIENT_DATA";

    /// <summary>Before anything was looked at.</summary>
    public static AlarmState New(DateTimeOffset at) => new(InsufficientData, "Unchecked: Initial alarm creation", "", at, at);
}

/// <summary>States and history of alarms. An alarm is a resource; this is what comes and goes with time.</summary>
internal static class AlarmTable
{
    public static AlarmState StateOf(Store store, LiveResource alarm) => store.Row(
        "SELECT value, reason, data, updated, evaluated FROM alarm_states WHERE account = $1 AND region = $2 AND name = $3",
        row => new AlarmState(row.GetString(0), row.GetString(1), row.GetString(2), Time(row, 3), Time(row, 4)),
        alarm.Account, alarm.Region, alarm.Physical) ?? AlarmState.New(alarm.Created);

    public static void Put(Store store, LiveResource alarm, AlarmState state) => store.Run(
        "INSERT OR REPLACE INTO alarm_states(account, region, name, value, reason, data, updated, evaluated) "
        + "VALUES($1, $2, $3, $4, $5, $6, $7, $8)",
        alarm.Account, alarm.Region, alarm.Physical, state.Value, state.Reason, state.Data, state.Updated.ToUnixTimeMilliseconds(),
        state.Evaluated.ToUnixTimeMilliseconds());

    public static void Remember(Store store, LiveResource alarm, DateTimeOffset at, string kind, string summary, JsonObject data) =>
        store.Run("INSERT INTO alarm_history(account, region, name, type, time, kind, summary, data) "
            + "VALUES($1, $2, $3, $4, $5, $6, $7, $8)",
            alarm.Account, alarm.Region, alarm.Physical, alarm.Type, at.ToUnixTimeMilliseconds(), kind, summary, data.ToJsonString());

    /// <summary>What happened to the alarms of an account and region, the newest first.</summary>
    public static List<HistoryItem> History(Store store, string account, string region) => store.Rows(
        "SELECT name, type, time, kind, summary, data FROM alarm_history WHERE account = $1 AND region = $2 ORDER BY time DESC, seq DESC",
        row => new HistoryItem(row.GetString(0), row.GetString(1), Time(row, 2), row.GetString(3), row.GetString(4), row.GetString(5)),
        account, region);

    /// <summary>True where it went into a state after a time, also if it left it again.</summary>
    public static bool Went(Store store, LiveResource alarm, string value, DateTimeOffset after) => store.Number(
        "SELECT count(*) FROM alarm_history WHERE account = $1 AND region = $2 AND name = $3 AND kind = 'StateUpdate' AND time > $4 "
        + "AND json_extract(data, '$.newState.stateValue') = $5",
        alarm.Account, alarm.Region, alarm.Physical, after.ToUnixTimeMilliseconds(), value) > 0;

    /// <summary>A deleted alarm has no state any more; what happened stays on record.</summary>
    public static void Forget(Store store, LiveResource alarm) => store.Run(
        "DELETE FROM alarm_states WHERE account = $1 AND region = $2 AND name = $3", alarm.Account, alarm.Region, alarm.Physical);

    private static DateTimeOffset Time(SqliteDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}

/// <summary>Something that happened to an alarm.</summary>
/// <param name="Type">The resource's type.</param>
/// <param name="Kind"><c>ConfigurationUpdate</c>, <c>StateUpdate</c> or <c>Action</c>.</param>
internal sealed record HistoryItem(string Name, string Type, DateTimeOffset Time, string Kind, string Summary, string Data);
