using System.Collections.Immutable;
using Paco.Applying;
using Paco.CloudFormation;
using Paco.Linking;
using Paco.Resources.Connections;
using Paco.Sandbox;
using Paco.Stacks;
using static Paco.Engine.Tests.Bed;

namespace Paco.Engine.Tests;

public sealed class ConnectionTests
{
    [Fact]
    public void What_needs_a_pending_connection_is_made_by_the_run_after_a_person_agreed() => Run(Pace.Instant, [], async world =>
    {
        var first = await Provision(world, Pipeline());
        Assert.Equal((NodeOutcome.Created, NodeOutcome.Failed, NodeOutcome.Skipped), Of(first));
        Assert.Equal("PACO5041", first.Failures.Single().Failure!.Code);

        var pending = Assert.Single(world.Local.Connections());
        var plan = await Plan(world, Pipeline());
        Assert.StartsWith("the connection shop is still pending: open https://us-west-2.console", plan.Nodes[1].Reason,
            StringComparison.Ordinal);

        Assert.True(world.Local.Connect(pending.Arn));
        Assert.Equal((NodeOutcome.Unchanged, NodeOutcome.Unchanged, NodeOutcome.Created), Of(await Provision(world, Pipeline())));
        Assert.False((await Plan(world, Pipeline())).HasWork);
        return 0;
    });

    [Fact]
    public void A_plan_says_before_anything_is_made_that_a_person_will_be_asked() => Run(Pace.Instant, [], async world =>
    {
        var plan = await Plan(world, Pipeline());
        Assert.Contains("pending until somebody agrees at GitHub", plan.Nodes[1].Reason, StringComparison.Ordinal);
        return 0;
    });

    private static (NodeOutcome, NodeOutcome, NodeOutcome) Of(RunReport report) =>
        Outcomes(report) is var all ? (all["connection"], all["finished"], all["pipeline"]) : default;

    private static StackGraph Pipeline()
    {
        var source = Stack("connection", [new Resource("Connection", "AWS::CodeConnections::Connection",
            new MapValue { ["ConnectionName"] = "shop", ["ProviderType"] = "GitHub" })]);
        var step = new FinishedConnection("GitHub")
        {
            Id = Id("finished"),
            Ref = "netenv.bed.dev.pipeline",
            Title = "connection finished",
            Inputs = [new(FinishedConnection.Arn, new OutputSource(source.Id, "Name"))],
        };
        var user = Stack("pipeline", [new Resource("Text", "AWS::SSM::Parameter",
            new MapValue { ["Type"] = "String", ["Value"] = Fn.Ref("Connection") })]);
        ImmutableArray<Parameter> given = [new("Connection", "String", new OutputSource(step.Id, FinishedConnection.Arn))];
        var template = user.Stack.Template with { Parameters = [new TemplateParameter("Connection", "String")] };
        return new StackGraph([
            source,
            new ActionNode(step) { DependsOn = [source.Id] },
            new StackNode(user.Stack with { Parameters = given, Template = template }) { DependsOn = [step.Id] },
        ]);
    }
}
