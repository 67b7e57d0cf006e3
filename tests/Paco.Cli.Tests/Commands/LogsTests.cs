using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Paco.Cli.Tests.Commands;

/// <summary><c>logs</c>: the log groups of a scope and what was written to them.</summary>
public sealed class LogsTests
{
    private const string Scope = "netenv.mynet.dev";
    private const string Group = "mynet-dev-app-site-web-cloud-cfn_init";

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private static async Task<ProjectFolder> Logged(params (DateTimeOffset Time, string Message)[] events)
    {
        var project = await Starter.Provisioned();
        await using var sandbox = new Sandbox(project.Home);
        await sandbox.Log("dev", Group, "i-0123456789abcdef0", events);
        return project;
    }

    [Fact]
    public async Task Every_group_of_a_scope_is_shown_with_its_newest_lines_in_eighty_columns()
    {
        using var project = await Logged((Now.AddMinutes(-1), "first"), (Now, "second"));

        var ran = (await project.Run("logs", Scope, "--sandbox")).Succeeds();

        foreach (var group in (string[])["rpm_linux-audit", "rpm_linux-messages", "app-httpd_access", "paco_ssm"])
            Assert.Matches($@"(?m)^mynet-dev-app-site-web-{group} +dev · us-west-2$", ran.Out);
        Assert.Matches(
            @"(?m)^mynet-dev-app-site-web-cloud-cfn_init  dev · us-west-2\n  .{8,19}  …89abcdef0  first\n  .{8,19}  …89abcdef0  second$", ran.Out);
        Assert.All(ran.Out.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public async Task Lines_are_had_by_time_pattern_and_group()
    {
        using var project = await Logged((Now.AddHours(-3), "[ERROR] old"), (Now.AddMinutes(-2), "[ERROR] new"), (Now, "fine"));

        var ran = (await project.Run("logs", Scope, "--sandbox", "--group", "cfn_init", "--since", "1h", "--filter", "\"[ERROR]\""))
            .Succeeds();

        Assert.Contains("[ERROR] new", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("old", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("fine", ran.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("paco_ssm", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_read_a_group_and_its_events_line_by_line()
    {
        using var project = await Logged((Now, "one\ttwo"));

        var ran = (await project.Run("logs", Scope, "--sandbox", "--group", Group, "--json")).Succeeds();

        var lines = ran.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!).ToList();
        Assert.Equal(("log-group", Group, "true"), ($"{lines[0]["type"]}", $"{lines[0]["group"]}", $"{lines[0]["exists"]}"));
        Assert.Equal(("log-event", "i-0123456789abcdef0", "one\ttwo"),
            ($"{lines[1]["type"]}", $"{lines[1]["stream"]}", $"{lines[1]["message"]}"));
    }

    // What is in logs, anybody may have written who can send a request.
    [Fact]
    public async Task What_would_change_a_terminal_is_spelt_out()
    {
        using var project = await Logged((Now, "GET /\u001b[2J\u202e HTTP\r\nsecond line"));

        var ran = (await project.Run("logs", Scope, "--sandbox", "--group", "cfn_init")).Succeeds();

        Assert.Contains("GET /\\u001b[2J\\u202e HTTP", ran.Out, StringComparison.Ordinal);
        Assert.Matches("(?m)^    second line$", ran.Out);
        Assert.DoesNotContain('\u001b', ran.Out);
        Assert.DoesNotContain('\r', ran.Out);
    }

    [Fact]
    public async Task A_group_that_nobody_has_made_yet_is_said()
    {
        using var project = await Starter.WithGlobals();

        var ran = (await project.Run("logs", Scope, "--sandbox", "--group", "cfn_init")).Succeeds();

        Assert.Contains("does not exist yet", ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Databases_that_export_logs_and_trails_have_groups_too()
    {
        using var project = await Starter.WithGlobals();
        project.Edit("netenv/mynet.yaml", "            type: RDSMysql\n",
            "            type: RDSMysql\n            cloudwatch_logs_exports: [error]\n");

        var database = (await project.Run("logs", Scope, "--sandbox", "--group", "error")).Succeeds();
        var trail = (await project.Run("logs", "resource.cloudtrail", "--sandbox")).Succeeds();

        Assert.Contains("/aws/rds/instance/ne-mynet-dev-app-app-site-database-rds/error", database.Out, StringComparison.Ordinal);
        Assert.Matches("(?m)^CloudTrail  tools · us-west-2$", trail.Out);
    }

    [Theory]
    [InlineData("no log group here is called cfn_innit", "--group", "cfn_innit")]
    [InlineData("--since takes a time, got \"yesterday\"", "--since", "yesterday")]
    [InlineData("a word without quotes cannot hold :", "--filter", "a:b")]
    [InlineData("--lines takes 1 to 10,000, got 0", "--lines", "0")]
    public async Task What_cannot_be_meant_is_said(string message, string option, string value)
    {
        using var project = await Starter.WithGlobals();

        var ran = (await project.Run("logs", Scope, "--sandbox", option, value)).Fails();

        Assert.Contains(message, ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Following_shows_what_comes_until_it_is_interrupted()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var project = await Logged((Now, "before"));
        var start = new ProcessStartInfo("env", ["--default-signal=INT", .. PacoProgram.Line,
            "logs", Scope, "--sandbox", "--group", "cfn_init", "--follow", "--json"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = project.Home,
            };
        using var process = Process.Start(start)!;

        var before = JsonNode.Parse((await process.StandardOutput.ReadLineAsync())!)!;
        await using (var sandbox = new Sandbox(project.Home))
            await sandbox.Log("dev", Group, "i-0123456789abcdef0", (TimeProvider.System.GetUtcNow(), "after"));
        var after = JsonNode.Parse((await process.StandardOutput.ReadLineAsync())!)!;
        await Programs.Run("kill", ["-INT", $"{process.Id}"]);
        await process.WaitForExitAsync();

        Assert.Equal(("before", "after"), ($"{before["message"]}", $"{after["message"]}"));
        Assert.Equal(ExitCode.Interrupted, process.ExitCode);
        Assert.DoesNotContain("Stopping", await process.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
    }
}
