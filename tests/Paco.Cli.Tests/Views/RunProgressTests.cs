using Paco.Applying;
using Paco.Cli.Views.Live;
using Paco.Planning;
using static Paco.Cli.Tests.Views.Shop;

namespace Paco.Cli.Tests.Views;

/// <summary>What a run's events add up to.</summary>
public sealed class RunProgressTests
{
    [Fact]
    public void A_node_waits_for_what_it_needs_as_long_as_that_has_not_ended()
    {
        Assert.Equal(["database: network", "alb: network", "web: database alb", "alarms: web"],
            Waiting(After(Creation, Started(0, Vpc)), byPlan: true));
        Assert.Equal(["web: alb", "alarms: web"],
            Waiting(After(Creation, Started(0, Vpc), Ended(10, Vpc), Started(10, Database), Started(10, Balancer), Ended(20, Database))));
    }

    [Fact]
    public void Those_on_the_critical_path_come_first_then_those_that_can_start_soonest()
    {
        var progress = After(PlanOf(isDelete: false,
            Stack(Id("slow"), "slow", NodeAction.Create, [("Database", "AWS::RDS::DBInstance")]),
            Stack(Id("quick"), "quick", NodeAction.Create, [("Topic", "AWS::SNS::Topic")]),
            Stack(Id("both"), "both", NodeAction.Create, [("Topic", "AWS::SNS::Topic")], Id("quick"), Id("second")),
            Stack(Id("second"), "second", NodeAction.Create, [("Topic", "AWS::SNS::Topic")], Id("quick")),
            Stack(Id("last"), "last", NodeAction.Create, [("Topic", "AWS::SNS::Topic")], Id("slow"))), Started(0, Id("slow")),
            Started(0, Id("quick")));

        Assert.Equal(["last: slow", "second: quick", "both: quick second"], Waiting(progress));
        Assert.Equal(["slow", "quick"], progress.Moving.Select(m => m.Node.Title));
    }

    [Fact]
    public void What_has_nothing_to_do_hands_the_wait_on_to_what_it_waits_for_itself()
    {
        var progress = After(PlanOf(isDelete: false,
            Stack(Id("first"), "first", NodeAction.Create, [("Topic", "AWS::SNS::Topic")]),
            Stack(Id("idle"), "idle", NodeAction.None, [("Topic", "AWS::SNS::Topic")], Id("first")),
            Stack(Id("last"), "last", NodeAction.Create, [("Topic", "AWS::SNS::Topic")], Id("idle"))));

        Assert.Equal(["first: ", "last: first"], Waiting(progress));
        Assert.Equal(2, progress.Total);
    }

    [Fact]
    public void In_a_deletion_what_is_used_waits_for_its_users() =>
        Assert.Equal(["web: alarms", "database: web", "network: alb database", "alb: web"],
            Waiting(After(Deletion, Started(0, Alarms, NodeAction.Delete))));

    [Fact]
    public void Resources_are_counted_when_they_are_done_and_timed_from_their_first_line()
    {
        var moving = Assert.Single(After(Creation, Ended(0, Vpc), Started(1, Balancer),
            OfStack(1, Balancer, "CREATE_IN_PROGRESS"),
            Moved(2, Balancer, "LoadBalancer", "AWS::ElasticLoadBalancingV2::LoadBalancer", "CREATE_IN_PROGRESS"),
            Moved(3, Balancer, "LoadBalancer", "AWS::ElasticLoadBalancingV2::LoadBalancer", "CREATE_IN_PROGRESS",
                "Resource creation Initiated"),
            Moved(9, Balancer, "LoadBalancer", "AWS::ElasticLoadBalancingV2::LoadBalancer", "CREATE_COMPLETE"),
            Moved(10, Balancer, "Listenerhttp", "AWS::ElasticLoadBalancingV2::Listener", "CREATE_IN_PROGRESS"),
            Moved(11, Balancer, "Listenerhttp", "AWS::ElasticLoadBalancingV2::Listener", "CREATE_IN_PROGRESS",
                "Eventual consistency check initiated")).Moving);

        Assert.Equal((1, 3, ""), (moving.Done, moving.Total, moving.Words));
        Assert.Equal(new MovingResource("Listenerhttp", "AWS::ElasticLoadBalancingV2::Listener", At(10), "stabilising"),
            Assert.Single(moving.Resources));
    }

