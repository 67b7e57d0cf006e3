using System.Collections.Immutable;
using Paco.Applying;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Engine.Tests.Simulation;
using Paco.Linking;
using Paco.Planning;
using Paco.Sandbox;
using Paco.Stacks;
using static Paco.Engine.Tests.Bed;

namespace Paco.Engine.Tests;

/// <summary>What follows from a change is in the plan, and the run does what the plan says.</summary>
public sealed class FollowsTests
{
    private const string Servers = """
        LaunchTemplate: {Type: AWS::EC2::LaunchTemplate, Properties: {LaunchTemplateData: {InstanceType: t3.small}}}
        ASG:
          Type: AWS::AutoScaling::AutoScalingGroup
          Properties:
            MinSize: "2"
            MaxSize: "8"
            DesiredCapacity: "4"
            AvailabilityZones: [us-west-2a]
            LaunchTemplate: {LaunchTemplateId: !Ref LaunchTemplate, Version: !GetAtt LaunchTemplate.LatestVersionNumber}
          UpdatePolicy: {AutoScalingRollingUpdate: {MinInstancesInService: 3, PauseTime: PT1M}}
        """;

    private const string Balancer = """
        ALB: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Scheme: internal, Subnets: [subnet-1, subnet-2]}}
        Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref ALB, Port: 80, Protocol: HTTP, DefaultActions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: "200"}}]}}
        Rule: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref Listener, Priority: 1, Conditions: [{Field: path-pattern, Values: ["/"]}], Actions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: "200"}}]}}
        """;

