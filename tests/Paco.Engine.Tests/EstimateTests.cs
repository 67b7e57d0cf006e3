using Paco.CloudFormation;
using Paco.Planning;
using Paco.Sandbox;
using static Paco.Engine.Tests.Bed;

namespace Paco.Engine.Tests;

public sealed class EstimateTests
{
    [Fact]
    public void The_longest_chain_decides_and_is_named()
    {
        var (estimate, report) = Run(Pace.Realistic, [], async world =>
        {
            var graph = Graph(Stack("root", [Topic()]), Stack("short", [Topic()], "root"), Stack("long", [Bucket("a-bucket")], "root"), Stack("last", [Text("a"), Topic() with { DependsOn = ["Text"] }], "long"));
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
    public void Another_table_gives_another_length()
    {
        var estimate = Run(Pace.Instant, [], async world =>
            Estimate.Of(await Plan(world, Graph(Stack("first", [Topic()]), Stack("second", [Topic()], "first"))), (_, kind) => kind == ChangeKind.Create ? TimeSpan.FromHours(1) : TimeSpan.Zero));
        Assert.Equal(TimeSpan.FromHours(2), estimate.Length);
    }
}
