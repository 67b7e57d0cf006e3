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
    public async Task Monitoring_that_is_switched_on_and_off_keeps_every_group()
    {
        using var project = await Starter.Provisioned();
        await using (var sandbox = new Sandbox(project.Home))
            await sandbox.Log("dev", Group, "i-0123456789abcdef0", (TimeProvider.System.GetUtcNow(), "kept"));
        const string Off = "              enabled: false\n              collection_interval: 60\n";
        var on = Off.Replace("false", "true", StringComparison.Ordinal);
        project.Edit(Starter.Netenv, Off, on);
        await project.Provision(Scope);
        project.Edit(Starter.Netenv, on, Off);
        await project.Provision(Scope);

        var kept = (await project.Run("logs", Scope, "--sandbox", "--group", "cfn_init")).Succeeds();

        Assert.Contains("kept", kept.Out, StringComparison.Ordinal);
    }
}
