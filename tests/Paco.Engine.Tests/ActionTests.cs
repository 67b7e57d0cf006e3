using Paco.Applying;
using Paco.CloudFormation;
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
    public void What_a_run_would_skip_with_its_action_is_not_offered() => Run(Pace.Instant, [], async world =>
    {
        var nodes = new Simulation.SimulatedCertificates(Here, [Here]).Nodes().ToArray();
        var zone = (StackNode)nodes[0];
        var template = zone.Stack.Template;
        StackNode With(bool isFifo) => zone with { Stack = zone.Stack with { Template = template with { Resources =
        [
            .. template.Resources,
            new Resource("Jobs", "AWS::SQS::Queue", new MapValue { ["QueueName"] = "jobs.fifo", ["FifoQueue"] = isFifo }),
        ] } } };
        await Provision(world, new StackGraph([With(true)]));

        // CloudFormation replaces nothing under its name.
        var plan = await Plan(world, new StackGraph([With(false), .. nodes.Skip(1)]));

        Assert.Equal(["sim-zone Refused", "sim-certificate0 Refused", "records of sim-certificate0 Refused"],
            plan.Nodes.Select(n => $"{n.Id.Name} {n.Action}"));
        return 0;
    });

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
