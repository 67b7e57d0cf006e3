namespace Paco.Cli.Tests.Commands;

/// <summary>A trail whose accounts, bucket or state change; the sandbox refuses one whose bucket or key does not let it write.</summary>
public sealed class TrailTests
{
    private const string Scope = "resource.cloudtrail";
    private const string File = "resource/cloudtrail.yaml";
    private const string TrailType = "AWS::CloudTrail::Trail";
    private const string ToTools = "s3_bucket_account: paco.ref accounts.tools";

    [Fact]
    public async Task An_account_that_is_added_is_let_in_before_its_trail_is_made()
    {
        using var project = await Starter.New();
        project.Edit(File, ToTools, $"{ToTools}\n    accounts: [paco.ref accounts.dev]");
        await project.Provision(Scope);

        project.Edit(File, "accounts: [paco.ref accounts.dev]", "accounts: [paco.ref accounts.dev, paco.ref accounts.prod]");
        await project.Provision(Scope);

        await using var cloud = new Sandbox(project.Home);
        await cloud.Only("prod", TrailType);
        Assert.Empty(await cloud.All("tools", TrailType));
    }

    [Fact]
    public async Task Switched_off_it_stays_and_records_nothing()
    {
        using var project = await Starter.New();
        await project.Provision(Scope);

        project.Edit(File, "    enabled: true\n", "    enabled: false\n");
        await project.Provision(Scope);

        await using var cloud = new Sandbox(project.Home);
        Assert.Equal("false", (await cloud.Only("prod", TrailType)).Text("IsLogging").ToLowerInvariant());
    }

    [Fact]
    public async Task Without_a_hash_the_bucket_cannot_move_and_the_plan_says_who_has_its_name()
    {
        using var project = await Starter.New();
        project.Edit("project.yaml", "s3bucket_hash: \"abcd1234\"\n", "");
        await project.Provision(Scope);

        project.Edit(File, ToTools, "s3_bucket_account: paco.ref accounts.prod");
        var plan = await project.Run("plan", Scope, "--sandbox");

        Assert.Contains("Resource-CloudTrail-tools-cloudtrail-S3 (tools · us-west-2), which left the configuration, has it", plan.Out,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_of_it_goes_with_what_was_recorded_where_that_is_permitted()
    {
        using var project = await Starter.New();
        await project.Provision(Scope);

        (await project.Run("delete", Scope, "--sandbox", "--yes")).Fails();
        (await project.Run("delete", Scope, "--sandbox", "--yes", "--allow-destroy", Scope)).Succeeds();

        await using var cloud = new Sandbox(project.Home);
        Assert.Empty(await cloud.Stacks("tools"));
        Assert.Empty(await cloud.All("tools", "AWS::S3::Bucket"));
    }
}
