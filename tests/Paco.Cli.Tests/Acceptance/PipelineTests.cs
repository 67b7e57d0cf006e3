using System.Text.Json.Nodes;

namespace Paco.Cli.Tests.Acceptance;

/// <summary>What is pushed to a branch is built in one account and deployed in another.</summary>
public class PipelineTests
{
    private const string Tools = "tools";

    [Theory]
    [InlineData("dev", "master")]
    [InlineData("staging", "staging")]
    [InlineData("prod", "prod")]
    public async Task Rows_001_003_and_057_each_environment_has_a_pipeline_that_watches_its_branch(string environment, string branch)
    {
        var cloud = await Starter.Shared();

        var pipeline = await Pipeline(cloud, environment);

        Assert.Equal("V2", pipeline.Text("PipelineType"));
        var actions = Actions(pipeline);
        Assert.Equal(["CodeCommit", "CodeBuild", "CodeDeploy"], actions.Select(a => a["ActionTypeId"]!["Provider"]!.ToString()));
        Assert.Equal(branch, actions[0]["Configuration"]!["BranchName"]!.ToString());
        Assert.Equal("app-app", actions[0]["Configuration"]!["RepositoryName"]!.ToString());
        // Started by events, and never asked for.
        Assert.Equal("false", actions[0]["Configuration"]!["PollForSourceChanges"]!.ToString());
        var rule = await cloud.In(Tools, Stack(environment, "CodePipeline"), "EventsRule", "AWS::Events::Rule");
        Assert.Equal([branch], rule["EventPattern"]!["detail"]!["referenceName"]!.AsArray().Select(n => n!.ToString()));
    }

    [Fact]
    public async Task Row_057_another_branch_is_a_change_of_pipeline_and_event_and_of_nothing_else()
    {
        using var project = await Starter.Provisioned();
        project.EditEnvironment("dev", "deployment_branch_name: \"master\"", "deployment_branch_name: main");

        var ran = (await project.Run("provision", "netenv.mynet.dev", "--sandbox", "--yes")).Succeeds();

        Assert.Contains("master", ran.Out, StringComparison.Ordinal);
        await using var cloud = new Sandbox(project.Home);
        Assert.Equal("main", Actions(await Pipeline(cloud, "dev"))[0]["Configuration"]!["BranchName"]!.ToString());
        Assert.Equal("staging", Actions(await Pipeline(cloud, "staging"))[0]["Configuration"]!["BranchName"]!.ToString());
        Assert.Equal([Stack("dev", "CodePipeline")],
            (await cloud.Stacks(Tools)).Values.Where(s => s.LastUpdatedTime is not null).Select(s => s.StackName));
    }

