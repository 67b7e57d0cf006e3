using System.Text.Json.Nodes;

namespace Paco.Cli.Tests;

/// <summary>All templates of the starter, held against CloudFormation's own linter.</summary>
public class CfnLintTests
{
    [CfnLintFact]
    public async Task The_starters_templates_have_no_error()
    {
        using var project = await Starter.New();
        foreach (var scope in new[] { "netenv.mynet.dev", "netenv.mynet.staging", "netenv.mynet.prod", "resource.route53", "resource.ec2" })
            (await project.Run("synth", scope, "--out", $"out/{scope}")).Succeeds();
        var templates = Directory.GetFiles(Path.Combine(project.Home, "out"), "*.yaml", SearchOption.AllDirectories);
        Assert.InRange(templates.Length, 60, 500);

        // Errors only: warnings are advice. E3691 wants a database's full version; RDS takes a major one (8.4) too, as the starter writes it.
        var ran = await Programs.Run(Programs.Find("cfn-lint")!, ["--format", "json", "--ignore-checks", "W", "I", "E3691", "--regions", "us-west-2", "--", .. templates]);

        var errors = JsonNode.Parse(ran.Out.Length == 0 ? "[]" : ran.Out)!.AsArray()
            .Select(e => $"{e!["Rule"]!["Id"]} {Path.GetFileName(e["Filename"]!.ToString())}:{e["Location"]!["Start"]!["LineNumber"]} {e["Message"]}");
        Assert.Empty(errors);
        Assert.True(ran.Exit == 0, ran.All);
    }
}
