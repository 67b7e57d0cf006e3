using static Paco.Sandbox.Tests.Delivery.Templates;

namespace Paco.Sandbox.Tests.Delivery;

/// <summary>What CodePipeline and CodeBuild look at before they make something, and what becomes of an execution here.</summary>
public sealed class PipelineTests
{
    private const string DevRole = "arn:aws:iam::222222222222:role/deploy";
    private const string ProdRole = "arn:aws:iam::333333333333:role/deploy";

    [Fact]
    public async Task A_pipeline_of_two_stages_is_made_and_runs_once_without_a_source()
    {
        await using var bench = await Ready();
        Assert.Equal("CREATE_COMPLETE", await bench.Create("it", Of(Pipeline(Source, Build))));

        await bench.Json("codepipeline", "StartPipelineExecution", """{"name": "shop"}""");
        var runs = await bench.Json("codepipeline", "ListPipelineExecutions", """{"pipelineName": "shop"}""");
        Assert.Equal(["StartPipelineExecution Failed", "CreatePipeline Failed"],
            runs["pipelineExecutionSummaries"]!.AsArray().Select(r => $"{r!["trigger"]!["triggerType"]} {r["status"]}"));

        var states = (await bench.Json("codepipeline", "GetPipelineState", """{"name": "shop"}"""))["stageStates"]!.AsArray();
        Assert.Contains("no branch named main was found in the selected AWS CodeCommit repository shop",
            states[0]!["actionStates"]![0]!["latestExecution"]!["errorDetails"]!["message"]!.ToString(), StringComparison.Ordinal);
        Assert.Null(states[1]!["latestExecution"]);
    }

    [Fact]
    public async Task One_stage_is_no_pipeline()
    {
        await using var bench = await Ready();
        Assert.Equal("ROLLBACK_COMPLETE", await bench.Create("it", Of(Pipeline(Source))));
    }

    public static TheoryData<string, string[]> Misshapen => new()
    {
        { "Pipeline should start with a stage that only contains source actions", [Build, Source] },
        { "Only the first stage of a pipeline may contain source actions", [Source,
            Stage("Build", Action("Build", "Build", "CodeBuild", "Code", null), Action("More", "Source", "ECR", null, "More"))] },
        { "All stage names within a pipeline must be unique: Source",
            [Source, Stage("Source", Action("Code", "Source", "CodeCommit", null, "More"))] },
        { "All action names within a stage must be unique: Build in Build", [Source,
            Stage("Build", Action("Build", "Build", "CodeBuild", "Code", null), Action("Build", "Build", "CodeBuild", "Code", "More"))] },
        { "Action Build declares 0 input artifacts which is less than the minimum count (1)",
            [Source, Stage("Build", Action("Build", "Build", "CodeBuild", null, null))] },
        { "Input Artifact Bundle Built in action Deploy is not declared as Output Artifact Bundle in any of the preceding actions",
            [Source, Stage("Build",
                Action("Deploy", "Deploy", "S3", "Built", null), Action("Build", "Build", "CodeBuild", "Code", "Built"))] },
        { "Output artifact names must be unique within a pipeline: Code in action Build",
            [Source, Stage("Build", Action("Build", "Build", "CodeBuild", "Code", "Code"))] },
    };

