using System.Text.Json.Nodes;
using Paco.Clouds;

namespace Paco.Cli.Tests.Commands;

/// <summary>A bucket that somebody made by hand, under the name the project has for it.</summary>
public sealed class ImportTests
{
    private const string Environment = "netenv.mynet.dev";
    private const string BucketStack = "NE-mynet-dev-App-app-site-web-ec2lm-S3";

    [Fact]
    public async Task The_plan_warns_the_failure_names_the_way_out_and_the_way_out_works()
    {
        using var project = await Starter.Provisioned();
        var bucket = await MadeByHand(project);

        var warned = (await project.Run("plan", Environment, "--sandbox")).Ends(ExitCode.Changes);
        Assert.Contains($"{bucket} exists already: creating it will fail (--import-existing takes it over)", warned.Out,
            StringComparison.Ordinal);
        Assert.Contains("2 names taken already: their creations will fail", warned.Out, StringComparison.Ordinal);

        var failed = (await project.Run("provision", Environment, "--sandbox", "--yes")).Fails();
        Assert.Contains("or take it over with --import-existing", failed.Out, StringComparison.Ordinal);

        var mended = (await project.Run("provision", Environment, "--sandbox", "--yes", "--import-existing")).Succeeds();
        Assert.Contains("2 import", mended.Out, StringComparison.Ordinal);
        Assert.Contains("paco provision netenv.mynet.dev --revert-drift --sandbox makes what was taken over what the project says",
            mended.Out, StringComparison.Ordinal);
        (await project.Run("plan", Environment, "--sandbox")).Ends(ExitCode.Success);
        await using var cloud = new Sandbox(project.Home);
        Assert.Equal(bucket, (await cloud.ResourcesOf("dev", BucketStack))["WebEc2lmBucket"]);
        Assert.NotNull(await cloud.Aws.S3(new Place("dev", Sandbox.Region)).GetObject(bucket, "notes.txt", default));
    }

    [Fact]
    public async Task Programs_are_told_which_name_is_taken()
    {
        using var project = await Starter.Provisioned();
        await MadeByHand(project);

        var plan = JsonNode.Parse((await project.Run("plan", Environment, "--sandbox", "--json",
            "--import-existing")).Ends(ExitCode.Changes).Out)!;

        var resources = plan["nodes"]!.AsArray().Single(n => n!["name"]!.ToString() == BucketStack)!["resources"]!.AsArray();
        Assert.Equal("import", resources.Single(r => r!["logicalId"]!.ToString() == "WebEc2lmBucket")!["change"]!.ToString());
        Assert.Equal(2, (int)plan["totals"]!["import"]!);
    }

    // The environment goes, and somebody makes its bucket again, with a policy.
    private static async Task<string> MadeByHand(ProjectFolder project)
    {
        string bucket;
        await using (var cloud = new Sandbox(project.Home))
            bucket = (await cloud.ResourcesOf("dev", BucketStack))["WebEc2lmBucket"];
        (await project.Run("delete", Environment, "--sandbox", "--yes", "--allow-destroy", Environment)).Succeeds();
        await using var after = new Sandbox(project.Home);
        var s3 = after.Aws.S3(new Place("dev", Sandbox.Region));
        await s3.CreateBucket(bucket, default);
        await s3.PutObject(bucket, "notes.txt", new byte[] { 1 }, default);
        return bucket;
    }
}
