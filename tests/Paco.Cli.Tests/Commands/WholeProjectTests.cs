namespace Paco.Cli.Tests.Commands;

/// <summary>Scopes that are wider than an environment, up to the whole project.</summary>
public sealed class WholeProjectTests
{
    [Fact]
    public async Task A_project_is_provisioned_looked_at_and_deleted_as_a_whole()
    {
        using var project = await Starter.New();
        project.EditEnvironment("prod", "deletion_protection: true", "deletion_protection: false");

        var made = (await project.Run("provision", "--all", "--sandbox", "--yes", "--secrets-dir", "keys")).Succeeds();
        Assert.Contains("✓ Provision the whole project:", made.Out, StringComparison.Ordinal);
        Assert.Contains("Next: paco plan --sandbox shows", made.Out, StringComparison.Ordinal);

        Assert.StartsWith("Plan  the whole project", (await project.Run("plan", "--sandbox")).Succeeds().Out, StringComparison.Ordinal);
        Assert.StartsWith("Drift  the whole project", (await project.Run("drift", "--sandbox")).Succeeds().Out, StringComparison.Ordinal);
        Assert.Contains("Every stack of the whole project is in order.",
            (await project.Run("recover", "--all", "--sandbox")).Succeeds().Out, StringComparison.Ordinal);

        var refused = (await project.Run("delete", "--all", "--sandbox", "--yes")).Fails();
        var offered = refused.Error.Split("agree to it with ")[1].Trim().Split(' ');
        Assert.Contains("netenv.mynet", offered);
        (await project.Run(["delete", "--all", "--sandbox", "--yes", .. offered])).Succeeds();
        await using var cloud = new Sandbox(project.Home);
        foreach (var account in new[] { "dev", "staging", "prod" })
            Assert.Empty(await cloud.Stacks(account));
    }

    [Theory]
    [InlineData("netenv")]
    [InlineData("netenv.mynet")]
    [InlineData("resource")]
    public async Task What_is_narrower_is_whole_in_itself(string scope)
    {
        using var project = await Starter.Provisioned();
        await project.Provision("resource.iam");

        (await project.Run("plan", scope, "--sandbox")).Succeeds();
        Assert.StartsWith($"{scope} is valid", (await project.Run("validate", scope)).Succeeds().Out, StringComparison.Ordinal);
        (await project.Run("provision", scope, "--sandbox", "--yes")).Succeeds();
    }

    [Fact]
    public async Task What_is_lost_is_permitted_by_as_few_references_as_cover_nothing_else()
    {
        using var project = await Starter.Provisioned();

        var environment = (await project.Run("delete", "netenv.mynet.dev", "--sandbox", "--yes")).Fails();

        var offered = environment.Error.Split("agree to it with ")[1].Trim();
        Assert.Equal("--allow-destroy netenv.mynet.dev.us-west-2", offered);
        (await project.Run(["delete", "netenv.mynet.dev", "--sandbox", "--yes", .. offered.Split(' ')])).Succeeds();
    }

    [Fact]
    public async Task A_plan_of_everything_is_kept_and_done()
    {
        using var project = await Starter.Provisioned();
        project.EditEnvironment("dev", "                  multi_az: false\n", "                  multi_az: true\n");

        var kept = (await project.Run("plan", "--sandbox", "--out", "all.plan")).Ends(ExitCode.Changes);

        Assert.Contains("all.plan --sandbox does exactly this", kept.Error, StringComparison.Ordinal);
        (await project.Run("provision", "all.plan", "--sandbox")).Succeeds();
        (await project.Run("plan", "--sandbox")).Succeeds();
    }

    [Fact]
    public async Task Accounts_that_are_not_made_yet_are_told_at_once_and_validate_needs_none()
    {
        using var project = new ProjectFolder();
        project.At = project.Above;
        (await project.Run("init", "project", "myproj", "--defaults")).Succeeds();
        project.At = null;

        var ran = (await project.Run("plan", "--sandbox")).Fails();

        Assert.Equal("""
            error: the accounts dev, prod, staging, tools have no account_id yet
              paco provision accounts --sandbox makes them there

            """.ReplaceLineEndings("\n"), ran.Error.ReplaceLineEndings("\n"));
        Assert.StartsWith("The whole project is valid", (await project.Run("validate")).Succeeds().Out, StringComparison.Ordinal);
    }
}