    [Theory]
    [MemberData(nameof(Misshapen))]
    public async Task What_breaks_the_structure_is_refused(string words, string[] stages)
    {
        await using var bench = await Ready();
        Assert.Contains(words, await Refused(bench, Pipeline(stages)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_later_action_of_a_stage_may_take_what_an_earlier_one_made()
    {
        await using var bench = await Ready();
        var stage = Stage("Build",
            Action("Deploy", "Deploy", "S3", "Built", null, order: 2), Action("Build", "Build", "CodeBuild", "Code", "Built"));
        Assert.Equal("CREATE_COMPLETE", await bench.Create("it", Of(Pipeline(Source, stage))));
    }

    [Fact]
    public async Task The_bucket_of_the_artifacts_is_in_the_region_of_the_pipeline()
    {
        await using var bench = await Ready();
        bench.Region = "eu-west-1";
        await bench.Create("elsewhere", Of(Bucket("artifacts-in-europe")));
        bench.Region = "us-west-2";

        Assert.Contains("The bucket named artifacts-in-europe is not located in the `us-west-2` AWS region.",
            await Refused(bench, Pipeline("shop", "artifacts-in-europe", [Source, Build])), StringComparison.Ordinal);
        Assert.Contains("No bucket with the name nowhere was found. Choose a valid artifact bucket in 'us-west-2'",
            await Refused(bench, Pipeline("shop", "nowhere", [Source, Build])), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_CodePipeline_may_not_take_on_is_refused()
    {
        await using var bench = new Bench(new SandboxOptions { ManagementAccountId = Tools });
        await bench.Create("base", Of(Bucket("artifacts-of-shop")));
        const string Words = "CodePipeline is not authorized to perform AssumeRole on role arn:aws:iam::111111111111:role/pipeline";

        Assert.Contains(Words, await Refused(bench, Pipeline(Source, Build)), StringComparison.Ordinal);
        await bench.Create("roles", Of(Role("pipeline", Service("codebuild"))));
        Assert.Contains(Words, await Refused(bench, Pipeline(Source, Build)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_role_of_an_action_must_be_there_trust_the_pipeline_and_be_the_pipelines_to_take()
    {
        await using var bench = await Ready(DevRole);
        var stages = new[] { Source, Stage("Deploy", Action("Deploy", "Deploy", "S3", "Code", null, role: DevRole)) };
        const string Words = "arn:aws:iam::111111111111:role/pipeline is not authorized to perform AssumeRole on role " + DevRole;
        static string For(string role) => Of(Role("deploy", Account(Tools),
            condition: $$"""{"ArnEquals": {"aws:PrincipalArn": "arn:aws:iam::111111111111:role/{{role}}"} }"""));
        var dev = await bench.In(Dev);

        Assert.Contains(Words, await Refused(bench, Pipeline(stages)), StringComparison.Ordinal);
        await dev.Create("roles", For("other"));
        Assert.Contains(Words, await Refused(bench, Pipeline(stages)), StringComparison.Ordinal);
        await dev.Update("roles", For("pipeline"));
        Assert.Equal("CREATE_COMPLETE", await bench.Create("it", Of(Pipeline(stages))));
    }

    [Fact]
    public async Task What_one_foreign_account_made_another_cannot_take()
    {
        await using var bench = await Ready("*");
        foreach (var account in new[] { Dev, Prod })
            await (await bench.In(account)).Create("roles", Of(Role("deploy", Account(Tools))));

        Assert.Contains("cannot use the artifact Code, which is made in account 222222222222", await Refused(bench, Pipeline(
            Stage("Source", Action("Code", "Source", "CodeCommit", null, "Code", role: DevRole)),
            Stage("Deploy", Action("Deploy", "Deploy", "S3", "Code", null, role: ProdRole)))), StringComparison.Ordinal);
        Assert.Equal("CREATE_COMPLETE", await bench.Create("it", Of(Pipeline(
            Stage("Source", Action("Code", "Source", "CodeCommit", null, "Code", role: DevRole)),
            Stage("Build", Action("Build", "Build", "CodeBuild", "Code", "Built")),
            Stage("Deploy", Action("Deploy", "Deploy", "S3", "Built", null, role: ProdRole))))));
    }

    [Fact]
    public async Task Names_of_pipelines_and_projects_are_an_accounts_once()
    {
        await using var bench = await Ready();
        await bench.Create("it", Of(Pipeline(Source, Build), Project()));

        Assert.Contains("A pipeline with the name 'shop' already exists in account '111111111111'",
            await Refused(bench, Pipeline(Source, Build)), StringComparison.Ordinal);
        Assert.Contains("Project already exists: arn:aws:codebuild:us-west-2:111111111111:project/shop", await Refused(bench, Project()),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_CodeBuild_may_not_take_on_is_refused()
    {
        await using var bench = new Bench(new SandboxOptions { ManagementAccountId = Tools });
        await bench.Create("roles", Of(Role("build", Service("codepipeline"))));

        Assert.Contains("CodeBuild is not authorized to perform: sts:AssumeRole on service role.", await Refused(bench, Project()),
            StringComparison.Ordinal);
    }

    private static (string, string, string) Project() => ("Project", "AWS::CodeBuild::Project", """
        {"Name": "shop", "ServiceRole": "arn:aws:iam::111111111111:role/build", "Artifacts": {"Type": "CODEPIPELINE"},
         "Source": {"Type": "CODEPIPELINE"}, "TimeoutInMinutes": 20,
         "Environment": {"Type": "LINUX_CONTAINER", "ComputeType": "BUILD_GENERAL1_SMALL", "Image": "aws/codebuild/standard:7.0"} }
        """);

    private static async Task<Bench> Ready(string? assumes = null)
    {
        var bench = new Bench(new SandboxOptions { ManagementAccountId = Tools });
        Assert.Equal("CREATE_COMPLETE", await bench.Create("base",
            Of(Bucket("artifacts-of-shop"), Role("pipeline", Service("codepipeline"), assumes), Role("build", Service("codebuild")))));
        return bench;
    }

    private static async Task<string> Refused(Bench bench, (string, string, string) resource)
    {
        Assert.Equal("ROLLBACK_COMPLETE", await bench.Create("refused", Of(resource)));
        var told = string.Join('\n', await bench.Events("refused"));
        await bench.Cfn("DeleteStack", "StackName=refused");
        return told;
    }
}
