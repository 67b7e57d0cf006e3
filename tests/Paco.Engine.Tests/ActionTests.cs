using Paco.Applying;
using Paco.Linking;
using Paco.Sandbox;
using static Paco.Engine.Tests.Bed;

namespace Paco.Engine.Tests;

public sealed class ActionTests
{
    [Fact]
    public void What_works_for_a_stack_that_fails_stops_with_it()
    {
        var results = Run(Pace.Realistic, [new Fault.FailResource("sim-certificate0", "Certificate", "no more certificates")],
            async world =>
            {
                var graph = new StackGraph([.. new Simulation.SimulatedCertificates(Here, [Here]).Nodes()]);
                var report = await Applier.Apply(await Plan(world, graph), world.Cloud, world.Options, _ => { }, default);
                Assert.True(report.Duration < TimeSpan.FromMinutes(5), $"{report.Duration}");
                return report.Results;
            });
        var records = results.Single(r => r.Node.Name == "records of sim-certificate0");
        Assert.Equal((NodeOutcome.Skipped, "needs certificate0"), (records.Outcome, records.Failure!.Message));
    }

    [Fact]
    public void A_stack_does_not_take_the_turn_that_its_own_action_waits_for()
    {
        var duration = Run(Pace.Realistic, [], async world =>
        {
            // One stack at a time: the zone, which the record goes into, and the certificate, which waits for the record.
            var graph = new StackGraph([.. new Simulation.SimulatedCertificates(Here, [Here]).Nodes().Reverse()
                .OrderBy(n => n is ActionNode)]);
            var report = await Applier.Apply(await Plan(world, graph), world.Cloud, world.Options with { MaxPerPlace = 1 }, _ => { },
                default);
            Assert.True(report.Succeeded);
            return report.Duration;
        });
        Assert.True(duration < TimeSpan.FromMinutes(5), $"{duration}");
    }
}
