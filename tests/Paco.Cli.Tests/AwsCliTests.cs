using System.Text.Json.Nodes;
using Paco.Sandbox;

namespace Paco.Cli.Tests;

/// <summary>The sandbox read and written by the AWS CLI, while a project's environment is in it.</summary>
public class AwsCliTests
{
    private const string Vpc = "NE-mynet-dev-Net-VPC";

    [AwsCliFact]
    public async Task What_everybody_stands_on_is_seen_from_outside()
    {
        var sandbox = await Starter.Shared();
        await using var server = await SandboxServer.Start(sandbox.Local, 0, CancellationToken.None);
        async Task<JsonNode> See(string account, params string[] command) =>
            await AwsCli.Run(AwsCli.Variables(server.Address.AbsoluteUri, await sandbox.Key(account)), command);

        var trail = Assert.Single((await See("dev", "cloudtrail", "describe-trails"))["trailList"]!.AsArray())!;
        var repository = await See("tools", "codecommit", "get-repository", "--repository-name", "app-app");
        var topic = (await See("prod", "sns", "list-topics"))["Topics"]![0]!["TopicArn"]!.ToString();
        var subscription = (await See("prod", "sns", "list-subscriptions-by-topic", "--topic-arn", topic))["Subscriptions"]![0]!;
        var keys = (await See("master", "iam", "list-access-keys", "--user-name", "admin"))["AccessKeyMetadata"]!.AsArray();

        Assert.Equal("paco-s3-cloudtrail-cloudtrail-tools-abcd1234-usw2", trail["S3BucketName"]!.ToString());
        Assert.Equal("ssh://git-codecommit.us-west-2.amazonaws.com/v1/repos/app-app",
            repository["repositoryMetadata"]!["cloneUrlSsh"]!.ToString());
        Assert.Equal(("email", "PendingConfirmation"), (subscription["Protocol"]!.ToString(), subscription["SubscriptionArn"]!.ToString()));
        Assert.Equal("Active", Assert.Single(keys)!["Status"]!.ToString());
    }

    [AwsCliFact]
    public async Task The_AWS_CLI_reads_what_provision_made_and_makes_a_stack_of_its_own()
    {
        using var project = await Starter.Provisioned();
        await using var sandbox = new Sandbox(project.Home);
        await using var server = await SandboxServer.Start(sandbox.Local, 0, CancellationToken.None);
        var dev = AwsCli.Variables(server.Address.AbsoluteUri, await sandbox.Key("dev"));

        var ours = await sandbox.Stacks("dev");
        var stacks = (await AwsCli.Run(dev, "cloudformation", "describe-stacks"))["Stacks"]!.AsArray();
        Assert.Equal(ours.Keys.Order(), stacks.Select(s => s!["StackName"]!.ToString()).Order());
        Assert.All(stacks, s => Assert.Equal("CREATE_COMPLETE", s!["StackStatus"]!.ToString()));

        var resources = (await AwsCli.Run(dev, "cloudformation", "list-stack-resources", "--stack-name",
            Vpc))["StackResourceSummaries"]!.AsArray();
        var vpc = resources.Single(r => r!["ResourceType"]!.ToString() == "AWS::EC2::VPC")!["PhysicalResourceId"]!.ToString();
        Assert.Equal(ours[Vpc].Outputs["VPC"], vpc);

        var events = (await AwsCli.Run(dev, "cloudformation", "describe-stack-events", "--stack-name", Vpc))["StackEvents"]!.AsArray();
        Assert.Equal(("CREATE_COMPLETE", "CREATE_IN_PROGRESS"),
            (events[0]!["ResourceStatus"]!.ToString(), events[^1]!["ResourceStatus"]!.ToString()));
        Assert.All(events, e => Assert.Equal(Vpc, e!["StackName"]!.ToString()));

        var template = await AwsCli.Run(dev, "cloudformation", "get-template", "--stack-name", Vpc);
        Assert.Contains("AWS::EC2::VPC", template["TemplateBody"]!.ToString(), StringComparison.Ordinal);

        await MakesAStack(project, dev);
    }

