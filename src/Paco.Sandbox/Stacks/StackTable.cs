using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Paco.Clouds;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Stacks;

/// <summary>Stacks in the file: a light head for describing, heavy columns for operating.</summary>
internal static class StackTable
{
    private const string Light = "seq, account, region, name, id, head";
    private const string Heavy = $"{Light}, resources, run, stable";

    // What a stack may wait for without a time: a certificate does until its record is written.
    private const string ForARecord = "record";

    /// <summary>The stack with a name (not a deleted one) or id (also a deleted one), or null.</summary>
    public static Stack? FindStack(this Store store, string account, string region, string nameOrId) =>
        nameOrId.StartsWith("arn:", StringComparison.Ordinal)
        ? store.Row($"SELECT {Heavy} FROM stacks WHERE account = $1 AND region = $2 AND id = $3", Map, account, region, nameOrId)
        : store.Row($"SELECT {Heavy} FROM stacks WHERE account = $1 AND region = $2 AND name = $3 AND live = 1", Map, account, region,
            nameOrId);

    public static Stack StackAt(this Store store, long row) => store.Row($"SELECT {Heavy} FROM stacks WHERE seq = $1", Map, row)!;

    /// <summary>Stacks of an account and region from a row on, oldest first, without resources and operations.</summary>
    public static List<Stack> Stacks(this Store store, string account, string region, bool deleted, long after, int limit) => store.Rows(
        $"SELECT {Light} FROM stacks WHERE account = $1 AND region = $2 AND seq > $3 AND (live = 1 OR $4) ORDER BY seq LIMIT $5",
        Map, account, region, after, deleted ? 1 : 0, limit);

    /// <summary>The stack whose step is due first, or null.</summary>
    public static (long Row, long Due)? NextDue(this Store store, long now)
    {
        var due = store.Rows("SELECT seq, due FROM stacks WHERE due <= $1 ORDER BY due, seq LIMIT 1",
            row => (row.GetInt64(0), row.GetInt64(1)), now);
        return due.Count > 0 ? due[0] : null;
    }

    /// <summary>A record was written: all that wait for one look again.</summary>
    public static void Wake(this Store store) => store.Run("UPDATE stacks SET due = 0 WHERE waits = $1", ForARecord);

    public static void Insert(this Store store, Stack stack)
    {
        store.Run("INSERT INTO stacks(account, region, name, id, live) VALUES($1, $2, $3, $4, 1)", stack.Account, stack.Region, stack.Name,
            stack.Id);
        stack.Row = store.LastRow();
        store.Save(stack);
    }

    public static void Save(this Store store, Stack stack)
    {
        var waits = stack.Run is { } run && run.Running.Any(s => s.Due == long.MaxValue) ? ForARecord : null;
        store.Run(
            "UPDATE stacks SET live = $2, due = $3, waits = $4, status = $5, head = $6, resources = $7, run = $8, stable = $9 WHERE seq = $1",
            stack.Row, stack.Status == StackStatus.DeleteComplete ? 0 : 1, stack.Run?.Due, waits, stack.Status.ToWire(),
                Head(stack).ToText(),
            StackJson.Resources(stack.Resources.Values).ToText(), stack.Run is null ? null : StackJson.Run(stack.Run).ToText(),
            stack.Stable is null ? null : StackJson.Stable(stack.Stable).ToText());
    }

    private static JsonObject Head(Stack s) => new()
    {
        ["status"] = (int)s.Status,
        ["reason"] = s.StatusReason,
        ["description"] = s.Description,
        ["definition"] = StackJson.Definition(s.Definition),
        ["disable"] = s.DisableRollback,
        ["onFailure"] = s.OnFailure,
        ["protected"] = s.Protected,
        ["timeout"] = s.TimeoutMinutes,
        ["policy"] = s.Policy,
        ["changeSet"] = s.ChangeSetId,
        ["parent"] = s.ParentId,
        ["root"] = s.RootId,
        ["created"] = s.Created.ToUnixTimeMilliseconds(),
        ["updated"] = s.Updated?.ToUnixTimeMilliseconds(),
        ["deleted"] = s.Deleted?.ToUnixTimeMilliseconds(),
        ["outputs"] = StackJson.Outputs(s.Outputs),
        ["counter"] = s.Counter,
        ["events"] = s.Events,
        ["lastEvent"] = s.LastEvent,
    };

    private static Stack Map(SqliteDataReader row)
    {
        var head = JsonNode.Parse(row.GetString(5))!;
        var stack = new Stack
        {
            Row = row.GetInt64(0),
            Account = row.GetString(1),
            Region = row.GetString(2),
            Name = row.GetString(3),
            Id = row.GetString(4),
            Status = (StackStatus)(int)head["status"]!,
            StatusReason = head["reason"]?.ToString(),
            Description = head["description"]?.ToString(),
            Definition = StackJson.Definition(head["definition"]!),
            DisableRollback = (bool)head["disable"]!,
            OnFailure = head["onFailure"]!.ToString(),
            Protected = (bool)head["protected"]!,
            TimeoutMinutes = (int?)head["timeout"],
            Policy = head["policy"]?.ToString(),
            ChangeSetId = head["changeSet"]?.ToString(),
            ParentId = head["parent"]?.ToString(),
            RootId = head["root"]?.ToString(),
            Created = Time(head["created"])!.Value,
            Updated = Time(head["updated"]),
            Deleted = Time(head["deleted"]),
            Outputs = StackJson.Outputs(head["outputs"]),
            Counter = (int)head["counter"]!,
            Events = (int)head["events"]!,
            LastEvent = (long?)head["lastEvent"] ?? 0,
        };
        if (row.FieldCount > 6)
        {
            stack.Resources = StackJson.Resources(JsonNode.Parse(row.GetString(6)));
            stack.Run = row.IsDBNull(7) ? null : StackJson.Run(JsonNode.Parse(row.GetString(7))!);
            stack.Stable = row.IsDBNull(8) ? null : StackJson.Stable(JsonNode.Parse(row.GetString(8))!);
        }

        return stack;
    }

    private static DateTimeOffset? Time(JsonNode? node) => node is null ? null : DateTimeOffset.FromUnixTimeMilliseconds((long)node);
}
