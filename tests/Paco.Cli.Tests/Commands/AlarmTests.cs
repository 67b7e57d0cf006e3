using Paco.Clouds;

namespace Paco.Cli.Tests.Commands;

/// <summary><c>paco alarms</c>: what is watched, and how it stands.</summary>
public sealed class AlarmTests
{
    private const string Acme = "netenv/acme.yaml";
    private const string Sets = "monitor/AlarmSets.yaml";
    private const string Environment = "netenv.acme.dev";

    // What a period without values counts as changes nothing: a state that somebody sets stays, however long a test takes.
    private const string Orders = """
        App:
          orders:
            Failed:
              enabled: true
              classification: health
              severity: critical
              metric_name: FailedOrders
              namespace: Shop
              statistic: Sum
              comparison_operator: GreaterThanOrEqualToThreshold
              threshold: 20000
              period: 300
              evaluation_periods: 6
              treat_missing_data: ignore
              runbook_url: https://wiki.example.com/orders
            Slow:
              enabled: true
              metric_name: disk_used_percent
              namespace: Shop
              extended_statistic: p99
              comparison_operator: GreaterThanThreshold
              threshold: 0.5
              period: 60
              evaluation_periods: 1
              treat_missing_data: ignore
            Quiet:
              enabled: false
              metric_name: Orders
              namespace: Shop
              statistic: Sum
              comparison_operator: LessThanThreshold
              threshold: 1
              period: 3600
              evaluation_periods: 24
              treat_missing_data: ignore

        """;

    private const string Topics = """
        default_locations:
          - account: paco.ref accounts.dev
            regions: [us-west-2]
        topics:
          admin:

        """;

    private const string Watched = """
        enabled: true
            monitoring:
              enabled: true
              alarm_sets:
                orders:
              notifications:
                admins:
                  groups: [admin]
        """;

    [Fact]
    public async Task Without_a_cloud_the_project_says_what_is_watched_and_who_is_told()
    {
        using var project = WithAlarms();

        var ran = (await project.Run("alarms", Environment, "--offline")).Succeeds();

        Assert.Equal("""
            Alarms  netenv.acme.dev    3 alarms, 1 switched off

            app  dev · us-west-2
              orders.Failed
                FailedOrders Sum ≥ 20,000 for 30 of 30 min; no data keeps it
                health, critical; tells admin
                https://wiki.example.com/orders
              orders.Slow
                disk_used_percent p99 > 0.5 % for 1 of 1 min; no data keeps it
                unset, low; tells admin
              orders.Quiet
                Orders Sum < 1 for 24 of 24 h; no data keeps it
                unset, low; tells admin

            """, ran.Out);
    }

