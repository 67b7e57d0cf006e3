using Paco.Applying;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Planning;
using Paco.Sandbox;
using Paco.Stacks;
using static Paco.Engine.Tests.Bed;

namespace Paco.Engine.Tests;

public sealed class ApplierTests
{
    [Fact]
    public void A_stack_starts_the_moment_its_input_is_known_however_long_its_neighbours_take()
    {
        var slow = new Resource("Balancer", "AWS::ElasticLoadBalancingV2::LoadBalancer",
            new MapValue { ["Subnets"] = Value.List("subnet-00000001", "subnet-00000002") });
        var (starts, ends) = Run(Pace.Realistic, [], async world =>
        {
            var (started, ended) = (new Dictionary<string, DateTimeOffset>(), new Dictionary<string, DateTimeOffset>());
            await Provision(world, Graph(Stack("slow", [slow]), Stack("first", [Topic()]), Stack("second", [Topic()], "first")), e =>
            {
                lock (started)
                {
                    if (e is NodeStarted s)
                        started[s.Node.Name] = s.At;
                    else if (e is NodeEnded n)
                        ended[n.Result.Node.Name] = n.At;
                }
            });
            return (started, ended);
        });
        Assert.Equal(ends["first"], starts["second"]);
        Assert.True(ends["second"] < ends["slow"]);
    }

    [Fact]
    public void An_answer_that_is_lost_is_looked_up_and_the_call_is_not_made_twice()
    {
        var sent = Run(Pace.Instant, [new Fault.DropConnection("cloudformation:CreateStack", 1, AfterEffect: true)], async world =>
        {
            var report = await Provision(world, Graph(Stack("first", [Topic()])));
            Assert.Equal(NodeOutcome.Created, Outcomes(report)["first"]);
            return world.Wire.Sent.ToList();
        });
        Assert.Single(sent.Where(s => s.Operation == "CreateStack").Select(s => s.Token).Distinct());
    }

    [Fact]
    public void What_stands_below_a_failure_is_skipped_and_the_rest_goes_on()
    {
        var outcomes = Run(Pace.Realistic, [new Fault.FailResource("broken", "*", "no more topics")], async world =>
            Outcomes(await Provision(world,
                Graph(Stack("broken", [Topic()]), Stack("below", [Topic()], "broken"), Stack("beside", [Topic()])))));
        Assert.Equal((NodeOutcome.Failed, NodeOutcome.Skipped, NodeOutcome.Created),
            (outcomes["broken"], outcomes["below"], outcomes["beside"]));
    }

    [Fact]
    public void A_colleagues_bucket_is_not_deleted_by_a_plan_that_did_not_show_it()
    {
        var failure = Run(Pace.Instant, [], async world =>
        {
            await Provision(world, Graph(Stack("shared", [Topic()])));
            var mine = await Plan(world, Graph(Stack("shared", [Topic("mine")])));
            await Provision(world, Graph(Stack("shared", [Topic(), Bucket("colleagues-bucket")])));
            var report = await Applier.Apply(mine, world.Cloud, world.Options, _ => { }, default);
            return report.Failures.Single().Failure!;
        });
        Assert.Equal("Bucket", failure.LogicalId);
        Assert.Contains("the plan did not show", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_interrupt_leaves_at_once_and_says_what_still_runs_and_a_later_run_attaches()
    {
        Run(Pace.Realistic, [], async world =>
        {
            var graph = Graph(Stack("first", [Bucket("slow-bucket")]), Stack("second", [Topic()], "first"));
            using var leave = new CancellationTokenSource();
            using var timer = world.Options.Time.CreateTimer(_ => leave.Cancel(), null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
            var left = Outcomes(await Applier.Apply(await Plan(world, graph), world.Cloud, world.Options, _ => { },
                new Cancellation(leave.Token, leave.Token)));
            Assert.Equal((NodeOutcome.StillRunning, NodeOutcome.Skipped), (left["first"], left["second"]));
            Assert.True((await Provision(world, graph)).Succeeded);
            Assert.False((await Plan(world, graph)).HasWork);
            Assert.Single(world.Wire.Sent, s => s.Operation == "CreateStack" && s.Stack == "first");
            return 0;
        });
    }

    [Fact]
    public void The_first_interrupt_starts_nothing_new_and_waits_for_what_runs()
    {
        Run(Pace.Realistic, [], async world =>
        {
            var graph = Graph(Stack("first", [Bucket("slow-bucket")]), Stack("second", [Topic()], "first"));
            using var stop = new CancellationTokenSource();
            using var timer = world.Options.Time.CreateTimer(_ => stop.Cancel(), null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
            var outcomes = Outcomes(await Applier.Apply(await Plan(world, graph), world.Cloud, world.Options, _ => { },
                new Cancellation(stop.Token, CancellationToken.None)));
            Assert.Equal((NodeOutcome.Created, NodeOutcome.Skipped), (outcomes["first"], outcomes["second"]));
            return 0;
        });
    }

    [Fact]
    public void A_clock_that_is_wrong_by_an_hour_loses_no_event()
    {
        // Events are asked for by the cloud's own times; the machine's clock is not among them.
        var lines = Run(Pace.Realistic, [], async world =>
        {
            await Provision(world, Graph(Stack("first", [Topic("a")])));
            var moved = new List<StackEvent>();
            await Provision(world, Graph(Stack("first", [Topic("b")])), e =>
            {
                if (e is ResourceMoved m)
                {
                    lock (moved)
                        moved.Add(m.Event);
                }
            });
            return moved;
        });
        Assert.DoesNotContain(lines, e => e.ResourceStatus == "CREATE_COMPLETE");
        Assert.Contains(lines, e => e.LogicalResourceId == "Topic" && e.ResourceStatus == "UPDATE_COMPLETE");
        Assert.Contains(lines, e => e.LogicalResourceId == "first" && e.ResourceStatus == "UPDATE_COMPLETE");
    }

    [Fact]
    public void A_deletion_that_failed_is_tried_again_by_the_next_run()
    {
        Run(Pace.Instant, [new Fault.FailResource("first", "*", "held by somebody", 2, ResourceAction.Delete)], async world =>
        {
            var graph = Graph(Stack("first", [Topic()]));
            await Provision(world, graph);
            for (var attempt = 1; attempt <= 3; attempt++)
            {
                var plan = await DeletionPlanner.Plan(graph, Scope.All, world.Cloud, world.Options.Planning, CancellationToken.None);
                var report = await Applier.Apply(plan, world.Cloud, world.Options, _ => { }, default);
                Assert.Equal(attempt < 3 ? NodeOutcome.Failed : NodeOutcome.Deleted, Outcomes(report)["first"]);
            }
            return 0;
        });
    }
}
