using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Paco.Planning;
using Paco.Sandbox;
using static Paco.Engine.Tests.Bed;

namespace Paco.Engine.Tests.Edits;

/// <summary>The simulation's looks can fail: what is broken on purpose is noticed.</summary>
public sealed class TamperedTests
{
    private const int Most = 40;

    [Fact]
    public void A_database_whose_password_is_not_the_written_one_is_noticed()
    {
        var noticed = 0;
        for (var seed = 1; seed <= Most && noticed < 2; seed++)
        {
            var broken = "";
            var said = Record.Exception(() => EditSimulation.Run(seed, (file, dice) => broken = Break(file, dice)))?.Message;
            if (broken.Length == 0)
                continue;
            Assert.Contains("has an old password, and no plan says so", said, StringComparison.Ordinal);
            noticed++;
        }
        Assert.Equal(2, noticed);
    }

    [Fact]
    public void A_stack_that_is_refused_for_nothing_is_noticed() => Run(Pace.Instant, [], async world =>
    {
        await Provision(world, Graph(Stack("shop", [Text("a")])));
        var plan = await Plan(world, Graph(Stack("shop", [Text("b")])));
        var refused = plan.Nodes.OfType<PlannedStack>().Select(s => s with { Action = NodeAction.Refused, Reason = "for nothing" });

        var noticed = await Record.ExceptionAsync(() => Refusals.Hold(plan with { Nodes = [.. refused] }, world.Cloud, world.Options));
        Assert.Contains("is refused (for nothing), and it would have worked", noticed?.Message, StringComparison.Ordinal);
        return 0;
    });

    /// <summary>Gives one of the databases another password; the answer is which, or nothing where there is none.</summary>
    private static string Break(string file, Random dice)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        var databases = Rows(connection);
        if (databases.Count == 0)
            return "";
        var (id, properties) = databases[dice.Next(databases.Count)];
        var changed = JsonNode.Parse(properties)!;
        changed["MasterUserPassword"] = "nobody wrote this";
        using var update = connection.CreateCommand();
        update.CommandText = "UPDATE resources SET properties = $1 WHERE type = 'AWS::RDS::DBInstance' AND physical = $2";
        update.Parameters.AddWithValue("$1", changed.ToJsonString());
        update.Parameters.AddWithValue("$2", id);
        return update.ExecuteNonQuery() == 1 ? id : "";
    }

    private static List<(string Id, string Properties)> Rows(SqliteConnection connection)
    {
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT physical, properties FROM resources WHERE type = 'AWS::RDS::DBInstance' ORDER BY 1";
        using var reader = select.ExecuteReader();
        var rows = new List<(string, string)>();
        while (reader.Read())
            rows.Add((reader.GetString(0), reader.GetString(1)));
        return rows;
    }
}