    [Fact]
    public async Task Row_011_bucket_and_key_let_in_the_roles_of_the_other_account_and_nobody_else_of_it()
    {
        var cloud = await Starter.Shared();

        var key = (await cloud.In(Tools, Stack("prod", "KMS"), "CMK", "AWS::KMS::Key"))["KeyPolicy"]!;
        var bucket = await cloud.In(Tools, "NE-mynet-prod-App-app-app-deploy-pipeline-s3-S3", "PipelineS3BucketPolicy",
            "AWS::S3::BucketPolicy");

        var roles = new[]
        {
            await RoleOf(cloud, "prod", Stack("prod", "CodeDeploy"), "ToolsDelegateRole"),
            await RoleOf(cloud, "prod", "NE-mynet-prod-App-app-site-web-instance-iam-role-Role", "WebInstanceIamRoleRole"),
        };
        foreach (var policy in new[] { key, bucket["PolicyDocument"]! })
        {
            var foreign = policy["Statement"]!.AsArray().Where(s => s!["Principal"]!.ToJsonString().Contains(Starter.Accounts["prod"],
                StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(foreign);
            Assert.All(foreign, s => Assert.Equal(roles.Order(),
                s!["Condition"]!["ArnEquals"]!["aws:PrincipalArn"]!.AsArray().Select(n => n!.ToString()).Order()));
        }
    }

    [Fact]
    public async Task Row_011_one_account_for_everything_works_too()
    {
        using var project = new ProjectFolder();
        project.At = project.Above;
        (await project.Run(["init", "project", "myproj", "--defaults",
            .. new[] { "dev", "staging", "prod", "tools" }.SelectMany(a => new[] { "--set", $"{a}_account=dev" }),
            "--set", "dev_account_id=222222222222"])).Succeeds();
        project.At = null;
        foreach (var scope in new[] { "resource.sns", "resource.ec2.keypairs", "resource.route53", "resource.codecommit" })
            await project.Provision(scope);

        await project.Provision("netenv.mynet.dev");
        await project.Provision("netenv.mynet.staging");

        await using var cloud = new Sandbox(project.Home);
        Assert.Equal(2, (await cloud.All("dev", "AWS::CodePipeline::Pipeline")).Count);
        var key = (await cloud.In("dev", Stack("dev", "KMS"), "CMK", "AWS::KMS::Key"))["KeyPolicy"]!["Statement"]!.AsArray();
        Assert.Equal("arn:aws:iam::222222222222:root", Assert.Single(key)!["Principal"]!["AWS"]!.ToString());
    }

    [Fact]
    public async Task Row_043_the_files_of_the_repository_say_how_it_is_built_and_deployed()
    {
        var cloud = await Starter.Shared();
        using var project = await Starter.New();

        var build = await cloud.In(Tools, Stack("dev", "CodeBuild"), "CodeBuildProject", "AWS::CodeBuild::Project");

        Assert.Equal("CODEPIPELINE", build["Source"]!["Type"]!.ToString());
        var buildspec = build["Source"]!["BuildSpec"]!.ToString();
        Assert.Contains("phases:", project.Read($"application/{buildspec}"), StringComparison.Ordinal);
        // CodeDeploy takes this name and no other.
        var appspec = project.Read("application/appspec.yml");
        foreach (var script in new[] { "start.sh", "validate.sh" })
        {
            Assert.Contains($"location: deploy/{script}", appspec, StringComparison.Ordinal);
            Assert.StartsWith("#!/bin/bash\n", project.Read($"application/deploy/{script}"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Row_043_the_build_knows_which_environment_it_is_for()
    {
        var cloud = await Starter.Shared();

        var build = await cloud.In(Tools, Stack("staging", "CodeBuild"), "CodeBuildProject", "AWS::CodeBuild::Project");

        var variables = build["Environment"]!["EnvironmentVariables"]!.AsArray()
            .ToDictionary(v => v!["Name"]!.ToString(), v => v!["Value"]!.ToString());
        Assert.Equal("staging", variables["DeploymentEnvironmentName"]);
    }

    [Fact]
    public async Task Row_044_nothing_that_is_deployed_touches_the_database()
    {
        using var project = await Starter.New();

        Assert.DoesNotContain(project.Files().Where(f => f.Key.StartsWith("application/", StringComparison.Ordinal)),
            f => System.Text.Encoding.UTF8.GetString(f.Value).Contains("get_rds_dsn", StringComparison.Ordinal));
        Assert.Contains("get_rds_dsn.sh", project.Read("README.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_environment_without_deployment_has_none_of_it()
    {
        using var project = await Starter.WithGlobals();
        project.EditEnvironment("dev", "            app_deploy:\n", "            app_deploy:\n              enabled: false\n");

        await project.Provision("netenv.mynet.dev");

        await using var cloud = new Sandbox(project.Home);
        Assert.Empty(await cloud.All(Tools, "AWS::CodePipeline::Pipeline"));
        Assert.DoesNotContain(await cloud.All(Tools, "AWS::KMS::Key"),
            k => k.Text("Description").Contains("ipeline", StringComparison.Ordinal));
        Assert.DoesNotContain(await cloud.Stacks("dev"), s => s.Key.Contains("-deploy-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_environment_that_goes_leaves_no_role_and_no_right_behind_and_its_key_waits()
    {
        using var project = await Starter.Provisioned();
        await using (var before = new Sandbox(project.Home))
        {
            var bucket = (await before.ResourcesOf(Tools, "NE-mynet-dev-App-app-app-deploy-pipeline-s3-S3"))["PipelineS3Bucket"];
            await before.Aws.S3(new(Tools, Sandbox.Region)).PutObject(bucket, "artifact", new byte[1], CancellationToken.None);
        }

        var refused = (await project.Run("delete", "netenv.mynet.dev", "--sandbox", "--yes")).Fails();

        // The bucket and the key are data: both are named, and so is how long the key can be had back.
        Assert.Matches("app/app_deploy/pipeline key would lose", refused.Out);
        Assert.Matches("bucket .*artifacts.*emptied of every object and version", refused.Out);
        Assert.Contains("gone for good after 30 days: until then it can be had back", refused.Out, StringComparison.Ordinal);
        (await project.Run("delete", "netenv.mynet.dev", "--sandbox", "--yes", "--allow-destroy", "netenv.mynet.dev")).Succeeds();
        await using var cloud = new Sandbox(project.Home);
        Assert.DoesNotContain(await cloud.Stacks(Tools), s => s.Key.StartsWith("NE-mynet-dev", StringComparison.Ordinal));
        Assert.Empty(await cloud.EnvironmentStacks("dev"));
        Assert.DoesNotContain(await cloud.All(Tools, "AWS::IAM::Role"), r => r.Identifier.Contains("-dev-", StringComparison.Ordinal));
        Assert.Equal(2, (await cloud.All(Tools, "AWS::CodePipeline::Pipeline")).Count);
        var buckets = await cloud.All(Tools, "AWS::S3::Bucket");
        Assert.Equal(2, buckets.Count(b => b.Identifier.Contains("artifacts", StringComparison.Ordinal)));
    }

    private static string Stack(string environment, string suffix) => $"NE-mynet-{environment}-App-app-app-deploy-pipeline-{suffix}";

    private static Task<Found> Pipeline(Sandbox cloud, string environment) =>
        cloud.In(Tools, Stack(environment, "CodePipeline"), "BuildCodePipeline", "AWS::CodePipeline::Pipeline");

    private static List<JsonNode> Actions(Found pipeline) =>
        [.. pipeline["Stages"]!.AsArray().SelectMany(s => s!["Actions"]!.AsArray()).Select(a => a!)];

    private static async Task<string> RoleOf(Sandbox cloud, string account, string stack, string logicalId) =>
        $"arn:aws:iam::{Starter.Accounts[account]}:role/{(await cloud.ResourcesOf(account, stack))[logicalId]}";
}
