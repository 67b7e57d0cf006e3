using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Linking;
using Paco.Planning;
using Paco.Sandbox;
using Paco.Stacks;
using static Paco.Engine.Tests.Bed;

namespace Paco.Engine.Tests;

/// <summary>Who uses what a stack offers: told by references where the project has them, else by values that are nothing else's.</summary>
public sealed class UsesTests
{
    [Fact]
    public void The_zone_that_all_load_balancers_of_a_region_share_makes_nobody_a_user()
    {
        Run(Pace.Instant, [], async world =>
        {
            var graph = Graph(Balancer("old"), Balancer("new"), Record("record", "new"));
            await Provision(world, graph);
            var zones = (await world.Cloud.CloudFormation(Here).DescribeStacks(default)).Where(s => s.Outputs.ContainsKey("Zone"))
                .Select(s => s.Outputs["Zone"]);
            Assert.Single(zones.Distinct());

            Assert.Empty((await Deletion(world, graph, "old")).Warnings);
            // Also where nobody reads what the record is made of.
            Assert.Empty((await Deletion(world, Graph(Balancer("old")), "old")).Warnings);
            return 0;
        });
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Who_points_at_a_load_balancer_by_name_is_its_user(bool isRead)
    {
        Run(Pace.Instant, [], async world =>
        {
            var graph = Graph(Balancer("old"), Record("record", "old"));
            await Provision(world, graph);

            var plan = await Deletion(world, isRead ? graph : Graph(Balancer("old")), "old");

            Assert.Equal("old is still used by record", plan.Warnings.Single().Message);
            return 0;
        });
    }

    [Fact]
    public void A_reference_tells_a_user_also_by_a_value_that_others_have()
    {
        Run(Pace.Instant, [], async world =>
        {
            var graph = Graph(Balancer("one"), Balancer("two"), User("reader", new OutputSource(Id("one"), "Zone")));
            await Provision(world, graph);

            Assert.Single((await Deletion(world, graph, "one")).Warnings);
            Assert.Empty((await Deletion(world, graph, "two")).Warnings);
            return 0;
        });
    }

    [Fact]
    public void A_name_that_another_region_has_too_is_told_apart_by_its_region()
    {
        Run(Pace.Instant, [], async world =>
        {
            var there = new Place("account0", "eu-central-1");
            var group = Stack("logs", [new Resource("Logs", "AWS::Logs::LogGroup", new MapValue { ["LogGroupName"] = "shop" })]);
            var user = User("reader", new LiteralSource("shop"));
            var far = new StackNode(user.Stack with { Id = new NodeId(there, "reader") });
            await Provision(world, Graph(group, far));
            Assert.Empty((await Deletion(world, Graph(group, far), "logs")).Warnings);

            await Provision(world, Graph(group, user));
            Assert.Single((await Deletion(world, Graph(group, user), "logs")).Warnings);
            return 0;
        });
    }

    private static Task<Plan> Deletion(Simulation.World world, StackGraph graph, string stack) =>
        DeletionPlanner.Plan(graph, new Scope($"netenv.bed.dev.{stack}"), world.Cloud, world.Options.Planning, default);

    private static StackNode Balancer(string name) => Offering(Stack(name,
        [
            new Resource("Balancer", "AWS::ElasticLoadBalancingV2::LoadBalancer",
                new MapValue { ["Subnets"] = Value.List("subnet-00000001", "subnet-00000002") }),
        ]), ("Zone", Fn.GetAtt("Balancer", "CanonicalHostedZoneID")), ("Dns", Fn.GetAtt("Balancer", "DNSName")));

    private static StackNode Record(string name, string balancer) =>
        User(name, new OutputSource(Id(balancer), "Zone"), new OutputSource(Id(balancer), "Dns"));

    // A stack whose one resource is made of all it is given.
    private static StackNode User(string name, params Source[] sources)
    {
        var parameters = sources.Select((s, i) => new Parameter($"In{i}", "String", s)).ToImmutableArray();
        var text = string.Join(' ', parameters.Select(p => $"${{{p.Name}}}"));
        var node = Stack(name,
            [new Resource("Text", "AWS::SSM::Parameter", new MapValue { ["Type"] = "String", ["Value"] = Fn.Sub(text) })]);
        return node with
        {
            Stack = node.Stack with
            {
                Parameters = parameters,
                Template = node.Stack.Template with { Parameters = [.. parameters.Select(p => new TemplateParameter(p.Name, p.Type))] },
            },
            DependsOn = [.. sources.SelectMany(s => s.Needs).Distinct().Order()],
        };
    }

    private static StackNode Offering(StackNode node, params (string Key, Value Value)[] outputs) => node with
    {
        Stack = node.Stack with
        {
            Template = node.Stack.Template with { Outputs = [.. outputs.Select(o => new TemplateOutput(o.Key, o.Value))] },
        },
    };
}