    public static TheoryData<string, string, string> Changes => new()
    {
        { Servers, "t3.small", "t3.medium" },
        { Servers, "DesiredCapacity: \"4\"", "DesiredCapacity: \"5\"" },
        { Balancer, "internal", "internet-facing" },
        { Balancer, "Port: 80", "Port: 81" },
        {
            """
            Data: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, DBInstanceClass: db.t4g.micro, AllocatedStorage: "20", MasterUsername: root, ManageMasterUserPassword: true, Port: "3306"}}
            Address: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !Sub "${Data.Endpoint.Address}:${Data.Endpoint.Port}"}}
            Id: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !Ref Data}}
            """, "3306", "3307"
        },
        {
            """
            Stream: {Type: AWS::Kinesis::Stream, Properties: {ShardCount: 1}}
            Note: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !GetAtt Stream.Arn}}
            """, "ShardCount: 1", "ShardCount: 2"
        },
        {
            """
            Instance: {Type: AWS::EC2::Instance, Properties: {ImageId: ami-1, InstanceType: t3.nano}}
            Address: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !GetAtt Instance.PublicIp}}
            """, "t3.nano", "t3.micro"
        },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void What_the_plan_does_not_list_the_run_does_not_do(string resources, string old, string now)
    {
        Run(Pace.Instant, [], async world =>
        {
            await Provision(world, Graph(Of("shop", resources)));
            var changed = Graph(Of("shop", resources.Replace(old, now, StringComparison.Ordinal)));
            var (listed, done) = await Apply(world, changed);
            Assert.NotEmpty(done);
            Assert.Empty(done.Except(listed));
            Assert.False((await Plan(world, changed)).HasWork);
            return 0;
        });
    }

    [Fact]
    public void A_launch_template_rolls_its_group_and_the_plan_says_so()
    {
        var (group, estimate, report) = Run(Pace.Realistic, [], async world =>
        {
            await Provision(world, Graph(Of("shop", Servers)));
            var changed = Graph(Of("shop", Servers.Replace("t3.small", "t3.medium", StringComparison.Ordinal)));
            var plan = await Plan(world, changed);
            return (Change(plan, "ASG"), Estimate.Of(plan), await Provision(world, changed));
        });
        Assert.Equal((ChangeKind.Update, "LaunchTemplate.LatestVersionNumber"), (group.Kind, Assert.Single(group.Follows)));
        Assert.Equal(("LaunchTemplate.Version", true), (group.Properties.Single().Path, group.Properties.Single().IsUnknown));
        Assert.Null(group.Remark);
        var rolling = Assert.Single(group.Consequences);
        Assert.Equal("rolling update: 4 servers, 1 at a time, about 11 min; 3 stay in service", rolling.Text);
        // Four batches of 105 seconds and a minute's pause, after the template's three seconds and the group's fifteen.
        Assert.Equal((4 * 165) + 18, Math.Ceiling(estimate.Length.TotalSeconds));
        Assert.InRange(report.Duration, estimate.Length, estimate.Length * 1.02);
    }

    [Fact]
    public void What_is_replaced_in_one_stack_is_followed_into_the_next_and_the_one_after_that()
    {
        Run(Pace.Instant, [], async world =>
        {
            StackGraph Graph(string scheme) => Bed.Graph(
                WithOutput(Of("alb", Balancer.Replace("internal", scheme, StringComparison.Ordinal)), Fn.GetAtt("ALB", "DNSName")),
                WithOutput(Stack("dns", [TextOf(Fn.Ref("Fromalb"))], "alb"), Fn.Ref("Fromalb")),
                Stack("site", [TextOf(Fn.Ref("Fromdns"))], "dns"), Stack("other", [Text("a")]));
            await Provision(world, Graph("internal"));
            var plan = await Plan(world, Graph("internet-facing"));
            Assert.Equal(["alb", "dns", "site"], plan.Nodes.Where(n => n.HasWork).Select(n => n.Id.Name));
            Assert.All(["dns", "site"], name =>
            {
                var change = Assert.Single(plan.Nodes.OfType<PlannedStack>().Single(n => n.Id.Name == name).Changes);
                Assert.Equal((ChangeKind.Update, "alb ▸ ALB.DNSName"), (change.Kind, Assert.Single(change.Follows)));
            });
            Assert.Equal([ChangeKind.Replace, ChangeKind.Replace, ChangeKind.Replace],
                plan.Nodes.OfType<PlannedStack>().First().Changes.Select(c => c.Kind));
            var (listed, done) = await Apply(world, Graph("internet-facing"));
            Assert.Empty(done.Except(listed));
            return 0;
        });
    }

    [Fact]
    public void An_output_of_what_is_updated_stays_where_its_attribute_stays()
    {
        Run(Pace.Instant, [], async world =>
        {
            StackGraph Graph(string type) => Bed.Graph(
                WithOutput(Of("web", Servers.Replace("t3.small", type, StringComparison.Ordinal)), Fn.Ref("LaunchTemplate")),
                Stack("user", [TextOf(Fn.Ref("Fromweb"))], "web"));
            await Provision(world, Graph("t3.small"));
            Assert.Equal(["web"], (await Plan(world, Graph("t3.large"))).Nodes.Where(n => n.HasWork).Select(n => n.Id.Name));
            return 0;
        });
    }

    [Fact]
    public void A_value_that_moves_into_something_that_holds_data_and_replaces_it_is_guarded()
    {
        Run(Pace.Instant, [], async world =>
        {
            const string Resources = """
                Groups: {Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupName: one, DBSubnetGroupDescription: d, SubnetIds: [subnet-1]}}
                Data: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, DBInstanceClass: db.t4g.micro, AllocatedStorage: "20", MasterUsername: root, ManageMasterUserPassword: true, DBSubnetGroupName: !Ref Groups}}
                """;
            await Provision(world, Graph(Of("data", Resources)));
            var plan = await Plan(world, Graph(Of("data", Resources.Replace("one", "two", StringComparison.Ordinal))));
            var database = Change(plan, "Data");
            Assert.Equal((ChangeKind.Replace, true), (database.Kind, database.DestroysData));
            Assert.Equal("Groups", Assert.Single(database.Follows));
            Assert.Single(DestroyPermissions.None.Refused(plan));
            return 0;
        });
    }

    [Fact]
    public void A_group_that_is_rolled_back_rolls_back_by_the_policy_it_had()
    {
        var events = Run(Pace.Instant, [new Fault.FailResource("shop", "Topic", "no")], async world =>
        {
            await Provision(world, Graph(Of("shop", Servers)));
            var topic = new Resource("Topic", "AWS::SNS::Topic", []) { DependsOn = ["ASG"] };
            var changed = Of("shop", Servers.Replace("t3.small", "t3.large", StringComparison.Ordinal)
                .Replace("MinInstancesInService: 3, ", "MaxBatchSize: 4, ", StringComparison.Ordinal));
            var reasons = new List<string>();
            await Provision(world, Graph(changed with
            {
                Stack = changed.Stack with
                {
                    Template = changed.Stack.Template with { Resources = [.. changed.Stack.Template.Resources, topic] },
                },
            }), e =>
            {
                if (e is ResourceMoved { Event: { LogicalResourceId: "ASG", ResourceStatusReason: { } reason } })
                    reasons.Add(reason);
            });
            return reasons;
        });
        Assert.Equal(["Rolling update initiated. Terminating 4 obsolete instance(s) in batches of 4.",
            "Rolling update initiated. Terminating 4 obsolete instance(s) in batches of 1, while keeping at least 3 instance(s) in service."],
            events.Where(e => e.StartsWith("Rolling", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_action_that_is_given_what_moves_is_done_again_and_says_why()
    {
        Run(Pace.Instant, [], async world =>
        {
            StackGraph Graph(string scheme)
            {
                var balancer = WithOutput(Of("alb", Balancer.Replace("internal", scheme, StringComparison.Ordinal)),
                    Fn.GetAtt("ALB", "DNSName"));
                return new StackGraph([balancer, new ActionNode(new Note
                {
                    Id = Id("note"),
                    Ref = "netenv.bed.dev.note",
                    Title = "note",
                    Inputs = [new("Address", new OutputSource(balancer.Id, "Name"))],
                }) { DependsOn = [balancer.Id] }]);
            }
            await Provision(world, Graph("internal"));
            var unchanged = (await Plan(world, Graph("internal"))).Nodes.OfType<PlannedAction>().Single();
            var moved = (await Plan(world, Graph("internet-facing"))).Nodes.OfType<PlannedAction>().Single();
            Assert.Equal((NodeAction.None, NodeAction.Update), (unchanged.Action, moved.Action));
            Assert.Equal("follows from alb ▸ ALB.DNSName", moved.Reason);
            return 0;
        });
    }

    // It is there whenever it knows the address.
    private sealed record Note : CloudAction
    {
        public override Task<ActionState> Read(ICloud cloud, ImmutableDictionary<string, string> inputs, CancellationToken cancel) =>
            Task.FromResult(inputs.ContainsKey("Address") ? new ActionState(Exists: true, IsCurrent: true) : ActionState.Absent);

        public override Task<ActionResult> Apply(ICloud cloud, ImmutableDictionary<string, string> inputs,
            ActionContext context, CancellationToken cancel) => Task.FromResult(ActionResult.Done);

        public override Task Delete(ICloud cloud, CancellationToken cancel) => Task.CompletedTask;
    }

    // What the plan lists, and what the run's events say was touched.
    private static async Task<(HashSet<(NodeId, string)> Listed, HashSet<(NodeId, string)> Done)> Apply(World world, StackGraph graph)
    {
        var plan = await Plan(world, graph);
        var done = new HashSet<(NodeId, string)>();
        await Applier.Apply(plan, world.Cloud, world.Options with { Permissions = new DestroyPermissions(["netenv.bed"]) }, e =>
        {
            if (e is ResourceMoved { Event: { ResourceType: not "AWS::CloudFormation::Stack" } happened } moved)
                done.Add((moved.Node, happened.LogicalResourceId));
        }, default);
        return ([.. plan.Nodes.OfType<PlannedStack>().SelectMany(s => s.Changes.Select(c => (s.Id, c.LogicalId)))], done);
    }

    private static ResourceChange Change(Plan plan, string logicalId) =>
        plan.Nodes.OfType<PlannedStack>().SelectMany(s => s.Changes).Single(c => c.LogicalId == logicalId);

    private static Resource TextOf(Value value) =>
        new("Text", "AWS::SSM::Parameter", new MapValue { ["Type"] = "String", ["Value"] = value });

    private static StackNode Of(string name, string resources) => Stack(name,
        [.. TemplateReader.Read(resources)!.Select(r => Read(r.Key, (MapValue)r.Value))]);

    private static Resource Read(string id, MapValue written) =>
        new(id, ((TextValue)written["Type"]!).Text, (MapValue)written["Properties"]!)
        {
            UpdatePolicy = written["UpdatePolicy"] as MapValue,
        };

    private static StackNode WithOutput(StackNode node, Value value) => node with
    {
        Stack = node.Stack with { Template = node.Stack.Template with { Outputs = [new TemplateOutput("Name", value)] } },
    };
}
