using Paco.Clouds;

namespace Paco.Cli.Tests.Commands;

/// <summary>AWS Config, of which an account has one recorder in a region.</summary>
public sealed class RecorderTests
{
    private const string Scope = "resource.config";

    private const string Config = """
        config:
          enabled: true
          global_resources_region: us-west-2
          s3_bucket_logs_account: paco.ref accounts.tools
          locations:
            - {account: paco.ref accounts.dev, regions: [us-west-2]}
            - {account: paco.ref accounts.prod, regions: [us-west-2]}

        """;

    [Fact]
    public async Task Every_location_delivers_to_one_bucket()
    {
        using var project = await WithConfig();

        await project.Provision(Scope);
        var again = await project.Provision(Scope);

        Assert.Contains("Nothing to do", again.Out, StringComparison.Ordinal);
        await using var cloud = new Sandbox(project.Home);
        foreach (var account in new[] { "dev", "prod" })
        {
            Assert.Equal("paco-s3-paco-awsconfig-config-tools-abcd1234-usw2",
                (await cloud.Only(account, "AWS::Config::DeliveryChannel")).Text("S3BucketName"));
        }
    }

    [Fact]
    public async Task Switched_off_nothing_is_recorded_and_the_bucket_stays()
    {
        using var project = await WithConfig();
        await project.Provision(Scope);

        project.Edit("resource/config.yaml", "enabled: true", "enabled: false");
        await project.Provision(Scope);

        await using var cloud = new Sandbox(project.Home);
        Assert.Empty(await cloud.All("dev", "AWS::Config::ConfigurationRecorder"));
        Assert.Single(await cloud.All("tools", "AWS::S3::Bucket"));
    }

    [Fact]
    public async Task A_recorder_that_is_there_is_told_with_its_account_and_the_way_out()
    {
        using var project = await WithConfig();
        Directory.CreateDirectory(Path.Combine(project.Home, ".paco-work"));
        await using (var cloud = new Sandbox(project.Home))
        {
            await cloud.Aws.CloudFormation(new Place("dev", "us-west-2")).CreateStack(
                new StackRequest
                {
                    StackName = "somebodys",
                    Template = new TemplateSource("""
                        {"Resources": {"It": {"Type": "AWS::Config::ConfigurationRecorder",
                          "Properties": {"RoleARN": "arn:aws:iam::222222222222:role/r"}}}}
                        """, null),
                    ClientRequestToken = "somebodys",
                },
                default);
        }

        var failed = (await project.Run("provision", Scope, "--sandbox", "--yes")).Fails();

        Assert.Contains("maximum number of customer managed configuration recorders: 1 is reached", failed.All, StringComparison.Ordinal);
        Assert.Contains("config in dev us-west-2", failed.All, StringComparison.Ordinal);
        Assert.Contains("leave the region out of the locations", failed.All, StringComparison.Ordinal);
    }

    private static async Task<ProjectFolder> WithConfig()
    {
        var project = await Starter.New();
        project.Write("resource/config.yaml", Config);
        return project;
    }
}
