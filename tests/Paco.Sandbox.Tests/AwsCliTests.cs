using System.Diagnostics;

namespace Paco.Sandbox.Tests;

/// <summary>A test that needs the AWS CLI, a client nobody here wrote.</summary>
internal sealed class AwsCliFactAttribute : FactAttribute
{
    public AwsCliFactAttribute()
    {
        var folders = Environment.GetEnvironmentVariable("PATH")?.Split(Path.PathSeparator) ?? [];
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, "aws"))))
        {
            Skip = "The AWS CLI (aws) is not on PATH.";
        }
    }
}

public sealed class AwsCliTests
{
    private const string Template =
        "Resources: {Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}}\nOutputs: {Id: {Value: !Ref Vpc}}";

    [AwsCliFact]
    public async Task The_AWS_CLI_makes_waits_for_and_deletes_a_stack()
    {
        await using var cloud = LocalCloud.Open(new SandboxOptions());
        await using var server = await SandboxServer.Start(cloud, 0, CancellationToken.None);
        Assert.Contains("stack/cli/",
            await Aws(server, "cloudformation", "create-stack", "--stack-name", "cli", "--template-body", Template),
            StringComparison.Ordinal);
        await Aws(server, "cloudformation", "wait", "stack-create-complete", "--stack-name", "cli");
        Assert.StartsWith("vpc-",
            await Aws(server, "cloudformation", "describe-stacks", "--stack-name", "cli", "--query", "Stacks[0].Outputs[0].OutputValue",
            "--output", "text"), StringComparison.Ordinal);
        await Aws(server, "cloudformation", "delete-stack", "--stack-name", "cli");
        await Aws(server, "cloudformation", "wait", "stack-delete-complete", "--stack-name", "cli");
    }

    [AwsCliFact]
    public async Task The_AWS_CLI_deploys_a_template_edits_it_and_finds_nothing_more_to_do()
    {
        await using var cloud = LocalCloud.Open(new SandboxOptions());
        await using var server = await SandboxServer.Start(cloud, 0, CancellationToken.None);
        var file = Path.GetTempFileName();
        async Task<string> Deploy(string template)
        {
            await File.WriteAllTextAsync(file, template);
            return await Aws(server, "cloudformation", "deploy", "--stack-name", "cli", "--template-file", file,
                "--no-fail-on-empty-changeset");
        }

        Assert.Contains("Successfully created/updated stack - cli", await Deploy(Template), StringComparison.Ordinal);
        var edited = Template.Replace("10.0.0.0/16", "10.0.0.0/16, EnableDnsHostnames: true", StringComparison.Ordinal);
        Assert.Contains("Successfully created/updated stack - cli", await Deploy(edited), StringComparison.Ordinal);
        Assert.Contains("No changes to deploy. Stack cli is up to date", await Deploy(edited), StringComparison.Ordinal);
        Assert.Equal("UPDATE_COMPLETE\n", await Aws(server, "cloudformation", "describe-stacks", "--stack-name", "cli", "--query",
            "Stacks[0].StackStatus", "--output", "text"));
        File.Delete(file);
    }

