using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Json.Schema;

namespace Paco.Tests.Monitoring;

/// <summary>
/// The CloudWatch agent's configurations on our pages against its own schema (translator/config/schema.json of aws/amazon-cloudwatch-agent,
/// MIT). No package brings it: PACO_AGENT_SCHEMA names the file.
/// </summary>
public sealed partial class AgentSchemaTests
{
    private static readonly string? SchemaFile = Environment.GetEnvironmentVariable("PACO_AGENT_SCHEMA");

    [AgentSchemaFact]
    public void Every_configuration_is_one_the_agent_takes()
    {
        var schema = Read();
        var found = Directory.GetFiles(Repository.Path("src"), "*.test.md", SearchOption.AllDirectories)
            .SelectMany(page => Configuration().Matches(File.ReadAllText(page))).Select(m => m.Value).ToList();

        var wrong = found.First(one => one.Contains("file_path", StringComparison.Ordinal))
            .Replace("file_path", "path", StringComparison.Ordinal);
        Assert.All(found, one => Assert.True(IsValid(schema, one), one));
        Assert.False(IsValid(schema, wrong));
    }

    private static bool IsValid(JsonSchema schema, string text) => schema.Evaluate(JsonDocument.Parse(text).RootElement).IsValid;

    // The reader knows drafts from 6 on; what is otherwise in draft 4, the schema does not use.
    private static JsonSchema Read()
    {
        var schema = JsonNode.Parse(File.ReadAllText(SchemaFile!))!.AsObject();
        schema.Remove("$schema");
        return JsonSchema.FromText(schema.ToJsonString(), new BuildOptions { Dialect = Dialect.Draft06 });
    }

    [GeneratedRegex("(?m)^\\{\"agent\":.*$")]
    private static partial Regex Configuration();

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class AgentSchemaFactAttribute : FactAttribute
    {
        public AgentSchemaFactAttribute()
        {
            if (string.IsNullOrEmpty(SchemaFile))
                Skip = "PACO_AGENT_SCHEMA does not name the CloudWatch agent's schema";
        }
    }
}
