using System.Text.Json.Nodes;

namespace Paco.Cli.Tests.Commands;

/// <summary>What the project asks for and this version does not build: counted and named in every plan, one sentence everywhere.</summary>
public sealed class NotBuiltTests
{
    private const string Sentence = "resource/cloudwatch is not built yet";

    [Theory]
    [InlineData(null)]
    [InlineData("resource")]
    [InlineData("netenv.mynet.dev")]
    public async Task A_plan_counts_and_names_it(string? scope)
    {
        using var project = await WithCloudWatch();
        string[] words = ["plan", "--sandbox", .. scope is null ? [] : (string[])[scope]];

        var plan = await project.Run(words);
        var json = (await project.Run([.. words, "--json"])).Json;

        Assert.Contains("  – 1 part not built yet: resource/cloudwatch\n", plan.Out.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.EndsWith("\n  1 warning (-w shows them)\n", plan.Out.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(["resource/cloudwatch"], json["notBuiltParts"]!.AsArray().Select(p => p!.ToString()));
        var warning = Assert.Single(json["diagnostics"]!.AsArray())!;
        Assert.Equal(("PACO4001", Sentence), (warning["code"]!.ToString(), warning["message"]!.ToString()));
    }

    [Fact]
    public async Task Whoever_asks_for_it_reads_the_sentence_of_validate()
    {
        using var project = await WithCloudWatch();

        Assert.Contains($"warning PACO4001: {Sentence}", (await project.Run("validate")).Succeeds().Out, StringComparison.Ordinal);
        foreach (var command in new[] { "plan", "provision", "delete", "drift" })
        {
            var told = (await project.Run(command, "resource.cloudwatch", "--sandbox")).Fails().Error;
            Assert.StartsWith($"error: {Sentence}\n", told.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        }
        var offline = (await project.Run("validate", "resource.cloudwatch")).Fails().Error;
        Assert.StartsWith($"error: {Sentence}\n", offline.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resources_are_named_as_their_stacks_are()
    {
        using var project = await Starter.Provisioned();
        project.Edit(Starter.Netenv, "          alb:\n            type: LBApplication\n",
            "          board:\n            type: Lambda\n            enabled: true\n          alb:\n            type: LBApplication\n");

        var json = JsonNode.Parse((await project.Run("plan", "netenv.mynet.dev", "--sandbox", "--json")).Out)!;

        Assert.Equal(["app/site/board"], json["notBuiltParts"]!.AsArray().Select(p => p!.ToString()));
        Assert.Single(json["diagnostics"]!.AsArray());
    }

    private static async Task<ProjectFolder> WithCloudWatch()
    {
        var project = await Starter.Provisioned();
        project.Write("resource/cloudwatch.yaml", "logs:\n  title: Logs\n");
        return project;
    }
}