    [AwsCliFact]
    public async Task The_AWS_CLI_lists_the_servers_of_a_group()
    {
        const string Group = """
            Resources:
              Template: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {InstanceType: t3.small, ImageId: ami-1}}}
              Group:
                Type: AWS::AutoScaling::AutoScalingGroup
                Properties:
                  AutoScalingGroupName: web
                  MinSize: "2"
                  MaxSize: "2"
                  AvailabilityZones: [us-west-2a]
                  LaunchTemplate: {LaunchTemplateId: !Ref Template, Version: "1"}
            """;
        await using var cloud = LocalCloud.Open(new SandboxOptions());
        await using var server = await SandboxServer.Start(cloud, 0, CancellationToken.None);
        await Aws(server, "cloudformation", "create-stack", "--stack-name", "cli", "--template-body", Group);
        await Aws(server, "cloudformation", "wait", "stack-create-complete", "--stack-name", "cli");
        var members = (await Aws(server, "autoscaling", "describe-auto-scaling-groups", "--auto-scaling-group-names", "web", "--query",
            "AutoScalingGroups[0].Instances[].InstanceId", "--output", "text")).Trim().Split('\t').Order();
        Assert.Equal(members, (await Aws(server, "autoscaling", "describe-auto-scaling-instances", "--query",
            "AutoScalingInstances[?AutoScalingGroupName=='web'].InstanceId", "--output", "text")).Trim().Split('\t').Order());
        var instances = (await Aws(server, "ec2", "describe-instances", "--filters", "Name=tag:aws:autoscaling:groupName,Values=web",
            "--query", "Reservations[].Instances[].[InstanceId,State.Name]", "--output", "text")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(members, instances.Select(i => i.Split('\t')[0]).Order());
        Assert.All(instances, i => Assert.EndsWith("\trunning", i, StringComparison.Ordinal));
    }

    [AwsCliFact]
    public async Task The_AWS_CLI_stores_and_reads_an_object()
    {
        await using var cloud = LocalCloud.Open(new SandboxOptions());
        await using var server = await SandboxServer.Start(cloud, 0, CancellationToken.None);
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "content");
        await Aws(server, "s3", "mb", "s3://the-bucket");
        await Aws(server, "s3", "cp", file, "s3://the-bucket/x");
        Assert.Equal("content", await Aws(server, "s3", "cp", "s3://the-bucket/x", "-"));
        File.Delete(file);
    }

    [AwsCliFact]
    public async Task The_AWS_CLI_makes_a_backup_and_looks_at_it()
    {
        await using var cloud = LocalCloud.Open(new SandboxOptions());
        await using var server = await SandboxServer.Start(cloud, 0, CancellationToken.None);
        await Aws(server, "cloudformation", "create-stack", "--stack-name", "cli", "--template-body", """
            Resources:
              Vault: {Type: AWS::Backup::BackupVault, Properties: {BackupVaultName: shop}}
              Volume: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: us-west-2a, Size: 8}}
            Outputs: {Id: {Value: !Sub "arn:aws:ec2:us-west-2:${AWS::AccountId}:volume/${Volume}"}}
            """);
        await Aws(server, "cloudformation", "wait", "stack-create-complete", "--stack-name", "cli");
        var volume = (await Aws(server, "cloudformation", "describe-stacks", "--stack-name", "cli", "--query",
            "Stacks[0].Outputs[0].OutputValue", "--output", "text")).Trim();

        var point = (await Aws(server, "backup", "start-backup-job", "--backup-vault-name", "shop", "--resource-arn", volume,
            "--iam-role-arn", "arn:aws:iam::111111111111:role/backup", "--query", "RecoveryPointArn", "--output", "text")).Trim();

        Assert.Equal("shop\t1", (await Aws(server, "backup", "list-backup-vaults", "--query",
            "BackupVaultList[].[BackupVaultName,NumberOfRecoveryPoints]", "--output", "text")).Trim());
        Assert.Equal(point, (await Aws(server, "backup", "list-recovery-points-by-backup-vault", "--backup-vault-name", "shop",
            "--query", "RecoveryPoints[].RecoveryPointArn", "--output", "text")).Trim());
        Assert.Equal($"{volume}\tEBS", (await Aws(server, "backup", "describe-recovery-point", "--backup-vault-name", "shop",
            "--recovery-point-arn", point, "--query", "[ResourceArn,ResourceType]", "--output", "text")).Trim());
    }