    [AwsCliFact]
    public async Task The_AWS_CLI_writes_to_log_groups_and_finds_what_it_wrote()
    {
        const string Group = "mynet-dev-app-site-web-app-httpd_error";
        using var project = await Starter.Provisioned();
        await using var sandbox = new Sandbox(project.Home);
        await using var server = await SandboxServer.Start(sandbox.Local, 0, CancellationToken.None);
        var dev = AwsCli.Variables(server.Address.AbsoluteUri, await sandbox.Key("dev"));
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        async Task<JsonNode> Logs(string command, params string[] arguments) =>
            await AwsCli.Run(dev, ["logs", command, "--log-group-name", Group, .. arguments]);

        await Logs("create-log-stream", "--log-stream-name", "i-1");
        await Logs("put-log-events", "--log-stream-name", "i-1", "--log-events", $$"""
            [{"timestamp": {{now - 1}}, "message": "[wsgi:error] broken"}, {"timestamp": {{now}}, "message": "fine"}]
            """);
        var streams = (await Logs("describe-log-streams"))["logStreams"]!.AsArray();
        var broken = (await Logs("filter-log-events", "--filter-pattern", "\"[wsgi:error]\""))["events"]!.AsArray();
        var all = (await Logs("get-log-events", "--log-stream-name", "i-1"))["events"]!.AsArray();
        var filter = (await Logs("describe-metric-filters"))["metricFilters"]!.AsArray();
        var groups = (await AwsCli.Run(dev, "logs", "describe-log-groups", "--log-group-name-prefix", Group))["logGroups"]!.AsArray();
        var tried = (await AwsCli.Run(dev, "logs", "test-metric-filter", "--filter-pattern", "[a, b = 1*]",
            "--log-event-messages", "x 12", "x 2"))["matches"]!.AsArray();

        Assert.Equal("i-1", Assert.Single(streams)!["logStreamName"]!.ToString());
        Assert.Equal("[wsgi:error] broken", Assert.Single(broken)!["message"]!.ToString());
        Assert.Equal(["[wsgi:error] broken", "fine"], all.Select(e => e!["message"]!.ToString()));
        Assert.Equal("WsgiErrorMetric", Assert.Single(filter)!["metricTransformations"]![0]!["metricName"]!.ToString());
        Assert.Equal(("30", "1"), ($"{groups[0]!["retentionInDays"]}", $"{groups[0]!["metricFilterCount"]}"));
        Assert.Equal(("1", "12"), ($"{Assert.Single(tried)!["eventNumber"]}", $"{tried[0]!["extractedValues"]!["$b"]}"));
    }

    private static async Task MakesAStack(ProjectFolder project, Dictionary<string, string> dev)
    {
        project.Write("own.json", """
            {"Resources": {"Topic": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": "own"}}},
             "Outputs": {"Arn": {"Value": {"Ref": "Topic"}, "Export": {"Name": "own-topic"}}}}
            """);
        await AwsCli.Run(dev, "cloudformation", "create-stack", "--stack-name", "own", "--template-body",
            $"file://{Path.Combine(project.Home, "own.json")}");
        var exports = (await AwsCli.Run(dev, "cloudformation", "list-exports"))["Exports"]!.AsArray();
        Assert.Equal("arn:aws:sns:us-west-2:222222222222:own",
            exports.Single(e => e!["Name"]!.ToString() == "own-topic")!["Value"]!.ToString());

        project.Write("own.json", project.Read("own.json").Replace("\"own\"", "\"renamed\"", StringComparison.Ordinal));
        await AwsCli.Run(dev, "cloudformation", "create-change-set", "--stack-name", "own", "--change-set-name", "rename",
            "--template-body", $"file://{Path.Combine(project.Home, "own.json")}");
        var change =
            Assert.Single((await AwsCli.Run(dev, "cloudformation", "describe-change-set", "--stack-name", "own", "--change-set-name",
                "rename"))["Changes"]!.AsArray())!["ResourceChange"]!;
        Assert.Equal(("Modify", "Topic", "True"),
            (change["Action"]!.ToString(), change["LogicalResourceId"]!.ToString(), change["Replacement"]!.ToString()));

        await AwsCli.Run(dev, "cloudformation", "delete-stack", "--stack-name", "own");
        var gone = await Programs.Run(Programs.Find("aws")!, ["cloudformation", "describe-stacks", "--stack-name", "own"], dev);
        Assert.Contains("does not exist", gone.Error, StringComparison.Ordinal);
    }
}
