using System.Text.Json.Nodes;
using Paco.Aws.Tests;
using Paco.Sandbox;

namespace Paco.Cli.Tests.Moto;

/// <summary>A trail to those who ask with the AWS CLI: the sandbox tells of one it made what moto tells of one like it.</summary>
[Collection(MotoCollection.Name)]
public sealed class TrailTests(MotoServer moto)
{
    private static readonly string[] Flags =
        ["IncludeGlobalServiceEvents", "IsMultiRegionTrail", "LogFileValidationEnabled", "IsOrganizationTrail", "HasInsightSelectors"];

    [MotoAndAwsCliFact]
    public async Task The_sandbox_tells_of_a_trail_what_moto_tells_of_its_like()
    {
        var theirs = AwsCli.Variables(moto.Address, "AKIAIOSFODNN7EXAMPLE");
        await Make(theirs);
        var sandbox = await Starter.Shared();
        await using var server = await SandboxServer.Start(sandbox.Local, 0, CancellationToken.None);
        var ours = AwsCli.Variables(server.Address.AbsoluteUri, await sandbox.Key("dev"));

        var (their, our) = (await Trail(theirs), await Trail(ours));

        Assert.Superset(their.Select(m => m.Key).ToHashSet(), our.Select(m => m.Key).ToHashSet());
        Assert.All(Flags, flag => Assert.Equal((bool)their[flag]!, (bool)our[flag]!));
        Assert.Equal((their["Name"]!.ToString(), their["HomeRegion"]!.ToString(), their["S3KeyPrefix"]!.ToString()),
            (our["Name"]!.ToString(), our["HomeRegion"]!.ToString(), our["S3KeyPrefix"]!.ToString()));
        Assert.Equal((bool)(await Status(theirs))["IsLogging"]!, (bool)(await Status(ours))["IsLogging"]!);
    }

    // As resource/cloudtrail.yaml of the starter has it.
    private static async Task Make(Dictionary<string, string> at)
    {
        await AwsCli.Run(at, "s3api", "create-bucket", "--bucket", "trails-of-moto",
            "--create-bucket-configuration", "LocationConstraint=us-west-2");
        await AwsCli.Run(at, "cloudtrail", "create-trail", "--name", "cloudtrail", "--s3-bucket-name", "trails-of-moto",
            "--s3-key-prefix", "cloudtrails", "--is-multi-region-trail", "--enable-log-file-validation");
        await AwsCli.Run(at, "cloudtrail", "start-logging", "--name", "cloudtrail");
    }

    private static async Task<JsonObject> Trail(Dictionary<string, string> at) =>
        (JsonObject)Assert.Single((await AwsCli.Run(at, "cloudtrail", "describe-trails"))["trailList"]!.AsArray())!;

    private static Task<JsonObject> Status(Dictionary<string, string> at) =>
        AwsCli.Run(at, "cloudtrail", "get-trail-status", "--name", "cloudtrail");
}
