using System.Text.Json.Nodes;

namespace Paco.Cli.Tests;

/// <summary>All templates of the starter, held against CloudFormation's own linter.</summary>
public class CfnLintTests
{
    [CfnLintFact]
    public async Task The_starters_templates_have_no_error()
    {
        using var project = await Starter.New();
        string[] scopes = ["netenv.mynet.dev", "netenv.mynet.staging", "netenv.mynet.prod", "resource.route53", "resource.ec2"];
        var errors = (await Errors(project, 60, scopes))
            .ToLookup(IsTheMajorVersion);
        Assert.Empty(errors[false]);
        Assert.Equal(3, errors[true].Count());
    }

    [CfnLintFact]
    public async Task Templates_of_pipelines_have_no_error()
    {
        using var project = new ProjectFolder();
        var from = Repository.Path("tests", "projects", "pipelines");
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
            project.Write(Path.GetRelativePath(from, file), File.ReadAllText(file));

        Assert.Empty(await Errors(project, 40, "netenv.shop", "netenv.abroad", "netenv.alone", "resource.codecommit", "resource.sns"));
    }

    // Errors only: warnings are advice.
    private static async Task<IReadOnlyList<string>> Errors(ProjectFolder project, int fewest, params string[] scopes)
    {
        foreach (var scope in scopes)
            (await project.Run("synth", scope, "--out", $"out/{scope}")).Succeeds();
        var templates = Directory.GetFiles(Path.Combine(project.Home, "out"), "*.yaml", SearchOption.AllDirectories);
        Assert.InRange(templates.Length, fewest, 500);

        var ran = await Programs.Run(Programs.Find("cfn-lint")!,
            ["--format", "json", "--ignore-checks", "W", "I", "--regions", "us-west-2", "--", .. templates]);

        return
        [
            .. JsonNode.Parse(ran.Out.Length == 0 ? "[]" : ran.Out)!.AsArray().Select(e =>
                $"{e!["Rule"]!["Id"]} {Path.GetFileName(e["Filename"]!.ToString())}:{e["Location"]!["Start"]!["LineNumber"]} {e["Message"]}"),
        ];
    }

    // cfn-lint's data lists full MySQL versions only; RDS takes the major one as the starter writes it. One a database, and nothing else of
    // that rule.
    private static bool IsTheMajorVersion(string error) =>
        error.StartsWith("E3691 ", StringComparison.Ordinal) && error.Contains("-database-RDS.yaml", StringComparison.Ordinal)
        && error.Contains("'8.4' is not one of", StringComparison.Ordinal);
}
