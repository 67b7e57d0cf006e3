using Paco.Drifting;
using Paco.Linking;
using Paco.Planning;
using Paco.Sandbox;
using Paco.Stacks;
using static Paco.Engine.Tests.Bed;

namespace Paco.Engine.Tests;

/// <summary>A stack that somebody deletes between the listing that had it and the first question about it.</summary>
public sealed class GoneStackTests
{
    private static readonly StackGraph Both = Graph(Stack("first", [Topic()]), Stack("second", [Topic()], "first"));

    [Fact]
    public void A_plan_makes_it_again()
    {
        Run(Pace.Instant, [], async world =>
        {
            await Provision(world, Both);
            DeleteAt(world, "GetTemplate", "second");
            var plan = await Plan(world, Both);
            Assert.Equal([NodeAction.None, NodeAction.Create], plan.Nodes.Select(n => n.Action));
            return 0;
        });
    }

    [Fact]
    public void A_plan_that_asked_CloudFormation_last_goes_on_and_the_run_makes_it_again()
    {
        Run(Pace.Instant, [], async world =>
        {
            await Provision(world, Both);
            var changed = Graph(Stack("first", [Topic()]), Stack("second", [Topic("another name")], "first"));
            DeleteAt(world, "CreateChangeSet", "second");
            Assert.True((await Provision(world, changed)).Succeeded);
            Assert.False((await Plan(world, changed)).HasWork);
            return 0;
        });
    }

    [Fact]
    public void A_deletion_has_nothing_to_do_there()
    {
        Run(Pace.Instant, [], async world =>
        {
            await Provision(world, Both);
            DeleteAt(world, "GetTemplate", "second");
            var plan = await DeletionPlanner.Plan(Both, Scope.All, world.Cloud, world.Options.Planning, default);
            Assert.Equal([NodeAction.Absent, NodeAction.Delete], plan.Nodes.Select(n => n.Action));
            return 0;
        });
    }

    [Fact]
    public void It_has_not_drifted()
    {
        Run(Pace.Instant, [], async world =>
        {
            await Provision(world, Both);
            DeleteAt(world, "DetectStackDrift", "second");
            var report = await DriftDetection.Detect(Both, world.Cloud, new DriftOptions { Time = world.Options.Time }, default);
            Assert.Equal(["first"], report.Stacks.Select(s => s.Node.Name));
            Assert.False(report.HasFailures);
            return 0;
        });
    }

    // Deletes the stack the moment before the first such call about it reaches the cloud.
    private static void DeleteAt(Simulation.World world, string operation, string stack)
    {
        var isDone = false;
        world.Wire.Before = async form =>
        {
            if (isDone || !form.Contains($"Action={operation}&", StringComparison.Ordinal)
                || !form.Contains($"StackName={stack}", StringComparison.Ordinal))
            {
                return;
            }
            isDone = true;
            await world.Cloud.CloudFormation(Here).DeleteStack(stack, "gone", default);
            while (await world.Cloud.CloudFormation(Here).DescribeStack(stack, default) is not null)
                await Task.Delay(TimeSpan.FromSeconds(1), world.Options.Time);
        };
    }
}
