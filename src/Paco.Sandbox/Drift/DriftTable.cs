using System.Text.Json.Nodes;
using Paco.Sandbox.Made;
using Paco.Sandbox.Stacks;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Drift;

/// <summary>A detection that was asked for: when it began and when it is over.</summary>
internal sealed record Detection(string Id, long Stack, DateTimeOffset Started, DateTimeOffset Done, string Status, int Drifted);

/// <summary>What was found of one resource.</summary>
internal sealed record Finding(string Logical, string Status, DateTimeOffset Checked, JsonObject Body);

/// <summary>The detections of all stacks, and the newest finding of every resource.</summary>
internal static class DriftTable
{
    private const string Columns = "id, stack, started, done, status, drifted";

    public static Detection Begin(Store store, Stack stack, IReadOnlyCollection<ResourceCheck> checks, DateTimeOffset now,
        DateTimeOffset done)
    {
        var id = new DeterministicIds($"{stack.Id} drift {store.Number("SELECT count(*) FROM drifts")} {now:O}").Uuid();
        var drifted = checks.Count(c => c.IsDrifted);
        var detection = new Detection(id, stack.Row, now, done, drifted > 0 ? "DRIFTED" : "IN_SYNC", drifted);
        store.Run($"INSERT INTO drifts({Columns}) VALUES($1, $2, $3, $4, $5, $6)", id, stack.Row, Ms(now), Ms(done), detection.Status,
            drifted);
        foreach (var check in checks)
        {
            Put(store, stack, check, now);
        }

        return detection;
    }

    public static void Put(Store store, Stack stack, ResourceCheck check, DateTimeOffset now) => store.Run(
        "INSERT OR REPLACE INTO resource_drifts(stack, logical, status, checked, body) VALUES($1, $2, $3, $4, $5)",
        stack.Row, check.Resource.Logical, check.Status, Ms(now), DriftJson.Of(stack, check).ToText());

    public static Detection? Find(Store store, string id) => store.Row($"SELECT {Columns} FROM drifts WHERE id = $1", Map, id);

    /// <summary>The newest detection that is over, unless the stack was updated since: then nobody knows.</summary>
    public static Detection? Latest(Store store, Stack stack, DateTimeOffset now) =>
        store.Row($"SELECT {Columns} FROM drifts WHERE stack = $1 AND stale = 0 AND done <= $2 ORDER BY seq DESC LIMIT 1", Map, stack.Row,
            Ms(now));

    /// <summary>An update begins: what was found before says nothing any more.</summary>
    public static void Forget(Store store, Stack stack)
    {
        store.Run("UPDATE drifts SET stale = 1 WHERE stack = $1", stack.Row);
        store.Run("DELETE FROM resource_drifts WHERE stack = $1", stack.Row);
    }

    /// <summary>What was found of a stack's resources since its last update.</summary>
    public static List<Finding> Of(Store store, Stack stack) => store.Rows(
        "SELECT logical, status, checked, body FROM resource_drifts WHERE stack = $1 ORDER BY logical", Finding, stack.Row);

    public static Finding? Of(Store store, Stack stack, string logical) => store.Row(
        "SELECT logical, status, checked, body FROM resource_drifts WHERE stack = $1 AND logical = $2", Finding, stack.Row, logical);

    private static Finding Finding(Microsoft.Data.Sqlite.SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)),
        JsonNode.Parse(row.GetString(3))!.AsObject());


    private static long Ms(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private static Detection Map(Microsoft.Data.Sqlite.SqliteDataReader row) => new(
        row.GetString(0), row.GetInt64(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2)),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)), row.GetString(4), row.GetInt32(5));
}

/// <summary>A finding as it is kept. The values of NoEcho parameters do not go into it on the template's side.</summary>
internal static class DriftJson
{
    public static JsonObject Of(Stack stack, ResourceCheck check)
    {
        var hidden = new HiddenValues(stack.Definition);
        return new()
        {
            ["expected"] = hidden.Mask(check.Expected),
            ["actual"] = check.Actual?.DeepClone(),
            ["differences"] = new JsonArray([.. check.Differences.Select(d => (JsonNode)new JsonObject
            {
                ["path"] = d.Path,
                ["expected"] = hidden.Mask(d.Expected),
                ["actual"] = d.Actual?.DeepClone(),
                ["how"] = d.How,
            })]),
        };
    }
}
