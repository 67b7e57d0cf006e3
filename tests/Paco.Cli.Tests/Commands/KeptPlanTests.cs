namespace Paco.Cli.Tests.Commands;

/// <summary>A plan in a file is for one cloud and its accounts: the same names elsewhere mean other things.</summary>
public sealed class KeptPlanTests
{
    private const string Environment = "netenv.mynet.dev";

    [Fact]
    public async Task A_plan_of_one_sandbox_is_not_done_in_another()
    {
        using var here = await Kept();
        using var there = await Starter.New();
        there.Write("dev.plan", here.Read("dev.plan"));

        var refused = (await there.Run("provision", "dev.plan", "--sandbox")).Fails();

        Assert.Matches("the plan was made for sandbox [0-9a-f]{16}, and this is sandbox [0-9a-f]{16}\n", refused.Error);
        Assert.Contains($"make a plan for here: paco plan {Environment} --sandbox --out FILE", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_of_the_sandbox_is_not_done_on_AWS_and_nobody_is_asked_there()
    {
        using var project = await Kept();
        await using var cloud = new Sandbox(project.Home);
        await using var aws = await Listening.Start(cloud.Local);
        aws.Serve(project);

        var refused = (await project.Run("provision", "dev.plan")).Fails();

        Assert.Contains("and this is http://127.0.0.1:", refused.Error, StringComparison.Ordinal);
        Assert.Contains("add --sandbox, or make a plan for here", refused.Error, StringComparison.Ordinal);
        Assert.Empty(aws.Calls);
    }

    [Fact]
    public async Task A_plan_for_one_endpoint_is_not_done_at_another_or_at_AWS_itself()
    {
        using var project = await Starter.WithGlobals();
        await using var cloud = new Sandbox(project.Home);
        await using (var first = await Listening.Start(cloud.Local))
        {
            first.Serve(project);
            (await project.Run("plan", Environment, "--out", "dev.plan")).Ends(ExitCode.Changes);
        }
        project.Variables["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9";
        Assert.Contains("and this is http://127.0.0.1:9\n", (await project.Run("provision", "dev.plan")).Fails().Error,
            StringComparison.Ordinal);
        project.Variables.Remove("AWS_ENDPOINT_URL");
        Assert.Contains("and this is aws\n", (await project.Run("provision", "dev.plan")).Fails().Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_for_one_account_does_not_go_to_another_when_the_ids_change()
    {
        using var project = await Kept();
        project.Edit("accounts/dev.yaml", Starter.Accounts["dev"], Starter.Accounts["staging"]);
        project.Edit("accounts/staging.yaml", Starter.Accounts["staging"], Starter.Accounts["dev"]);

        var refused = (await project.Run("provision", "dev.plan", "--sandbox")).Fails();

        Assert.Contains("the plan was made for the account dev = 222222222222, which is 333333333333 now", refused.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plan_of_an_older_version_is_none()
    {
        using var project = await Starter.New();
        project.Write("dev.plan", """{"pacoPlan": 1, "scope": "netenv.mynet.dev", "delete": false, "nodes": {}}""");
        Assert.Contains("is no plan of this version", (await project.Run("provision", "dev.plan", "--sandbox")).Fails().Error,
            StringComparison.Ordinal);
    }

    private static async Task<ProjectFolder> Kept()
    {
        var project = await Starter.WithGlobals();
        (await project.Run("plan", Environment, "--sandbox", "--out", "dev.plan")).Ends(ExitCode.Changes);
        return project;
    }
}
