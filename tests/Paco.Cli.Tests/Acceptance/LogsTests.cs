using System.Text.Json.Nodes;

namespace Paco.Cli.Tests.Acceptance;

/// <summary>What servers write: the agent, the log groups, what is counted in them.</summary>
public class LogsTests
{
    private const string Groups = "NE-mynet-prod-App-app-site-web-LogGroups";
    private const string Group = "AWS::Logs::LogGroup";
    private const string Filter = "AWS::Logs::MetricFilter";

    private static async Task<JsonNode> Agent(Sandbox cloud)
    {
        var bucket = (await cloud.Stack("prod", "NE-mynet-prod-App-app-site-web-ec2lm-S3")).Outputs["WebEc2lmBucketName"];
        return JsonNode.Parse(await cloud.Bundle("prod", bucket, "CloudWatchAgent", "amazon-cloudwatch-agent.json"))!;
    }

    [Fact]
    public async Task Row_004_the_agent_collects_swap_disk_and_eight_logs()
    {
        var agent = await Agent(await Starter.Shared());

        var metrics = agent["metrics"]!["metrics_collected"]!.AsObject();
        var logs = agent["logs"]!["logs_collected"]!;
        Assert.Equal(["disk", "swap"], metrics.Select(m => m.Key).Order(StringComparer.Ordinal));
        Assert.Equal(300, metrics["disk"]!["metrics_collection_interval"]!.GetValue<int>());
        Assert.Equal(
            ["/var/log/audit/audit.log", "/var/log/aws/codedeploy-agent/codedeploy-agent.log", "/var/log/cfn-init.log",
                "/var/log/dnf.log", "/var/log/httpd/access_log", "/var/log/httpd/error_log"],
            logs["files"]!["collect_list"]!.AsArray().Select(l => l!["file_path"]!.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(["mynet-prod-app-site-web-rpm_linux-messages", "mynet-prod-app-site-web-rpm_linux-secure"],
            logs["journald"]!["collect_list"]!.AsArray().Select(l => l!["log_group_name"]!.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Row_085_the_servers_have_eight_log_groups_and_the_agent_writes_to_each()
    {
        var cloud = await Starter.Shared();

        var names = (await cloud.ResourcesOf("prod", Groups)).Values.ToHashSet();
        var groups = (await cloud.All("prod", Group)).Where(g => names.Contains(g.Identifier)).ToList();
        var written = (await Agent(cloud))["logs"]!["logs_collected"]!.AsObject()
            .SelectMany(kind => kind.Value!["collect_list"]!.AsArray()).Select(l => l!["log_group_name"]!.ToString());

        Assert.Equal(
            ["mynet-prod-app-site-web-app-httpd_access 30", "mynet-prod-app-site-web-app-httpd_error 30",
                "mynet-prod-app-site-web-cloud-cfn_init 90", "mynet-prod-app-site-web-cloud-codedeploy 90",
                "mynet-prod-app-site-web-paco_ssm 30", "mynet-prod-app-site-web-rpm_linux-audit 90",
                "mynet-prod-app-site-web-rpm_linux-messages 90", "mynet-prod-app-site-web-rpm_linux-secure 90",
                "mynet-prod-app-site-web-rpm_linux-yum 90"],
            groups.Select(g => $"{g.Identifier} {g["RetentionInDays"]}").Order(StringComparer.Ordinal));
        var ofSets = groups.Select(g => g.Identifier).Where(name => !name.EndsWith("paco_ssm", StringComparison.Ordinal));
        Assert.Equal(ofSets.Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Row_086_four_metric_filters_count_in_them()
    {
        var cloud = await Starter.Shared();

        var filters = await cloud.All("prod", Filter);

        Assert.Equal(
            ["CfnInitErrorMetric Paco/mynet-prod-app-site-web-cloud-cfn_init",
                "CodeDeployErrorMetric Paco/mynet-prod-app-site-web-cloud-codedeploy",
                "HttpdLogCountMetric Paco/mynet-prod-app-site-web-app-httpd_access",
                "WsgiErrorMetric Paco/mynet-prod-app-site-web-app-httpd_error"],
            filters.Select(f => f["MetricTransformations"]![0]!).Select(t => $"{t["MetricName"]} {t["MetricNamespace"]}")
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Row_095_another_path_in_Logging_is_another_in_the_agents_configuration()
    {
        using var project = await Starter.New();
        project.Edit("monitor/Logging.yaml", "/var/log/cfn-init.log", "/var/log/cfn-init-other.log");
        project.Edit("monitor/Logging.yaml", "/var/log/dnf.log", "/var/log/yum.log");

        var ran = (await project.Run("validate", "netenv.mynet.prod")).Succeeds();

        // The journal's way out for what the system does not write.
        Assert.Contains("PACO3079: the image's system writes no /var/log/yum.log", ran.All, StringComparison.Ordinal);
        (await project.Run("provision", "accounts", "--sandbox", "--yes")).Succeeds();
        (await project.Run("provision", "resource", "--sandbox", "--yes")).Succeeds();
        await project.Provision("netenv.mynet.prod");
        await using var cloud = new Sandbox(project.Home);
        Assert.Contains("/var/log/cfn-init-other.log", (await Agent(cloud)).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_096_the_filters_on_what_the_cloud_does_count_errors()
    {
        var cloud = await Starter.Shared();

        var filters = (await cloud.All("prod", Filter))
            .Where(f => f.Text("LogGroupName").Contains("-cloud-", StringComparison.Ordinal));

        Assert.Equal(["\" ERROR \"", "\"[ERROR]\""], filters.Select(f => f.Text("FilterPattern")).Order(StringComparer.Ordinal));
    }
}
