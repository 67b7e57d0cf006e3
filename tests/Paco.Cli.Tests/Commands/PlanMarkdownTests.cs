namespace Paco.Cli.Tests.Commands;

/// <summary>A plan as a comment below a pull request: the same facts, dangers first, found again by its first line.</summary>
public sealed class PlanMarkdownTests
{
    private const string Scope = "netenv.mynet.dev";

    [Fact]
    public async Task What_loses_data_stands_first_and_unfolded_with_the_permission_it_needs()
    {
        using var project = await Starter.Provisioned();
        project.Edit(Starter.Netenv, "backup_retention_period: 7", "backup_retention_period: 0");

        var page = (await project.Run("plan", Scope, "--sandbox", "--format", "markdown")).Ends(ExitCode.Changes);

        var danger = page.Out.IndexOf("> [!CAUTION]", StringComparison.Ordinal);
        var fold = page.Out.IndexOf("<details>", StringComparison.Ordinal);
        Assert.StartsWith($"<!-- paco-plan: {Scope} -->\n### Plan of `{Scope}`\n", page.Out, StringComparison.Ordinal);
        Assert.InRange(danger, 1, fold);
        Assert.Matches(
            "> - `app/site/database` \\(dev.*\\) \\*\\*would lose its automated backups\\*\\*: `PrimaryDBInstance` is changed",
            page.Out[..fold]);
        Assert.Contains("> - needs `--allow-destroy netenv.mynet.dev", page.Out[..fold], StringComparison.Ordinal);
        Assert.Contains("BackupRetentionPeriod    7 → 0   netenv/mynet.yaml:", page.Out[fold..],
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_opened_is_a_danger_and_a_plan_that_does_nothing_says_so()
    {
        using var project = await Starter.Provisioned();
        var quiet = (await project.Run("plan", Scope, "--sandbox", "--format", "markdown")).Succeeds();
        Assert.Contains("**Nothing to do: everything is as the project says.**", quiet.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("[!CAUTION]", quiet.Out, StringComparison.Ordinal);
        // The comment does not change where the plan does not.
        Assert.Equal(quiet.Out, (await project.Run("plan", Scope, "--sandbox", "--format", "markdown")).Out);
    }

    [Fact]
    public async Task A_project_with_mistakes_has_a_page_with_the_same_marker()
    {
        using var project = await Starter.New();
        project.Edit(Starter.Netenv, "storage_encrypted: true", "storage_encrypted: <b>@team</b>");

        var page = (await project.Run("plan", Scope, "--sandbox", "--format", "markdown")).Fails();

        Assert.StartsWith($"<!-- paco-plan: {Scope} -->\n### No plan of `{Scope}`\n\n> [!CAUTION]\n> the project has 1 error", page.Out,
            StringComparison.Ordinal);
        Assert.Contains("```text\nerror PACO2003", page.Out, StringComparison.Ordinal);
        Assert.Contains("storage_encrypted: <b>@team</b>", page.Out, StringComparison.Ordinal);
        Assert.Contains("PACO2003", page.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("netenv.mynet.nowhere", "does not exist")]
    [InlineData("netenv..x", "is not a scope")]
    public async Task What_cannot_be_planned_has_a_page_too(string scope, string words)
    {
        using var project = await Starter.New();

        var page = (await project.Run("plan", scope, "--sandbox", "--format", "markdown")).Fails();

        Assert.StartsWith($"<!-- paco-plan: {scope} -->\n### No plan of ", page.Out, StringComparison.Ordinal);
        Assert.Contains(words, page.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_cloud_refuses_is_a_page_as_well()
    {
        using var project = await Starter.New();

        var page = (await project.Run("plan", Scope, "--sandbox", "--format", "markdown", "--fault",
            "refuse:cloudformation:DescribeStacks:AccessDenied")).Fails();

        Assert.Contains("AWS could not be asked", page.Out, StringComparison.Ordinal);
        Assert.Contains("cloudformation:DescribeStacks", page.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_formats_at_once_are_a_mistake()
    {
        using var project = await Starter.New();

        var ran = (await project.Run("plan", "--sandbox", "--json", "--format", "markdown")).Fails();

        Assert.Contains("--json and --format contradict each other", ran.All, StringComparison.Ordinal);
    }
}
