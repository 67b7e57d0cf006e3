using Paco.CloudFormation;
using Paco.Planning;
using Paco.Sandbox;
using Paco.Stacks;
using static Paco.Engine.Tests.Bed;

namespace Paco.Engine.Tests;

public sealed class EstimateTests
{
    [Fact]
    public void The_longest_chain_decides_and_is_named()
    {
        var (estimate, report) = Run(Pace.Realistic, [], async world =>
        {
            var graph = Graph(Stack("root", [Topic()]), Stack("short", [Topic()], "root"), Stack("long", [Bucket("a-bucket")], "root"),
                Stack("last", [Text("a"), Topic() with { DependsOn = ["Text"] }], "long"));
            var plan = await Plan(world, graph);
            return (Estimate.Of(plan), await Provision(world, graph));
        });
        Assert.Equal(["root", "long", "last"], estimate.CriticalPath.Select(id => id.Name));
        Assert.Equal(TimeSpan.FromSeconds(5 + 22 + 10), estimate.Length);
        Assert.InRange(report.Duration, estimate.Length, estimate.Length * 1.05);
    }

    [Fact]
    public void Where_nothing_is_to_be_done_it_takes_no_time()
    {
        var estimate = Run(Pace.Instant, [], async world =>
        {
            await Provision(world, Graph(Stack("first", [Topic()])));
            return Estimate.Of(await Plan(world, Graph(Stack("first", [Topic()]))));
        });
        Assert.Equal((TimeSpan.Zero, true), (estimate.Length, estimate.CriticalPath.IsEmpty));
    }

    [Fact]
    public void What_is_left_is_the_longest_chain_of_what_has_not_ended()
    {
        var estimate = Hours(Stack("root", [Topic()]), Stack("short", [Topic()], "root"), Stack("long", [Topic()], "root"),
            Stack("last", [Topic()], "long"));

        Assert.Equal(TimeSpan.FromHours(3), estimate.Left(new HashSet<NodeId>(), new Dictionary<NodeId, TimeSpan>()).Length);
        Assert.Equal(TimeSpan.FromHours(2.75), estimate.Left(new HashSet<NodeId>(), Since(("root", 0.25))).Length);
        Assert.Equal(TimeSpan.FromHours(1.5), estimate.Left(Ended("root"), Since(("short", 0.5), ("long", 0.5))).Length);
        Assert.Equal(TimeSpan.FromHours(1), estimate.Left(Ended("root", "long", "last"), new Dictionary<NodeId, TimeSpan>()).Length);
        Assert.Equal(TimeSpan.Zero, estimate.Left(Ended("root", "short", "long", "last"), new Dictionary<NodeId, TimeSpan>()).Length);
    }

    [Fact]
    public void What_takes_longer_than_expected_counts_as_ending_now()
    {
        var estimate = Hours(Stack("slow", [Topic()]), Stack("after", [Topic()], "slow"));

        Assert.Equal(TimeSpan.FromHours(1), estimate.Left(new HashSet<NodeId>(), Since(("slow", 7))).Length);
        Assert.Equal(TimeSpan.Zero, estimate.Left(Ended("slow"), Since(("after", 7))).Length);
    }

    [Fact]
    public void Where_one_chain_is_faster_than_expected_another_decides_the_end()
    {
        var estimate = Hours(Stack("one", [Topic()]), Stack("after-one", [Topic()], "one"), Stack("other", [Topic()]),
            Stack("after-other", [Topic()], "other"));

        var left = estimate.Left(Ended("one"), Since(("after-one", 0.1), ("other", 0.5)));

        Assert.Equal(["other", "after-other"], left.CriticalPath.Select(n => n.Name));
        Assert.Equal(TimeSpan.FromHours(1.5), left.Length);
    }

    [Fact]
    public void In_a_deletion_the_consumer_comes_first()
    {
        var (first, second) = Run(Pace.Instant, [], async world =>
        {
            var graph = Graph(Stack("used", [Topic()]), Stack("user", [Topic()], "used"));
            await Provision(world, graph);
            var plan = await DeletionPlanner.Plan(graph, Scope.All, world.Cloud, world.Options.Planning, CancellationToken.None);
            var estimate = Estimate.Of(plan, (_, _) => TimeSpan.FromHours(1));
            return (estimate.Left(new HashSet<NodeId>(), Since(("user", 0.5))).Length, RunDependencies.Of(plan)[Id("used")]);
        });
        Assert.Equal(TimeSpan.FromHours(1.5), first);
        Assert.Equal(Id("user"), Assert.Single(second));
    }

    private static Estimate Hours(params Linking.StackNode[] nodes) =>
        Run(Pace.Instant, [], async world => Estimate.Of(await Plan(world, Graph(nodes)), (_, _) => TimeSpan.FromHours(1)));

    private static HashSet<NodeId> Ended(params string[] names) => [.. names.Select(Id)];

    private static Dictionary<NodeId, TimeSpan> Since(params (string Name, double Hours)[] running) =>
        running.ToDictionary(r => Id(r.Name), r => TimeSpan.FromHours(r.Hours));

    [Fact]
    public void Another_table_gives_another_length()
    {
        var estimate = Run(Pace.Instant, [], async world =>
            Estimate.Of(await Plan(world, Graph(Stack("first", [Topic()]), Stack("second", [Topic()], "first"))),
                (_, kind) => kind == ChangeKind.Create ? TimeSpan.FromHours(1) : TimeSpan.Zero));
        Assert.Equal(TimeSpan.FromHours(2), estimate.Length);
    }
}
