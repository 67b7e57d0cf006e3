using System.Collections.Immutable;
using Microsoft.Data.Sqlite;

namespace Paco.Engine.Tests.Edits;

/// <summary>A thing that exists in the sandbox, whoever made it.</summary>
/// <param name="Stack">The stack that has it, or null.</param>
/// <param name="Properties">JSON.</param>
/// <param name="Secret">Of a secret the value it has now.</param>
internal sealed record Thing(
    string Account, string Region, string Type, string Physical, string? Stack, string? Logical, string Properties, string? Secret);

/// <summary>
/// Everything that exists, read from the sandbox's file: a witness that shares nothing with the planner it is held against.
/// </summary>
internal sealed record Census(ImmutableArray<Thing> Things, ImmutableArray<(string Account, string Region, string Name)> Stacks)
{
    private const string Everything = """
        SELECT r.account, CASE r.region WHEN 'global' THEN coalesce(s.region, r.region) ELSE r.region END, r.type, r.physical, s.name,
          r.logical, r.properties, (SELECT value FROM secrets v WHERE v.arn = r.physical AND v.stage = 'AWSCURRENT')
        FROM resources r LEFT JOIN stacks s ON s.seq = r.stack ORDER BY 1, 2, 3, 4
        """;

    public static Census Take(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        return new Census(
            Rows(connection, Everything, r => new Thing(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), Text(r, 4),
                Text(r, 5), r.GetString(6), Text(r, 7))),
            Rows(connection, "SELECT account, region, name FROM stacks WHERE live = 1 ORDER BY 1, 2, 3",
                r => (r.GetString(0), r.GetString(1), r.GetString(2))));
    }

    /// <summary>What is there no more.</summary>
    public IEnumerable<Thing> GoneIn(Census later)
    {
        var there = later.Things.Select(Key).ToHashSet();
        return Things.Where(t => !there.Contains(Key(t)));
    }

    /// <summary>What is there already and is not as it was: before and after.</summary>
    public IEnumerable<(Thing Before, Thing After)> ChangedIn(Census later)
    {
        var now = later.Things.ToDictionary(Key);
        return Things.Where(t => now.TryGetValue(Key(t), out var after) && after != t).Select(t => (t, now[Key(t)]));
    }

    private static (string, string, string, string) Key(Thing thing) => (thing.Account, thing.Region, thing.Type, thing.Physical);

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static ImmutableArray<T> Rows<T>(SqliteConnection connection, string sql, Func<SqliteDataReader, T> map)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = ImmutableArray.CreateBuilder<T>();
        while (reader.Read())
            rows.Add(map(reader));
        return rows.DrainToImmutable();
    }
}
