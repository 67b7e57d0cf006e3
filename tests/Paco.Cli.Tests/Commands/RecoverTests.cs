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
        Assert.Contains("3 created", again.Out, StringComparison.Ordinal);
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

        var failed = (await project.Run("provision", Environment, "--sandbox", "--yes", "--fault", "fail:*alb-ALB/LoadBalancer:You have reached the maximum number of load balancers")).Fails();

        Assert.Contains("LoadBalancer: You have reached the maximum number of load balancers", failed.Out, StringComparison.Ordinal);
        Assert.Contains("Service Quotas", failed.Out, StringComparison.Ordinal);
        Assert.Contains("skipped: needs app/site/alb", failed.Out, StringComparison.Ordinal);
        Assert.Contains("AWS::ElasticLoadBalancingV2::LoadBalancer, made by netenv/mynet.yaml:", failed.Out, StringComparison.Ordinal);
    }
}
