using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Storage;

/// <summary>A thing that exists: in an account and region, of a type, with a physical id. Stacks and APIs share it.</summary>
/// <param name="Region">The region, or <c>global</c> for IAM, Route 53 and their like.</param>
/// <param name="Scope">Within what an explicit name is unique; null together with <paramref name="Name"/>.</param>
/// <param name="Stack">The row of the stack that made it, or null.</param>
internal sealed record LiveResource(
    string Account,
    string Region,
    string Type,
    string Physical,
    string? Scope,
    string? Name,
    long? Stack,
    string? Logical,
    DateTimeOffset Created,
    JsonObject Properties,
    JsonObject Attributes);

/// <summary>All that exists.</summary>
internal static class ResourceTable
{
    private const string Columns = "account, region, type, physical, scope, name, stack, logical, created, properties, attributes";

    private const string Joined =
        "r.account, r.region, r.type, r.physical, r.scope, r.name, r.stack, r.logical, r.created, r.properties, r.attributes";

    /// <summary>Who has what there can be one of, by among whom: see <see cref="Made.Neighbours"/>.</summary>
    public const string Claims = """
        CREATE TABLE IF NOT EXISTS claims(scope TEXT, account TEXT, region TEXT, type TEXT, physical TEXT,
          PRIMARY KEY(scope, account, region, type, physical)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS claims_by_resource ON claims(account, region, type, physical);
        """;

    public static void Insert(this Store store, LiveResource it)
    {
        Write(store, it);
        Disclaim(store, it.Account, it.Region, it.Type, it.Physical);
        foreach (var scope in Made.Neighbours.Claims(it).Distinct())
        {
            store.Run("INSERT INTO claims VALUES($1, $2, $3, $4, $5)", scope, it.Account, it.Region, it.Type, it.Physical);
        }
    }

    private static void Write(Store store, LiveResource it) => store.Run(
        $"INSERT OR REPLACE INTO resources({Columns}) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        it.Account, it.Region, it.Type, it.Physical, it.Scope, it.Name, it.Stack, it.Logical, it.Created.ToUnixTimeMilliseconds(),
        it.Properties.ToText(), it.Attributes.ToText());

    public static LiveResource? Find(this Store store, string account, string region, string type, string physical) => store.Row(
        $"SELECT {Columns} FROM resources WHERE account = $1 AND region = $2 AND type = $3 AND physical = $4", Map, account, region, type,
            physical);

    public static LiveResource? FindNamed(this Store store, string scope, string name) =>
        store.Row($"SELECT {Columns} FROM resources WHERE scope = $1 AND name = $2", Map, scope, name);

    public static List<LiveResource> OfType(this Store store, string account, string region, string type) => store.Rows(
        $"SELECT {Columns} FROM resources WHERE account = $1 AND region = $2 AND type = $3 ORDER BY created, physical", Map, account,
            region, type);

    /// <summary>Those of an account in whatever region.</summary>
    public static List<LiveResource> OfType(this Store store, string account, string type) => store.Rows(
        $"SELECT {Columns} FROM resources WHERE account = $1 AND type = $2 ORDER BY created, physical", Map, account, type);

    /// <summary>Those of all accounts and regions.</summary>
    public static List<LiveResource> OfTypeAnywhere(this Store store, string type) =>
        store.Rows($"SELECT {Columns} FROM resources WHERE type = $1 ORDER BY created, physical", Map, type);

    /// <summary>Whoever's it is, wherever: buckets by name, zones by id, certificates by ARN.</summary>
    public static LiveResource? Anywhere(this Store store, string type, string physical) =>
        store.Row($"SELECT {Columns} FROM resources WHERE type = $1 AND physical = $2", Map, type, physical);

    /// <summary>Those that have what there can be one of among some.</summary>
    public static List<LiveResource> Claiming(this Store store, string scope) => store.Rows(
        $"SELECT {Joined} FROM resources r JOIN claims USING(account, region, type, physical) WHERE claims.scope = $1", Map,
        scope);

    /// <summary>Those of an account, in whatever region, with a text anywhere in their properties.</summary>
    public static List<LiveResource> Mentioning(this Store store, string account, string type, string text) => store.Rows(
        $"SELECT {Columns} FROM resources WHERE account = $1 AND type = $2 AND instr(properties, $3) > 0", Map, account, type, text);

    public static void Remove(this Store store, string account, string region, string type, string physical)
    {
        store.Run("DELETE FROM resources WHERE account = $1 AND region = $2 AND type = $3 AND physical = $4", account, region, type,
            physical);
        Disclaim(store, account, region, type, physical);
    }

    private static void Disclaim(Store store, string account, string region, string type, string physical) => store.Run(
        "DELETE FROM claims WHERE account = $1 AND region = $2 AND type = $3 AND physical = $4", account, region, type, physical);

    private static LiveResource Map(SqliteDataReader row) => new(
        row.GetString(0),
        row.GetString(1),
        row.GetString(2),
        row.GetString(3),
        row.IsDBNull(4) ? null : row.GetString(4),
        row.IsDBNull(5) ? null : row.GetString(5),
        row.IsDBNull(6) ? null : row.GetInt64(6),
        row.IsDBNull(7) ? null : row.GetString(7),
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)),
        JsonNode.Parse(row.GetString(9))!.AsObject(),
        JsonNode.Parse(row.GetString(10))!.AsObject());
}
