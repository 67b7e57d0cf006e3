using System.Text.Json.Nodes;

namespace Paco.Cli.Tests.Acceptance;

/// <summary>What is watched, who is told, and what switching it on and off makes and takes away.</summary>
public class AlarmTests
{
    private const string AlarmType = "AWS::CloudWatch::Alarm";
    private const string Sets = "monitor/AlarmSets.yaml";
    private const string Topics = "resource/snstopics.yaml";
    private const string HealthCheck = "NE-mynet-prod-App-app-external-ping-Route53HealthCheck";
    private const string Off = "                  monitoring:\n                    enabled: false\n";
    private const string On = "                  monitoring:\n                    enabled: true\n";

    [Fact]
    public async Task Row_005_production_has_17_alarms()
    {
        var cloud = await Starter.Shared();

        Assert.Equal(16, (await cloud.All("prod", AlarmType)).Count);
        Assert.Single(await cloud.All("prod", AlarmType, "us-east-1"));
    }

    [Fact]
    public async Task Row_022_monitoring_without_topics_is_an_error_that_says_what_to_add()
    {
        using var project = await Starter.New();
        File.Delete(Path.Combine(project.Home, Topics));

        var ran = (await project.Run("validate", "netenv.mynet.prod")).Fails();

        Assert.Contains("error PACO3091", ran.Out, StringComparison.Ordinal);
        Assert.Contains("there is no topic \"admin\" in prod · us-west-2", ran.Out, StringComparison.Ordinal);
        Assert.Contains("there is no topic \"admin\" in prod · us-east-1", ran.Out, StringComparison.Ordinal);
        Assert.Contains("write resource/sns.yaml", ran.Out, StringComparison.Ordinal);
        (await project.Run("validate", "netenv.mynet.dev")).Succeeds();
    }

    [Theory]
    [InlineData("us-west-2")]
    [InlineData("us-east-1")]
    public async Task Row_024_every_alarm_tells_the_administrators_topic_of_its_region(string region)
    {
        var cloud = await Starter.Shared();
        var topic = await cloud.Only("prod", "AWS::SNS::Topic", region);

        Assert.All(await cloud.All("prod", AlarmType, region), alarm =>
        {
            Assert.Equal([topic.Identifier], alarm["AlarmActions"]!.AsArray().Select(a => a!.ToString()));
            var description = JsonNode.Parse(alarm.Text("AlarmDescription"))!;
            Assert.Equal([topic.Identifier], description["topic_arns"]!.AsArray().Select(a => a!.ToString()));
            Assert.Equal(("prod", "app", "us-west-2"),
                ($"{description["env_name"]}", $"{description["app_name"]}", $"{description["envreg_name"]}"));
        });
    }

    [Fact]
    public async Task Row_027_without_health_checks_their_region_can_go()
    {
        using var project = await Starter.WithGlobals();
        project.Edit(Topics, "  - us-east-1\n", "");
        project.Edit("project.yaml", "  - us-east-1\n", "");
        project.Edit(Starter.Netenv, "          title: \"External ping\"\n          enabled: true\n",
            "          title: \"External ping\"\n          enabled: false\n");

        (await project.Run("validate", "netenv.mynet.prod")).Succeeds();
        await project.Provision("netenv.mynet.prod");

        await using var cloud = new Sandbox(project.Home);
        Assert.Equal(16, (await cloud.All("prod", AlarmType)).Count);
        Assert.Empty(await cloud.All("prod", AlarmType, "us-east-1"));
    }

    [Theory]
    [InlineData("dev")]
    [InlineData("staging")]
    public async Task Row_082_at_first_only_production_is_watched(string environment)
    {
        var cloud = await Starter.Shared();

        Assert.Empty(await cloud.All(environment, AlarmType));
    }

    [Fact]
    public async Task Row_083_and_084_monitoring_is_switched_on_and_off_in_staging()
    {
        using var project = await Starter.Provisioned();
        await using var cloud = new Sandbox(project.Home);
        var before = (await cloud.Stacks("staging")).Keys.Order().ToArray();

        Switch(project, Off, On);
        var plan = (await project.Run("plan", "netenv.mynet.staging", "--sandbox")).Ends(ExitCode.Changes);
        await project.Provision("netenv.mynet.staging");

        Assert.Contains("2 update, rolls 1 server", plan.Out, StringComparison.Ordinal);
        foreach (var (stack, alarms) in new[] { ("alb-LBApplication", 4), ("web-ASG", 9), ("database-RDSMysql", 3) })
            Assert.Equal(alarms, (await cloud.ResourcesOf("staging", $"NE-mynet-staging-App-app-site-{stack}-Alarms")).Count);

        Switch(project, On, Off);
        var off = (await project.Run("provision", "netenv.mynet.staging", "--sandbox", "--yes")).Succeeds();

        Assert.Contains("monitoring is off", off.Out, StringComparison.Ordinal);
        Assert.Empty(await cloud.All("staging", AlarmType));
        Assert.Equal(before, (await cloud.Stacks("staging")).Keys.Order());
        (await project.Run("plan", "netenv.mynet.staging", "--sandbox")).Ends(ExitCode.Success);
    }

