using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Paco.Cli.Tests.Views;

namespace Paco.Cli.Tests;

/// <summary>
/// The whole starter, a snapshot a stage, in tests/projects/starter: the templates and the linked graph of every environment, and
/// what a
/// person looks for in the plan on an empty cloud. PACO_UPDATE=1 rewrites them; read the difference before committing it.
/// </summary>
public sealed partial class SnapshotTests
{
    private static readonly bool Update = System.Environment.GetEnvironmentVariable("PACO_UPDATE") == "1";

    [Theory]
    [InlineData("netenv.mynet.dev")]
    [InlineData("netenv.mynet.prod")]
    [InlineData("resource.route53")]
    public async Task Templates_and_links_are_what_they_were(string scope)
    {
        using var project = await Starter.New();
        (await project.Run("synth", scope, "--out", "out")).Succeeds();
        var made = Path.Combine(project.Home, "out");
        var kept = Folder("synth", scope);
        if (Update && Directory.Exists(kept))
            Directory.Delete(kept, recursive: true);
        foreach (var file in Files(made))
            Same(Path.Combine(kept, file), File.ReadAllText(Path.Combine(made, file)));
        Assert.Equal(Files(made), Files(kept));
    }

    [Fact]
    public async Task The_plan_on_a_cloud_with_the_globals_is_what_it_was()
    {
        using var project = await Starter.WithGlobals();
        project.Time = new StillTime();
        var plan = (await project.Run("plan", "netenv.mynet.dev", "--sandbox", "--json")).Ends(ExitCode.Changes);

        Same(Path.Combine(Folder("plan"), "netenv.mynet.dev.txt"), PlanText.Of(JsonNode.Parse(Ids().Replace(plan.Out, "$1…"))!.AsObject()));
    }

    [Fact]
    public async Task The_same_plan_in_Markdown_is_what_it_was()
    {
        using var project = await Starter.WithGlobals();
        var plan = (await project.Run("plan", "netenv.mynet.dev", "--sandbox", "--format", "markdown")).Ends(ExitCode.Changes);

        Same(Path.Combine(Folder("plan"), "netenv.mynet.dev.md"), Ids().Replace(plan.Out, "$1…"));
    }

    private static void Same(string path, string actual)
    {
        if (Update)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
        }
        Assert.True(File.Exists(path), $"{path} is not kept: PACO_UPDATE=1 writes it");
        Assert.Equal(File.ReadAllText(path), actual);
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f))
            .Order(StringComparer.Ordinal);

    private static string Folder(params string[] parts) =>
        Path.Combine([Root(AppContext.BaseDirectory), "tests", "projects", "starter", .. parts]);

    private static string Root(string at) =>
        File.Exists(Path.Combine(at, "Paco.slnx"))
            ? at
            : Root(Path.GetDirectoryName(at) ?? throw new InvalidOperationException("no checkout above the tests"));

    // The newest machine image is looked up: the sandbox makes its id from the region, AWS renews it.
    [GeneratedRegex("(ami-)[0-9a-f]+")]
    private static partial Regex Ids();
}