    [Fact]
    public async Task What_is_not_deployed_says_so_and_nothing_is_made_up()
    {
        using var project = WithAlarms();

        var ran = (await project.Run("alarms", Environment, "--sandbox")).Succeeds();

        Assert.Contains("none of 0 in alarm, 2 not deployed yet, 1 switched off", ran.Out, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^  not yet   orders\.Failed$", ran.Out);
        Assert.Matches(@"(?m)^  off       orders\.Quiet$", ran.Out);
    }

    [Fact]
    public async Task What_is_in_alarm_comes_first_in_eighty_columns_with_its_reason_and_is_told_by_the_exit_code()
    {
        using var project = await Deployed();
        await Set(project, "Slow", "ALARM", "Disk full");

        var ran = (await project.Run("alarms", Environment, "--sandbox")).Succeeds();
        var told = (await project.Run("alarms", Environment, "--sandbox", "--state", "alarm", "--exit-code")).Ends(ExitCode.Changes);
        var none = (await project.Run("alarms", Environment, "--sandbox", "--state", "OK")).Succeeds();

        Assert.Contains("1 of 2 in alarm, 1 without data, 1 switched off", ran.Out, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^  ALARM     orders\.Slow  since \d\d:\d\d$", ran.Out);
        Assert.Contains("            Disk full\n", ran.Out, StringComparison.Ordinal);
        Assert.True(ran.Out.IndexOf("orders.Slow", StringComparison.Ordinal) < ran.Out.IndexOf("orders.Failed", StringComparison.Ordinal));
        Assert.All(ran.Out.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains("1 of 2 in alarm", told.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("orders.Failed", told.Out, StringComparison.Ordinal);
        Assert.Equal("No alarm in netenv.acme.dev is in the state OK.\n", none.Out);
    }

    [Fact]
    public async Task An_alarm_that_the_project_has_no_longer_is_shown_as_long_as_it_is_there()
    {
        using var project = await Deployed();
        project.Edit(Sets, "    Slow:\n      enabled: true\n", "    Slower:\n      enabled: true\n");

        var ran = (await project.Run("alarms", Environment, "--sandbox")).Succeeds();
        var json = (await project.Run("alarms", Environment, "--sandbox", "--json")).Succeeds().Json;

        Assert.Contains("1 not deployed yet, 1 no longer in the project", ran.Out, StringComparison.Ordinal);
        var left = json["alarms"]!.AsArray().Single(a => (bool)a!["left"]!)!;
        Assert.StartsWith("NE-acme-dev-App-app-Alarms-AlarmordersSlow-", left["alarm"]!.ToString(), StringComparison.Ordinal);
        Assert.Equal(("insufficient-data", null), (left["state"]!.ToString(), left["name"]));
    }

    [Fact]
    public async Task All_alarms_of_a_project_that_watches_nothing_any_more_are_left_and_deleted_with_their_stack()
    {
        using var project = await Deployed();
        project.Edit(Acme, Watched, "enabled: true");

        var left = (await project.Run("alarms", Environment, "--sandbox")).Succeeds();
        (await project.Run("provision", Environment, "--sandbox", "--yes", "--prune")).Succeeds();
        var gone = (await project.Run("alarms", Environment, "--sandbox")).Succeeds();

        Assert.Contains("none of 2 in alarm, 2 without data, 2 no longer in the project", left.Out, StringComparison.Ordinal);
        Assert.Equal("Nothing in netenv.acme.dev has an alarm.\n", gone.Out);
    }

    [Fact]
    public async Task An_alarm_that_somebody_deleted_is_missed()
    {
        using var project = await Deployed();
        await using (var cloud = new Sandbox(project.Home))
            await cloud.Query("dev", "monitoring", "2010-08-01", "DeleteAlarms", ("AlarmNames.member.1", await NameOf(cloud, "Slow")));

        var ran = (await project.Run("alarms", Environment, "--sandbox")).Succeeds();

        Assert.Contains("1 deleted outside Paco", ran.Out, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^  deleted   orders\.Slow$", ran.Out);
    }

    [Fact]
    public async Task Programs_get_every_fact()
    {
        using var project = await Deployed();
        await Set(project, "Failed", "ALARM", "20,001 failed", """{"recentDatapoints": [1, 20001]}""");

        var json = (await project.Run("alarms", Environment, "--sandbox", "--json")).Succeeds().Json;

        var failed = json["alarms"]!.AsArray()[0]!;
        Assert.Equal(
            ("alarm", "Failed", "FailedOrders", 20000, 20001.0, "20,001 failed", "admin", "https://wiki.example.com/orders"),
            (failed["state"]!.ToString(), failed["name"]!.ToString(), failed["metric"]!.ToString(), (int)failed["threshold"]!,
                (double)failed["value"]!, failed["reason"]!.ToString(), failed["groups"]!.AsArray().Single()!.ToString(),
                failed["runbook"]!.ToString()));
        Assert.StartsWith($"{Sets}:", failed["source"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_cannot_sign_in_is_told_why_and_sees_what_the_project_says()
    {
        using var project = WithAlarms();

        var ran = (await project.Run("alarms", Environment, "--no-sandbox")).Succeeds();
        var asked = (await project.Run("alarms", Environment, "--no-sandbox", "--state", "ALARM")).Fails();

        Assert.Contains("3 alarms", ran.Out, StringComparison.Ordinal);
        Assert.Contains("How they stand is not known: ", ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("3 alarms", asked.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--state", "RED", "INSUFFICIENT_DATA")]
    [InlineData("--offline", "--exit-code", "only a cloud knows how alarms stand")]
    public async Task What_cannot_be_answered_is_refused_with_what_can(string one, string other, string words)
    {
        using var project = WithAlarms();

        var ran = (await project.Run("alarms", Environment, one, other)).Fails();

        Assert.Contains(words, ran.Error, StringComparison.Ordinal);
    }

    private static ProjectFolder WithAlarms()
    {
        var project = LeftTests.Customers();
        Arm(project);
        return project;
    }

    private static async Task<ProjectFolder> Deployed()
    {
        var project = await LeftTests.WithAcme();
        Arm(project);
        await project.Provision("resource.sns");
        await project.Provision(Environment);
        return project;
    }

    private static void Arm(ProjectFolder project)
    {
        project.Write(Sets, Orders);
        project.Write("resource/sns.yaml", Topics);
        project.Edit(Acme, "title: Application\n    enabled: true", $"title: Application\n    {Watched}");
    }

    private static async Task Set(ProjectFolder project, string alarm, string state, string reason, string data = "")
    {
        await using var cloud = new Sandbox(project.Home);
        await cloud.Query("dev", "monitoring", "2010-08-01", "SetAlarmState", ("AlarmName", await NameOf(cloud, alarm)),
            ("StateValue", state), ("StateReason", reason), ("StateReasonData", data));
    }

    private static async Task<string> NameOf(Sandbox cloud, string alarm) => (await cloud.Aws.CloudWatch(new Place("dev", Sandbox.Region))
        .DescribeAlarms("NE-acme-dev-", CancellationToken.None))
        .Single(a => a.Name.Contains($"Alarmorders{alarm}", StringComparison.Ordinal)).Name;
}
