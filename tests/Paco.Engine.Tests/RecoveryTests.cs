using Paco.Applying;
using Paco.Clouds;
using Paco.Planning;
using Paco.Sandbox;
using Paco.Stacks;
using static Paco.Engine.Tests.Bed;

namespace Paco.Engine.Tests;

public sealed class RecoveryTests
{
    [Fact]
    public void A_stuck_rollback_names_what_is_stuck_and_goes_on_without_it_when_told()
    {
        // Fails three times: the change, the way back, and the first attempt to continue.
        Run(Pace.Instant,
            [
                new Fault.FailResource("first", "Text", "held", 3, ResourceAction.Update),
                new Fault.FailResource("first", "Topic", "no", 1, ResourceAction.Update),
            ], async world =>
        {
            await Provision(world, Graph(Stack("first", [Topic("a"), Text("a")])));
            var changed = Graph(Stack("first", [Topic("b"), Text("b")]));
            await Provision(world, changed);
            var found = Assert.Single(await Recovery.Plan(changed, Scope.All, world.Cloud, CancellationToken.None));
            Assert.Equal((StackStatus.UpdateRollbackFailed, RecoveryStep.ContinueRollback), (found.Deployed.Status, found.Step));
            Assert.Equal("Text", Assert.Single(found.Stuck).LogicalResourceId);
            Assert.False((await Recover(world, found)).Succeeded);
            found = Assert.Single(await Recovery.Plan(changed, Scope.All, world.Cloud, CancellationToken.None));
            Assert.True((await Recover(world, found, "Text")).Succeeded);
            Assert.Empty(await Recovery.Plan(changed, Scope.All, world.Cloud, CancellationToken.None));
            return 0;
        });
    }

    [Fact]
    public void The_remains_of_a_failed_creation_are_deleted()
    {
        Run(Pace.Instant, [new Fault.FailResource("first", "*", "no", 1)], async world =>
        {
            var graph = Graph(Stack("first", [Topic()]));
            await Provision(world, graph);
            var found = Assert.Single(await Recovery.Plan(graph, Scope.All, world.Cloud, CancellationToken.None));
            Assert.Equal(RecoveryStep.DeleteRemains, found.Step);
            Assert.True((await Recover(world, found)).Succeeded);
            Assert.Equal(NodeAction.Create, (await Plan(world, graph)).Nodes.Single().Action);
            return 0;
        });
    }

    [Fact]
    public void A_creation_left_half_way_with_data_in_it_needs_permission_to_go()
    {
        Run(Pace.Instant, [new Fault.FailResource("first", "Topic", "no", 1)], async world =>
        {
            var graph = Graph(Stack("first", [Bucket("half-way"), Topic() with { DependsOn = ["Bucket"] }]));
            world.Wire.WithoutRollback = true;
            await Provision(world, graph);
            world.Wire.WithoutRollback = false;
            var found = Assert.Single(await Recovery.Plan(graph, Scope.All, world.Cloud, CancellationToken.None));
            Assert.Equal((RecoveryStep.RollBack, "Bucket"), (found.Step, Assert.Single(found.Lost).LogicalId));
            var plan = await Plan(world, graph);
            Assert.Equal((NodeAction.Recreate, true), (plan.Nodes.Single().Action, plan.Nodes.Single().DestroysData));
            Assert.True((await Recover(world, found)).Succeeded);
            Assert.True((await Provision(world, graph)).Succeeded);
            return 0;
        });
    }

    private static Task<RunReport> Recover(Simulation.World world, StackRecovery found, params string[] skip) =>
        Recovery.Apply([found], skip, world.Cloud, world.Options, _ => { }, CancellationToken.None);
}