    [Fact]
    public void A_stack_that_goes_back_says_so_and_counts_no_more()
    {
        var moving = Assert.Single(After(Creation, Ended(0, Vpc), Started(1, Balancer),
            Moved(9, Balancer, "LoadBalancer", "AWS::ElasticLoadBalancingV2::LoadBalancer", "CREATE_COMPLETE"),
            Moved(10, Balancer, "Listenerhttp", "AWS::ElasticLoadBalancingV2::Listener", "CREATE_FAILED", "no certificate"),
            OfStack(11, Balancer, "ROLLBACK_IN_PROGRESS"),
            Moved(12, Balancer, "LoadBalancer", "AWS::ElasticLoadBalancingV2::LoadBalancer", "DELETE_IN_PROGRESS")).Moving);

        Assert.Equal(("rolling back", 0, true), (moving.Words, moving.Done, moving.GoesBack));
        Assert.Equal("deleting", Assert.Single(moving.Resources).Words);
    }

    [Fact]
    public void What_stands_below_a_failure_waits_for_nothing_and_takes_no_time()
    {
        var progress = After(Creation, Ended(15, Vpc), Started(15, Database), Started(15, Balancer),
            Ended(20, Database, NodeOutcome.Failed, new NodeFailure("no")));

        Assert.Empty(progress.Waiting);
        Assert.Equal(TimeSpan.FromSeconds(125), progress.Left(At(20)));
    }

    [Fact]
    public void The_first_to_fail_comes_first_even_where_its_rollback_ends_last()
    {
        var progress = After(Creation, Ended(0, Vpc), Started(0, Database), Started(0, Balancer),
            Moved(10, Balancer, "LoadBalancer", "AWS::ElasticLoadBalancingV2::LoadBalancer", "CREATE_FAILED", "quota"),
            Ended(20, Database, NodeOutcome.Failed, new NodeFailure("later")),
            Ended(60, Balancer, NodeOutcome.Failed, new NodeFailure("quota")),
            Ended(60, Web, NodeOutcome.Skipped), Ended(60, Alarms, NodeOutcome.Skipped));

        Assert.Equal([Balancer, Database], progress.Failures.Select(f => f.Node));
        Assert.Equal([Web, Alarms], progress.SkippedFor(Balancer).Select(n => n.Id));
        Assert.Equal([Database, Balancer], progress.MissedBy(Web).AsEnumerable());
        Assert.Equal([Web], progress.MissedBy(Alarms).AsEnumerable());
    }

    [Fact]
    public void Where_things_happen_at_once_nobody_says_how_long_is_left()
    {
        Assert.Equal(TimeSpan.Zero, new RunProgress(RunOutline.Of(Creation, pace: 0)).Left(At(0)));
        Assert.Equal(new RunProgress(RunOutline.Of(Creation, pace: 1)).Left(At(0)) * 0.5,
            new RunProgress(RunOutline.Of(Creation, pace: 0.5)).Left(At(0)));
    }

    [Fact]
    public void After_the_first_interrupt_only_what_runs_counts()
    {
        var progress = After(Creation, Ended(15, Vpc), Started(15, Database), Started(15, Balancer));
        progress.Stop();

        Assert.Empty(progress.Waiting);
        Assert.Equal(TimeSpan.FromSeconds(600), progress.Left(At(15)));
    }

    [Fact]
    public void Who_works_for_a_stack_waits_for_its_start_only()
    {
        var outline = new RunOutline("Provision", Creation.Scope,
            [new RunNode(Id("cert"), "cert"), new RunNode(Id("record"), "record") { Host = Id("cert") }]);

        var progress = new RunProgress(outline);
        Assert.Equal(["cert: ", "record: cert"], Waiting(progress));
        progress.On(Started(0, Id("cert")));
        Assert.Equal(["record: "], Waiting(progress));
    }

    private static IEnumerable<string> Waiting(RunProgress progress, bool byPlan = false)
    {
        var order = progress.Outline.Nodes.Select(n => n.Id).ToList();
        var waiting = byPlan ? progress.Waiting.OrderBy(w => order.IndexOf(w.Node.Id)) : progress.Waiting.AsEnumerable();
        return waiting.Select(w => $"{w.Node.Id.Name}: {string.Join(' ', w.For.Select(n => n.Id.Name))}");
    }
}
