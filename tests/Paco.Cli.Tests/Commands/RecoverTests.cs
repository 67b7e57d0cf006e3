namespace Paco.Cli.Tests.Commands;

/// <summary><c>paco recover</c>: what a bad day left behind.</summary>
public sealed class RecoverTests
{
    private const string Environment = "netenv.mynet.staging";
    private const string Broken = "NE-mynet-staging-App-app-site-alb-ALB";

    [Fact]
    public async Task The_remains_of_a_failed_creation_are_deleted_and_the_next_run_makes_the_rest()
    {
        using var project = await Starter.WithGlobals();
        (await project.Run("provision", Environment, "--sandbox", "--yes", "--fault", "fail:*alb-ALB/LoadBalancer:quota reached")).Fails();

        var recovered = (await project.Run("recover", Environment, "--sandbox", "--yes")).Succeeds();
        var again = (await project.Run("provision", Environment, "--sandbox", "--yes")).Succeeds();

        Assert.Contains($"{Broken} (staging · us-west-2)) is in ROLLBACK_COMPLETE", recovered.Out, StringComparison.Ordinal);
        Assert.Contains("5 created", again.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_read_what_is_found_and_then_the_same_events_as_of_any_run()
    {
        using var project = await Starter.WithGlobals();
        (await project.Run("provision", Environment, "--sandbox", "--yes", "--fault", "fail:*alb-ALB/LoadBalancer:quota reached")).Fails();

        var asked = (await project.Run("recover", Environment, "--sandbox", "--json")).Fails().Lines;
        var done = (await project.Run("recover", Environment, "--sandbox", "--json", "--yes")).Succeeds().Lines;
        var again = (await project.Run("recover", Environment, "--sandbox", "--json")).Succeeds().Lines;

        Assert.Equal(["recovery", "error"], asked.Select(l => l["type"]!.ToString()));
        var stack = Assert.Single(done[0]["nodes"]!.AsArray())!;
        Assert.Equal($"staging/us-west-2/{Broken}", stack["node"]!.ToString());
        Assert.Equal(("ROLLBACK_COMPLETE", "delete-remains"), (stack["status"]!.ToString(), stack["step"]!.ToString()));
        var types = done.Select(l => l["type"]!.ToString()).Distinct();
        Assert.Equal(["recovery", "node-started", "resource-moved", "node-ended", "run-ended"], types);
        Assert.Equal(("deleted", 1), (done[^2]["outcome"]!.ToString(), done[^1]["outcomes"]!["deleted"]!.GetValue<int>()));
        Assert.Equal(["recovery", "run-ended"], again.Select(l => l["type"]!.ToString()));
        Assert.Empty(again[0]["nodes"]!.AsArray());
    }

    [Fact]
    public async Task Programs_read_which_resource_is_stuck_and_whether_it_is_left()
    {
        using var project = await Starter.Provisioned();
        project.EditEnvironment("dev", "                  multi_az: false\n", "                  multi_az: true\n");
        const string Stuck = "fail:*dev*database-RDS/PrimaryDBInstance:not now";
        var failed = (await project.Run("provision", "netenv.mynet.dev", "--sandbox", "--yes", "--fault", Stuck, "--fault", Stuck)).Fails();
        Assert.Contains("paco recover netenv.mynet.dev.us-west-2.applications.app.groups.site.resources.database",
            failed.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);

        string[] leaving = ["recover", "netenv.mynet.dev", "--sandbox", "--json", "--yes", "--skip", "PrimaryDBInstance"];
        var done = (await project.Run(leaving)).Succeeds().Lines;

        var stack = Assert.Single(done[0]["nodes"]!.AsArray())!;
        Assert.Equal(("UPDATE_ROLLBACK_FAILED", "continue-rollback"), (stack["status"]!.ToString(), stack["step"]!.ToString()));
        var stuck = Assert.Single(stack["stuck"]!.AsArray())!;
        Assert.Equal("""{"logicalId":"PrimaryDBInstance","type":"AWS::RDS::DBInstance","skipped":true}""", stuck.ToJsonString());
        Assert.Equal("updated", done[^2]["outcome"]!.ToString());
    }

    [Fact]
    public async Task Programs_read_what_data_would_be_lost_and_nothing_is_done_without_permission()
    {
        using var project = await Starter.Provisioned();
        string[] failing = ["--fault", "fail:*database-RDS/PrimaryDBInstance:not now"];
        (await project.Run(["delete", "netenv.mynet.dev", "--sandbox", "--yes", "--allow-destroy", "netenv.mynet.dev", .. failing]))
            .Fails();

        var refused = (await project.Run("recover", "netenv.mynet.dev", "--sandbox", "--json", "--yes")).Fails().Lines;

        Assert.Equal(["recovery", "error"], refused.Select(l => l["type"]!.ToString()));
        var stack = Assert.Single(refused[0]["nodes"]!.AsArray())!;
        Assert.Contains(stack["lost"]!.AsArray(), l => l!["logicalId"]!.ToString() == "PrimaryDBInstance");
        Assert.Equal(stack["ref"]!.ToString(), Assert.Single(refused[0]["needsAllowDestroy"]!.AsArray())!.ToString());
    }

    [Fact]
    public async Task Where_nothing_is_stuck_nothing_is_done()
    {
        using var project = await Starter.Provisioned();

        (await project.Run("recover", Environment, "--sandbox", "--yes")).Succeeds();

        (await project.Run("plan", Environment, "--sandbox")).Ends(ExitCode.Success);
    }

    [Fact]
    public async Task A_failure_names_its_resource_its_line_and_a_remedy()
    {
        using var project = await Starter.WithGlobals();

        var failed = (await project.Run("provision", Environment, "--sandbox", "--yes", "--fault",
            "fail:*alb-ALB/LoadBalancer:You have reached the maximum number of load balancers")).Fails();

        Assert.Contains("LoadBalancer: You have reached the maximum number of load balancers", failed.Out, StringComparison.Ordinal);
        Assert.Contains("Service Quotas", failed.Out, StringComparison.Ordinal);
        Assert.Contains("skipped: needs app/site/alb", failed.Out, StringComparison.Ordinal);
        Assert.Contains("AWS::ElasticLoadBalancingV2::LoadBalancer, made by netenv/mynet.yaml:", failed.Out, StringComparison.Ordinal);
    }
}