    [AwsCliFact]
    public async Task The_AWS_CLI_changes_something_behind_a_stacks_back_and_detects_it()
    {
        await using var cloud = LocalCloud.Open(new SandboxOptions());
        await using var server = await SandboxServer.Start(cloud, 0, CancellationToken.None);
        await Aws(server, "cloudformation", "create-stack", "--stack-name", "cli", "--template-body", Template);
        await Aws(server, "cloudformation", "wait", "stack-create-complete", "--stack-name", "cli");
        var vpc = (await Aws(server, "cloudformation", "describe-stacks", "--stack-name", "cli", "--query",
            "Stacks[0].Outputs[0].OutputValue", "--output", "text")).Trim();
        await Aws(server, "cloudcontrol", "delete-resource", "--type-name", "AWS::EC2::VPC", "--identifier", vpc);
        var detection = (await Aws(server, "cloudformation", "detect-stack-drift", "--stack-name", "cli", "--query",
            "StackDriftDetectionId", "--output", "text")).Trim();
        Assert.Equal("DETECTION_COMPLETE\tDRIFTED\t1",
            (await Aws(server, "cloudformation", "describe-stack-drift-detection-status", "--stack-drift-detection-id", detection,
                "--query", "[DetectionStatus,StackDriftStatus,DriftedStackResourceCount]", "--output", "text")).Trim());
        Assert.Equal("Vpc\tDELETED", (await Aws(server, "cloudformation", "describe-stack-resource-drifts", "--stack-name", "cli",
            "--query", "StackResourceDrifts[0].[LogicalResourceId,StackResourceDriftStatus]", "--output", "text")).Trim());
    }

    [AwsCliFact]
    public async Task The_AWS_CLI_measures_something_and_tries_an_alarm()
    {
        await using var cloud = LocalCloud.Open(new SandboxOptions());
        await using var server = await SandboxServer.Start(cloud, 0, CancellationToken.None);
        Task<string> CloudWatch(params string[] arguments) => Aws(server, ["cloudwatch", .. arguments, "--output", "text"]);
        await CloudWatch("put-metric-alarm", "--alarm-name", "busy", "--namespace", "Shop", "--metric-name", "Orders", "--statistic", "Sum",
            "--period", "60", "--evaluation-periods", "1", "--threshold", "80.5", "--comparison-operator", "GreaterThanThreshold",
            "--treat-missing-data", "ignore");
        await CloudWatch("put-metric-data", "--namespace", "Shop", "--metric-name", "Load", "--value", "3.5");
        // More than ten kilobytes are sent packed.
        await CloudWatch(["put-metric-data", "--namespace", "Shop", "--metric-data",
            .. Enumerable.Range(0, 200).Select(i => $"MetricName=Load,Value={i},Dimensions=[{{Name=Host,Value=host-{i:D30}}}]")]);
        await CloudWatch("set-alarm-state", "--alarm-name", "busy", "--state-value", "ALARM", "--state-reason", "a trial");

        Assert.Equal("busy\tALARM\t80.5\ta trial", (await CloudWatch("describe-alarms", "--state-value", "ALARM", "--query",
            "MetricAlarms[].[AlarmName,StateValue,Threshold,StateReason]")).Trim());
        Assert.Contains("Alarm updated from INSUFFICIENT_DATA to ALARM", await CloudWatch("describe-alarm-history", "--alarm-name", "busy"),
            StringComparison.Ordinal);
        Assert.Equal("3.5", (await CloudWatch("get-metric-statistics", "--namespace", "Shop", "--metric-name", "Load", "--start-time",
            "2020-01-01T00:00:00Z", "--end-time", "2099-01-01T00:00:00Z", "--period", "60", "--statistics", "Sum", "--query",
            "Datapoints[0].Sum")).Trim());
    }

    private static async Task<string> Aws(SandboxServer server, params string[] arguments)
    {
        var start = new ProcessStartInfo("aws",
            ["--endpoint-url", server.Address.ToString(), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["AWS_ACCESS_KEY_ID"], start.Environment["AWS_SECRET_ACCESS_KEY"]) = ("test", "test");
        (start.Environment["AWS_DEFAULT_REGION"], start.Environment["AWS_PAGER"], start.Environment["AWS_EC2_METADATA_DISABLED"]) =
            ("us-west-2", "", "true");
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error);
        return await output;
    }
}
