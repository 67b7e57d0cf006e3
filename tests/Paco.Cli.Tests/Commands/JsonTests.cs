using System.Text.Json.Nodes;

namespace Paco.Cli.Tests.Commands;

/// <summary>The same things for programs: versioned, coded, and without secrets.</summary>
public class JsonTests
{
    [Fact]
    public async Task Provision_tells_what_happens_one_object_a_line()
    {
        using var project = await Starter.WithGlobals();

        var ran = (await project.Run("provision", "netenv.mynet.dev", "--sandbox", "--yes", "--json")).Succeeds();

        Assert.All(ran.Lines, line => Assert.Equal((1, true), (line["format"]!.GetValue<int>(), line["type"] is JsonValue)));
        var types = ran.Lines.Select(line => line["type"]!.ToString()).ToArray();
        Assert.Equal(("plan", "run-ended"), (types[0], types[^1]));
        Assert.True(ran.Lines[^1]["succeeded"]!.GetValue<bool>());
        Assert.Empty(Nodes("node-started").Except(Nodes("node-ended")));
        Assert.Contains("dev/us-west-2/NE-mynet-dev-App-app-site-web-ASG", Nodes("node-started"));
        Assert.Contains(ran.Lines,
            line => line["logicalId"]?.ToString() == "PrimaryDBInstance" && line["status"]?.ToString() == "CREATE_COMPLETE");

        await using var cloud = new Sandbox(project.Home);
        var secret = JsonNode.Parse(await cloud.SecretValue("dev", (await cloud.Only("dev", "AWS::SecretsManager::Secret")).Identifier))!;
        Assert.DoesNotContain(secret["password"]!.ToString(), ran.All, StringComparison.Ordinal);

        IEnumerable<string> Nodes(string type) => ran.Lines.Where(l => l["type"]!.ToString() == type).Select(l => l["node"]!.ToString());
    }

    [Fact]
    public async Task Keys_that_are_shown_once_are_not_made_where_nobody_would_see_them()
    {
        using var project = await Starter.New();

        var ran = (await project.Run("provision", "resource.ec2.keypairs", "--sandbox", "--yes", "--json")).Fails();

        Assert.Contains("--secrets-dir", ran.Error, StringComparison.Ordinal);
        (await project.Run("plan", "resource.ec2.keypairs", "--sandbox")).Ends(ExitCode.Changes);
    }

    [Fact]
    public async Task Private_keys_go_into_files_of_their_owner_and_nowhere_else()
    {
        using var project = await Starter.New();

        var ran = (await project.Run("provision", "resource.ec2.keypairs", "--sandbox", "--yes", "--json", "--secrets-dir", "keys"))
            .Succeeds();

        Assert.DoesNotContain("PRIVATE KEY", ran.All, StringComparison.Ordinal);
        Assert.All(ran.Lines, line => Assert.NotNull(line["type"]));
        var files = Directory.GetFiles(Path.Combine(project.Home, "keys"));
        Assert.Equal(3, files.Length);
        Assert.All(files, f => Assert.StartsWith("-----BEGIN RSA PRIVATE KEY-----", File.ReadAllText(f), StringComparison.Ordinal));
        foreach (var file in OperatingSystem.IsWindows() ? [] : files)
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite,
                OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public async Task Plan_says_the_same_as_JSON()
    {
        using var project = await Starter.Provisioned();
        project.EditEnvironment("dev", "                  multi_az: false\n", "                  multi_az: true\n");

        var plan = (await project.Run("plan", "netenv.mynet.dev", "--sandbox", "--json")).Ends(ExitCode.Changes).Json;

        Assert.Equal((1, "plan", true), (plan["format"]!.GetValue<int>(), plan["type"]!.ToString(), plan["hasWork"]!.GetValue<bool>()));
        var node = plan["nodes"]!.AsArray().Single(n => n!["action"]!.ToString() == "update")!;
        Assert.Equal("NE-mynet-dev-App-app-site-database-RDS", node["name"]!.ToString());
        var property = Assert.Single(Assert.Single(node["resources"]!.AsArray())!["properties"]!.AsArray())!;
        Assert.Equal(("MultiAZ", "false", "true"),
            (property["path"]!.ToString(), property["before"]!.ToString(), property["after"]!.ToString()));
    }

    [Fact]
    public async Task Validate_tells_mistakes_as_JSON_and_SARIF()
    {
        using var project = await Starter.New();
        project.EditEnvironment("dev", "multi_az: false", "multi_as: false");
        var line = project.Read(Starter.Netenv).Split('\n').ToList().FindIndex(l => l.Contains("multi_as", StringComparison.Ordinal)) + 1;

        var json = (await project.Run("validate", "netenv.mynet.dev", "--format", "json")).Fails().Json;
        var sarif = (await project.Run("validate", "netenv.mynet.dev", "--format", "sarif")).Fails().Json;

        var found = Assert.Single(json["diagnostics"]!.AsArray())!;
        Assert.Equal(("PACO2001", "error", line),
            (found["code"]!.ToString(), found["severity"]!.ToString(), found["location"]!["line"]!.GetValue<int>()));
        Assert.Equal("2.1.0", sarif["version"]!.ToString());
        var result = Assert.Single(sarif["runs"]![0]!["results"]!.AsArray())!;
        var place = result["locations"]![0]!["physicalLocation"]!;
        Assert.Equal(("PACO2001", Starter.Netenv, line),
            (result["ruleId"]!.ToString(), place["artifactLocation"]!["uri"]!.ToString(), place["region"]!["startLine"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("json", "diagnostics")]
    [InlineData("sarif", "runs")]
    public async Task Without_mistakes_the_formats_are_complete_too(string format, string member)
    {
        using var project = await Starter.New();

        Assert.NotNull((await project.Run("validate", "netenv.mynet.dev", "--format", format)).Succeeds().Json[member]);
    }
}
