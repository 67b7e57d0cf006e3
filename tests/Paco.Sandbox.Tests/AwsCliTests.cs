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
