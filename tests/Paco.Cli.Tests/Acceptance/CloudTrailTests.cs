using System.Text.Json.Nodes;

namespace Paco.Cli.Tests.Acceptance;

/// <summary>The records of what happens in every account.</summary>
public class CloudTrailTests
{
    private const string Scope = "resource.cloudtrail";
    private const string File = "resource/cloudtrail.yaml";
    private const string TrailType = "AWS::CloudTrail::Trail";
    private const string GroupType = "AWS::Logs::LogGroup";
    private const string Bucket = "paco-s3-cloudtrail-cloudtrail-tools-abcd1234-usw2";
    private const string TrailLog = """
            cloudwatchlogs_log_group:
              log_group_name: CloudTrail
              expire_events_after_days: "14"
        """;

    [Fact]
    public async Task Row_015_without_cloudtrail_nothing_is_missing()
    {
        using var project = await Starter.New();
        System.IO.File.Delete(Path.Combine(project.Home, File));

        foreach (var scope in new[] { "resource.iam", "resource.sns", "resource.ec2", "resource.route53", "netenv.mynet.dev" })
            await project.Provision(scope);

        (await project.Run("validate")).Succeeds();
        await using var cloud = new Sandbox(project.Home);
        Assert.Empty(await cloud.All("dev", TrailType));
    }

    [Fact]
    public async Task Row_016_every_account_sends_its_trail_to_one_bucket_of_tools()
    {
        using var project = await Starter.New();
        await project.Provision(Scope);

        await using var cloud = new Sandbox(project.Home);
        foreach (var account in Starter.Accounts.Keys)
            Assert.Equal(Bucket, (await cloud.Only(account, TrailType)).Text("S3BucketName"));
        var policy = await cloud.One("tools", "AWS::S3::BucketPolicy", Bucket);
        var objects = Statement(policy["PolicyDocument"]!, "s3:PutObject")["Resource"]!.AsArray().Select(r => r!.ToString());
        Assert.Equal(Starter.Accounts.Values.Select(id => $"arn:aws:s3:::{Bucket}/cloudtrails/AWSLogs/{id}/*").Order(), objects.Order());
        var key = await cloud.Only("tools", "AWS::KMS::Key");
        Assert.DoesNotContain(key["KeyPolicy"]!["Statement"]!.AsArray(),
            s => s!["Action"]!.ToJsonString().Contains("kms:Decrypt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Row_017_another_account_gets_the_bucket_and_the_key()
    {
        using var project = await Starter.New();
        await project.Provision(Scope);
        project.Edit(File, "s3_bucket_account: paco.ref accounts.tools", "s3_bucket_account: paco.ref accounts.prod");

        var plan = (await project.Run("plan", Scope, "--sandbox")).Ends(ExitCode.Changes);
        await project.Provision(Scope);

        Assert.Contains("…udtrail-tools-abcd1234-usw2 → …udtrail-prod-abcd1234-usw2", plan.Out, StringComparison.Ordinal);
        Assert.Contains(
            $"Resource-CloudTrail-tools-cloudtrail-S3 (tools · us-west-2) left the configuration, with the objects ({Bucket})",
            plan.Out, StringComparison.Ordinal);
        Assert.Contains(
            "Resource-CloudTrail-tools-cloudtrail-KMS (tools · us-west-2) left the configuration, with all that it encrypts",
            plan.Out, StringComparison.Ordinal);
        await using var cloud = new Sandbox(project.Home);
        Assert.Equal("paco-s3-cloudtrail-cloudtrail-prod-abcd1234-usw2",
            (await cloud.ResourcesOf("prod", "Resource-CloudTrail-prod-cloudtrail-S3"))["CloudtrailBucket"]);
        var key = await cloud.Only("prod", "AWS::KMS::Key");
        foreach (var account in Starter.Accounts.Keys)
            Assert.EndsWith(key.Identifier, (await cloud.Only(account, TrailType)).Text("KMSKeyId"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Row_018_each_account_keeps_a_searchable_copy_for_14_days()
    {
        using var project = await Starter.New();
        await project.Provision(Scope);

        await using var cloud = new Sandbox(project.Home);
        foreach (var account in Starter.Accounts.Keys)
        {
            var group = await cloud.One(account, GroupType, "CloudTrail");
            Assert.Equal("14", group.Text("RetentionInDays"));
        }
    }

    [Fact]
    public async Task Row_019_the_copy_is_kept_longer_or_not_made()
    {
        using var project = await Starter.New();
        await project.Provision(Scope);

        project.Edit(File, "expire_events_after_days: \"14\"", "expire_events_after_days: \"30\"");
        await project.Provision(Scope);
        await using (var cloud = new Sandbox(project.Home))
            Assert.Equal("30", (await cloud.One("dev", GroupType, "CloudTrail")).Text("RetentionInDays"));

        project.Edit(File, TrailLog.Replace("14", "30", StringComparison.Ordinal), "");
        var refused = (await project.Run("provision", Scope, "--sandbox", "--yes")).Fails();
        (await project.Run("provision", Scope, "--sandbox", "--yes", "--allow-destroy", Scope)).Succeeds();

        Assert.Contains("would lose the log", refused.All, StringComparison.Ordinal);
        await using var after = new Sandbox(project.Home);
        Assert.Empty(await after.All("dev", GroupType));
        Assert.Null((await after.Only("dev", TrailType))["CloudWatchLogsLogGroupArn"]);
    }

    [Fact]
    public async Task Row_020_events_of_the_copy_are_counted()
    {
        using var project = await Starter.New();
        project.Edit(File, TrailLog, TrailLog + """

                  metric_filters:
                    denied:
                      filter_pattern: '{ $.errorCode = "AccessDenied" }'
                      metric_transformations:
                        - metric_name: Denied
                          metric_value: "1"
            """);

        await project.Provision(Scope);

        await using var cloud = new Sandbox(project.Home);
        var filter = await cloud.Only("prod", "AWS::Logs::MetricFilter");
        Assert.Equal(("CloudTrail", "{ $.errorCode = \"AccessDenied\" }"), (filter.Text("LogGroupName"), filter.Text("FilterPattern")));
        Assert.Equal("Paco/CloudTrail", filter["MetricTransformations"]![0]!["MetricNamespace"]!.ToString());
    }

    [Fact]
    public async Task Row_021_provisioning_makes_a_stack_in_every_account()
    {
        using var project = await Starter.New();

        var first = await project.Provision(Scope);
        var second = await project.Provision(Scope);

        await using var cloud = new Sandbox(project.Home);
        foreach (var account in Starter.Accounts.Keys)
            Assert.Contains($"Resource-CloudTrail-{account}-CloudTrail", (await cloud.Stacks(account)).Keys);
        Assert.Contains("trail cloudtrail in tools", first.Out, StringComparison.Ordinal);
        Assert.Contains("Nothing to do", second.Out, StringComparison.Ordinal);
    }

    private static JsonNode Statement(JsonNode policy, string action) =>
        Assert.Single(policy["Statement"]!.AsArray(),
            s => s!["Action"]!.ToJsonString().Contains($"\"{action}\"", StringComparison.Ordinal))!;
}
