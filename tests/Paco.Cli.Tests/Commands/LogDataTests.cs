namespace Paco.Cli.Tests.Commands;

/// <summary>A log group holds data: nothing of it goes in passing.</summary>
public sealed class LogDataTests
{
    private const string Scope = "netenv.mynet.dev";
    private const string Group = "mynet-dev-app-site-web-cloud-cfn_init";

    [Fact]
    public async Task A_shorter_retention_loses_events_and_needs_permission()
    {
        using var project = await Starter.Provisioned();
        project.Edit("monitor/Logging.yaml", "expire_events_after_days: \"30\"", "expire_events_after_days: \"7\"");

        var plan = await project.Run("plan", Scope, "--sandbox");
        var refused = (await project.Run("provision", Scope, "--sandbox", "--yes")).Fails();

        Assert.Contains("the events of before", plan.Out, StringComparison.Ordinal);
        Assert.Contains("would lose data", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--allow-destroy netenv.mynet.dev.us-west-2.applications.app.groups.site.resources.web.log_groups", refused.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_longer_one_loses_nothing()
    {
        using var project = await Starter.Provisioned();
        project.Edit("monitor/Logging.yaml", "expire_events_after_days: \"30\"", "expire_events_after_days: \"60\"");

        (await project.Run("provision", Scope, "--sandbox", "--yes")).Succeeds();
    }

    [Fact]
    public async Task A_log_set_that_is_taken_out_goes_with_its_events_once_that_is_permitted()
    {
        using var project = await Starter.Provisioned();
        project.Edit(Starter.Netenv, "                cloud:\n", "");
        project.Edit(Starter.Netenv, "                log-alarms:\n", "");

        var refused = (await project.Run("provision", Scope, "--sandbox", "--yes")).Fails();
        await using (var before = new Sandbox(project.Home))
            Assert.Contains(await before.All("dev", "AWS::Logs::LogGroup"), g => g.Identifier == Group);
        (await project.Run("provision", Scope, "--sandbox", "--yes", "--allow-destroy", Scope)).Succeeds();

        Assert.Contains("would lose data", refused.Error, StringComparison.Ordinal);
        await using var after = new Sandbox(project.Home);
        Assert.DoesNotContain(await after.All("dev", "AWS::Logs::LogGroup"), g => g.Identifier == Group);
    }

    [Fact]
    public async Task Where_monitoring_is_switched_off_every_group_stays_and_the_plan_names_them()
    {
        const string Watched = "netenv.mynet.prod";
        const string Stays = "mynet-prod-app-site-web-cloud-cfn_init";
        const string On = "                    pause_time: PT5M\n                  monitoring:\n                    enabled: true\n";
        using var project = await Starter.Provisioned();
        await using (var sandbox = new Sandbox(project.Home))
            await sandbox.Log("prod", Stays, "i-0123456789abcdef0", (TimeProvider.System.GetUtcNow(), "kept"));
        project.EditEnvironment("prod", On, On.Replace("true", "false", StringComparison.Ordinal));

        var plan = (await project.Run("plan", Watched, "--sandbox")).Ends(ExitCode.Changes);
        var json = (await project.Run("plan", Watched, "--sandbox", "--json")).Json["keptLogs"]!.AsArray();
        var page = await project.Run("plan", Watched, "--sandbox", "--format", "markdown");
        await project.Provision(Watched);
        var kept = (await project.Run("logs", Watched, "--sandbox", "--group", "cfn_init")).Succeeds();
        var after = (await project.Run("plan", Watched, "--sandbox", "--json")).Succeeds();

        Assert.Matches(
            "= app/site/web log groups \\(prod.*\\): [0-9]+ log groups stay with what they hold, though monitoring is off: ", plan.Out);
        Assert.All([plan.Out, page.Out], text => Assert.Contains(Stays, text, StringComparison.Ordinal));
        Assert.Contains(Stays, Assert.Single(json)!["groups"]!.AsArray().Select(g => $"{g}"));
        Assert.Contains("kept", kept.Out, StringComparison.Ordinal);
        Assert.Empty(after.Json["keptLogs"]!.AsArray());
    }
}
