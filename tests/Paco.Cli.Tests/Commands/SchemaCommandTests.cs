using System.Text.Json.Nodes;

namespace Paco.Cli.Tests.Commands;

public sealed class SchemaCommandTests
{
    [Fact]
    public async Task The_schemas_of_all_files_are_written_twice_the_same()
    {
        using var folder = new ProjectFolder();
        (await folder.Run("schema", "--out", "a")).Succeeds();
        (await folder.Run("schema", "--out", "b/c")).Succeeds();

        Assert.Equal(
            [
                "account.schema.json", "monitor.alarmsets.schema.json", "monitor.logging.schema.json", "netenv.schema.json",
                "project.schema.json", "resource.cloudtrail.schema.json", "resource.codecommit.schema.json", "resource.config.schema.json",
                "resource.ec2.schema.json", "resource.github.schema.json", "resource.iam.schema.json", "resource.route53.schema.json",
                "resource.s3.schema.json", "resource.sns.schema.json", "resource.snstopics.schema.json", "resource.ssm.schema.json",
            ],
            Directory.EnumerateFiles(Path.Combine(folder.Home, "a")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var file in folder.Files().Where(f => f.Key.StartsWith('a')))
            Assert.Equal(file.Value, folder.Files()[Path.Combine("b", "c", Path.GetFileName(file.Key))]);
        Assert.Equal("https://json-schema.org/draft/2020-12/schema",
            JsonNode.Parse(folder.Read("a/netenv.schema.json"))!["$schema"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_place_that_cannot_be_written_is_said()
    {
        using var folder = new ProjectFolder();
        folder.Write("file", "");
        Assert.Contains("file is a file", (await folder.Run("schema", "--out", "file")).Fails().Error, StringComparison.Ordinal);
    }
}