    // Load balancer, web servers and database.
    private static void Switch(ProjectFolder project, string before, string after)
    {
        for (var i = 0; i < 3; i++)
            project.EditEnvironment("staging", before, after);
    }

    [Fact]
    public async Task Row_083_switched_off_an_application_loses_its_health_check()
    {
        using var project = await Starter.Provisioned();
        project.EditEnvironment("prod", "          monitoring:\n            enabled: true\n",
            "          monitoring:\n            enabled: false\n");

        await project.Provision("netenv.mynet.prod");

        await using var cloud = new Sandbox(project.Home);
        Assert.Equal(["EmptyTemplatePlaceholder"], (await cloud.ResourcesOf("prod", HealthCheck, "us-east-1")).Keys);
        Assert.Equal(16, (await cloud.All("prod", AlarmType)).Count);
    }

    [Fact]
    public async Task Row_087_and_098_alarms_on_logs_look_at_what_filters_count_in_the_groups()
    {
        var cloud = await Starter.Shared();

        var counted = (await cloud.All("prod", AlarmType)).Where(a => a.Text("Namespace").StartsWith("Paco/", StringComparison.Ordinal))
            .ToDictionary(a => a.Text("MetricName"));

        Assert.Equal(["CfnInitErrorMetric", "CodeDeployErrorMetric", "HttpdLogCountMetric", "WsgiErrorMetric"], counted.Keys.Order());
        Assert.Equal("Paco/mynet-prod-app-site-web-app-httpd_error", counted["WsgiErrorMetric"].Text("Namespace"));
        Assert.All(counted.Values, alarm => Assert.Empty(alarm["Dimensions"]?.AsArray() ?? []));
    }

    [Fact]
    public async Task Row_089_a_threshold_is_changed_in_one_file_and_one_alarm_is_updated()
    {
        using var project = await Starter.Provisioned();
        project.Edit(Sets, "      threshold: 1.5\n", "      threshold: 2.5\n");

        var ran = await project.Provision("netenv.mynet.prod");

        Assert.Contains("1 updated", ran.Out, StringComparison.Ordinal);
        await using var cloud = new Sandbox(project.Home);
        var alarm = await cloud.In("prod", "NE-mynet-prod-App-app-site-alb-LBApplication-Alarms", "AlarmperformanceSlowTargetResponseTime",
            AlarmType);
        Assert.Equal("2.5", alarm.Text("Threshold"));
    }

    [Fact]
    public async Task Alarms_of_the_load_balancer_know_it_by_its_full_name()
    {
        var cloud = await Starter.Shared();

        var balanced = (await cloud.All("prod", AlarmType)).Where(a => a.Text("Namespace") == "AWS/ApplicationELB").ToArray();

        Assert.Equal(4, balanced.Length);
        Assert.All(balanced, alarm => Assert.StartsWith("app/",
            alarm["Dimensions"]!.AsArray().First(d => d!["Name"]!.ToString() == "LoadBalancer")!["Value"]!.ToString(),
            StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("app", "httpd_eror", "did you mean \"httpd_error\"?")]
    [InlineData("web", "httpd_error", "not among the log_sets here")]
    public async Task Row_097_a_log_alarm_on_what_is_not_there_is_an_error(string set, string group, string told)
    {
        using var project = await Starter.New();
        project.Edit(Sets, "      log_set_name: app\n      log_group_name: httpd_error\n",
            $"      log_set_name: {set}\n      log_group_name: {group}\n");

        var ran = (await project.Run("validate", "netenv.mynet.prod")).Fails();

        Assert.Contains("error PACO3068", ran.Out, StringComparison.Ordinal);
        Assert.Matches(@"monitor/AlarmSets\.yaml:\d+:\d+", ran.Out);
        Assert.Contains(told, ran.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_105_a_typo_in_what_an_alarm_refers_to_is_told_before_anything_is_asked()
    {
        using var project = await Starter.New();
        project.Write(Sets, project.Read(Sets).Replace("alb.target_groups.app.fullname", "alb.target_groups.ap.fullname",
            StringComparison.Ordinal));

        var ran = (await project.Run("validate", "netenv.mynet.prod")).Fails();

        Assert.Contains("error PACO3001", ran.Out, StringComparison.Ordinal);
        Assert.Matches(@"monitor/AlarmSets\.yaml:\d+:\d+", ran.Out);
        Assert.Contains("has no \"ap\"", ran.Out, StringComparison.Ordinal);
    }
}
