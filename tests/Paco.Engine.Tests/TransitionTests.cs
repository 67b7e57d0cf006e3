using System.Reflection;
using Paco.Applying;
using Paco.CloudFormation;
using Paco.CloudFormation.Types;
using Paco.Clouds;
using Paco.Engine.Tests.Simulation;
using Paco.Planning;
using Paco.Sandbox;
using static Paco.Engine.Tests.Bed;

namespace Paco.Engine.Tests;

/// <summary>
/// Changes of deployed templates that AWS does not make as they are written. Each is sent to the sandbox as it is, which answers in AWS's
/// words; then it is planned, and what the plan offers instead works.
/// </summary>
public sealed class TransitionTests
{
    private const string Balancer = """
        Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Name: shop, Scheme: internet-facing, Subnets: [subnet-1, subnet-2]}}
        Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: !Ref Balancer, Port: 80, Protocol: HTTP,
          DefaultActions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: "404"}}]}}

        """;

    private const string Rules = Balancer + """
        First: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref Listener, Priority: 1,
          Conditions: [{Field: path-pattern, Values: ["/a"]}], Actions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: "200"}}]}}
        Second: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref Listener, Priority: 2,
          Conditions: [{Field: path-pattern, Values: ["/b"]}], Actions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: "200"}}]}}
        """;

    private const string Forward = """
        Targets: {Type: AWS::ElasticLoadBalancingV2::TargetGroup, Properties: {Name: web, Port: 80, Protocol: HTTP, VpcId: vpc-1}}
        Rule: {Type: AWS::ElasticLoadBalancingV2::ListenerRule, Properties: {ListenerArn: !Ref Listener, Priority: 1,
          Conditions: [{Field: path-pattern, Values: ["/a"]}], Actions: [{Type: forward, TargetGroupArn: !Ref Targets}]}}
        """;

    private const string Group = """
        Group: {Type: AWS::EC2::SecurityGroup, Properties: {GroupName: web, GroupDescription: servers, VpcId: vpc-1}}
        Http: {Type: AWS::EC2::SecurityGroupIngress, Properties: {GroupId: !Ref Group, IpProtocol: tcp, FromPort: 80, ToPort: 80, CidrIp: 0.0.0.0/0}}
        """;

    private const string Network = """
        Network: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
        Subnet: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Network, CidrBlock: 10.0.1.0/24, AvailabilityZone: us-west-2a}}
        Other: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Network, CidrBlock: 10.0.2.0/24, AvailabilityZone: us-west-2b}}
        Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Network}}

        """;

    private const string Nat = Network + """
        Address: {Type: AWS::EC2::EIP, Properties: {Domain: vpc}}
        Nat: {Type: AWS::EC2::NatGateway, Properties: {AllocationId: !GetAtt Address.AllocationId, SubnetId: !Ref Subnet}}
        Route: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Nat}}
        """;

    private const string Database = """
        Database: {Type: AWS::RDS::DBInstance, Properties: {DBInstanceIdentifier: shop, DBInstanceClass: db.t4g.micro, Engine: mysql,
          EngineVersion: "8.4.3", AllocatedStorage: "20", StorageEncrypted: true, MasterUsername: root1, MasterUserPassword: not-so-secret}}
        """;

    // stacker#96, rack#2941 and #1768, aws_native_chef_server#26, roadmap#780; guide aws-properties-name.
    private const string CustomName = "CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ";

    [Theory]
    [InlineData(Balancer, "internet-facing", "internal", CustomName + "shop", "its target groups with it")]
    [InlineData(Database, "StorageEncrypted: true", "StorageEncrypted: false", CustomName + "shop", "made of a snapshot of this one")]
    [InlineData(Group, "GroupDescription: servers", "GroupDescription: web servers", CustomName + "web", "nothing is in it any more")]
    [InlineData("Role: {Type: AWS::IAM::Role, Properties: {RoleName: web, Path: /, AssumeRolePolicyDocument: {Version: 2012-10-17,"
        + " Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: sts:AssumeRole}]}}}",
        "Path: /", "Path: /web/", CustomName + "web", "under another name")]
    [InlineData("Hook: {Type: AWS::SQS::Queue, Properties: {QueueName: jobs.fifo, FifoQueue: true}}",
        "FifoQueue: true", "FifoQueue: false", CustomName + "jobs.fifo", "under another name")]
    [InlineData("Group: {Type: AWS::RDS::DBParameterGroup, Properties: {DBParameterGroupName: shop, Description: a, Family: mysql8.0}}",
        "Family: mysql8.0", "Family: mysql8.4", CustomName + "shop", "under another name")]
    [InlineData("Words: {Type: AWS::SSM::Document, Properties: {Name: shop-words, DocumentType: Command, Content: {schemaVersion: '2.2'}}}",
        "DocumentType: Command", "DocumentType: Automation", CustomName + "shop-words", "under another name")]
    // roadmap#1312, whose second one the User Guide explains: by ten percent at least.
    [InlineData(Database, "AllocatedStorage: \"20\"", "AllocatedStorage: \"10\"",
        "Invalid storage size for engine name mysql and storage type gp2: 10", "storage only grows")]
    [InlineData(Database, "AllocatedStorage: \"20\"", "AllocatedStorage: \"21\"",
        "Invalid storage size for engine name mysql and storage type gp2: 21", "by a tenth at least")]
    // ministryofjustice/cloud-platform-environments#21001; terraform#8471.
    [InlineData(Database, "8.4.3", "8.0.40", "Cannot upgrade mysql from 8.4.3 to 8.0.40", "never goes back")]
    [InlineData(Database, "8.4.3", "8.4.2", "Cannot upgrade mysql from 8.4.3 to 8.4.2", "never goes back")]
    [InlineData(Database, "8.4.3", "9.1.0", "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.",
        "allow_major_version_upgrade")]
    // aws-cli#4216.
    [InlineData("Disk: {Type: AWS::EC2::Volume, Properties: {AvailabilityZone: us-west-2a, Size: 20}}", "Size: 20", "Size: 10",
        "New size cannot be smaller than existing size", "volumes only grow")]
    // cdk#14920, roadmap#229.
    [InlineData("Table: {Type: AWS::DynamoDB::Table, Properties: {KeySchema: [{AttributeName: id, KeyType: HASH}],"
        + " BillingMode: PAY_PER_REQUEST, AttributeDefinitions: [{AttributeName: id, AttributeType: S}]}}",
        "BillingMode: PAY_PER_REQUEST", "BillingMode: PAY_PER_REQUEST, GlobalSecondaryIndexes: ["
        + "{IndexName: a, KeySchema: [{AttributeName: id, KeyType: HASH}], Projection: {ProjectionType: ALL}},"
        + "{IndexName: b, KeySchema: [{AttributeName: id, KeyType: HASH}], Projection: {ProjectionType: ALL}}]",
        "Cannot perform more than one GSI creation or deletion in a single update", "one index a run")]
    // A subnet with something in it: aws-genai-llm-chatbot#153.
    [InlineData(Network + "Server: {Type: AWS::EC2::Instance, Properties: {SubnetId: !Ref Subnet, ImageId: ami-1}}",
        "us-west-2a", "us-west-2c", "The CIDR '10.0.1.0/24' conflicts with another subnet", "Server cannot do without it")]
    public void What_AWS_refuses_the_plan_refuses_with_a_way(string template, string old, string now, string words, string way) =>
        Run(Pace.Instant, [], async world =>
        {
            Assert.True((await Provision(world, Graph(Read(template)))).Succeeded);
            var changed = Read(template.Replace(old, now, StringComparison.Ordinal));

            var planned = (PlannedStack)(await Plan(world, Graph(changed))).Nodes.Single();
            Assert.Equal(NodeAction.Refused, planned.Action);
            Assert.Contains(way, planned.Reason, StringComparison.Ordinal);
            Assert.Contains(words, await Send(world, changed), StringComparison.Ordinal);
            return 0;
        });

    [Theory]
    // mu#324, pulumi-aws#175.
    [InlineData(Rules, "Priority: 1,|Priority: 2,|Priority: 9,", "Priority: 9,|Priority: 1,|Priority: 2,",
        "Priority '1' is currently in use", "in two steps, by way of Priority 50000")]
    // Chain: the second goes to a free place, the first to where it was.
    [InlineData(Rules, "Priority: 2,|Priority: 1,", "Priority: 3,|Priority: 2,", null, "in a second step, when Second has gone from there")]
    [InlineData(Network, "us-west-2a", "us-west-2c", "The CIDR '10.0.1.0/24' conflicts with another subnet", "comes anew in a second step")]
    // roadmap#780, cdk#33253: a load balancer under another name, and the target group of the first.
    [InlineData(Balancer + Forward, "Name: shop", "Name: market", "target groups cannot be associated with more than one load balancer",
        "comes anew in a second step")]
    // What ties it to others goes with it.
    [InlineData(Nat, "SubnetId: !Ref Subnet", "SubnetId: !Ref Other", "is already associated", "comes anew in a second step")]
    public void What_cannot_stand_twice_comes_in_two_steps_of_one_run(string template, string old, string now, string? words, string how) =>
        Run(Pace.Instant, [], async world =>
        {
            Assert.True((await Provision(world, Graph(Read(template)))).Succeeded);
            var changed = Read(Replaced(template, old, now));
            if (words is not null)
                Assert.Contains(words, await Send(world, changed), StringComparison.Ordinal);

            var plan = await Plan(world, Graph(changed));
            var planned = (PlannedStack)plan.Nodes.Single();
            Assert.True(planned.First is { Until.IsEmpty: true }, planned.Reason);
            Assert.Contains(planned.Changes, c => c.Remark?.Contains(how, StringComparison.Ordinal) == true);
            var report = await Applier.Apply(plan, world.Cloud, world.Options, _ => { }, default);
            Assert.True(report.Succeeded, report.Failures.FirstOrDefault()?.Failure?.Message);
            Assert.False((await Plan(world, Graph(changed))).HasWork);
            return 0;
        });

    [Theory]
    // roadmap#1532: "the specified rule … already exists".
    [InlineData(Group, "Http: |CidrIp", "Web: |Description: to all, CidrIp", "already exists", "Description")]
    [InlineData(Group, "Http: |IpProtocol: tcp", "Web: |Description: to all, IpProtocol: \"6\"", "already exists", null)]
    // cdk#34235.
    [InlineData(Rules, "Listener: {|!Ref Listener|404", "Plain: {|!Ref Plain|403",
        "A listener already exists on this port for this load balancer", "DefaultActions[0].FixedResponseConfig.StatusCode")]
    // terraform-aws-vpc#44.
    [InlineData(Nat, "Route: ", "Default: ", "already exists", null)]
    public void What_is_only_called_otherwise_keeps_its_logical_id(string template, string old, string now, string words, string? path) =>
        Run(Pace.Instant, [], async world =>
        {
            Assert.True((await Provision(world, Graph(Read(template)))).Succeeded);
            var changed = Read(Replaced(template, old, now));
            Assert.Contains(words, await Send(world, changed), StringComparison.Ordinal);

            var plan = await Plan(world, Graph(changed));
            var changes = ((PlannedStack)plan.Nodes.Single()).Changes;
            Assert.DoesNotContain(changes, c => c.Kind is ChangeKind.Create or ChangeKind.Delete);
            if (path is not null)
                Assert.Equal((ChangeKind.Update, path), changes.Select(c => (c.Kind, c.Properties.Single().Path)).Single());
            Assert.True((await Applier.Apply(plan, world.Cloud, world.Options, _ => { }, default)).Succeeded);
            Assert.False((await Plan(world, Graph(changed))).HasWork);
            return 0;
        });

    // Amazon's schemas: replacementStrategy.
    [Fact]
    public void What_goes_before_its_successor_comes_is_replaced_in_one_step() => Run(Pace.Instant, [], async world =>
    {
        const string Ties = Network + """
            Second: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Network}}
            Tie: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Table}}
            """;
        await Provision(world, Graph(Read(Ties)));
        var changed = Read(Ties.Replace("RouteTableId: !Ref Table", "RouteTableId: !Ref Second", StringComparison.Ordinal));

        var plan = await Plan(world, Graph(changed));
        Assert.Null(((PlannedStack)plan.Nodes.Single()).First);
        Assert.True((await Applier.Apply(plan, world.Cloud, world.Options, _ => { }, default)).Succeeded);
        Assert.False((await Plan(world, Graph(changed))).HasWork);
        return 0;
    });

    [Fact]
    public void A_run_that_ends_between_the_steps_is_finished_by_the_next() => Run(Pace.Instant, [], async world =>
    {
        await Provision(world, Graph(Read(Network)));
        var changed = Read(Network.Replace("us-west-2a", "us-west-2c", StringComparison.Ordinal));
        var planned = (PlannedStack)(await Plan(world, Graph(changed))).Nodes.Single();
        Assert.Equal("UpdateComplete", await Update(world, planned.First!.Body));

        var rest = await Plan(world, Graph(changed));
        Assert.Equal([(ChangeKind.Create, "Subnet")], ((PlannedStack)rest.Nodes.Single()).Changes.Select(c => (c.Kind, c.LogicalId)));
        Assert.True((await Applier.Apply(rest, world.Cloud, world.Options, _ => { }, default)).Succeeded);
        Assert.False((await Plan(world, Graph(changed))).HasWork);
        return 0;
    });

    [Fact]
    public void What_others_use_is_not_taken_away_for_a_moment() => Run(Pace.Instant, [], async world =>
    {
        var network = Read(Network);
        network = network with { Stack = network.Stack with { Template = network.Stack.Template with
        {
            Outputs = [new TemplateOutput("Name", Fn.Ref("Subnet"))],
        } } };
        var server = new Resource("Server", "AWS::EC2::Instance", new MapValue { ["SubnetId"] = Fn.Ref("Fromnet"), ["ImageId"] = "ami-1" });
        await Provision(world, Graph(network, Stack("servers", [server], "net")));
        var moved = network.Stack.Template.Resources.Select(r => r.LogicalId == "Subnet"
            ? r with { Properties = r.Properties.With("AvailabilityZone", "us-west-2c") } : r);
        var changed = network with { Stack = network.Stack with { Template = network.Stack.Template with { Resources = [.. moved] } } };

        var planned = (PlannedStack)(await Plan(world, Graph(changed, Stack("servers", [server], "net")))).Nodes[0];
        Assert.Equal(NodeAction.Refused, planned.Action);
        Assert.Contains("is used by servers", planned.Reason, StringComparison.Ordinal);
        return 0;
    });

    // cdk#23013: "The CIDR … conflicts with another subnet". The one that goes is deleted last of all that happens to its stack.
    [Fact]
    public void What_another_stack_gives_up_in_the_run_is_taken_when_that_has_ended() => Run(Pace.Realistic, [], async world =>
    {
        await Provision(world, Graph(Stack("a", [Topic(), Subnet("10.0.1.0/24")])));

        var plan = await Plan(world, Graph(Stack("a", [Topic()]), Stack("b", [Subnet("10.0.0.0/20")])));
        var planned = (PlannedStack)plan.Nodes[1];
        Assert.Equal(Id("a"), planned.InTurnAfter.Single());
        Assert.Equal("comes when Subnet of a has gone from there", planned.Changes.Single().Remark);
        var report = await Applier.Apply(plan, world.Cloud, world.Options, _ => { }, default);
        Assert.True(report.Succeeded, report.Failures.FirstOrDefault()?.Failure?.Message);
        return 0;
    });

    [Fact]
    public void What_is_only_moved_from_there_gives_up_its_place_too() => Run(Pace.Realistic, [], async world =>
    {
        await Provision(world, Graph(Stack("a", [Rule("1")]), Stack("b", [Rule("2")]), Stack("c", [Rule("3")])));
        var moved = Graph(Stack("a", [Rule("2")]), Stack("b", [Rule("3")]), Stack("c", [Rule("4")]));

        var plan = await Plan(world, moved);
        Assert.Equal([[Id("b")], [Id("c")], []], plan.Nodes.OfType<PlannedStack>().Select(s => s.InTurnAfter));
        Assert.True((await Applier.Apply(plan, world.Cloud, world.Options, _ => { }, default)).Succeeded);
        Assert.False((await Plan(world, moved)).HasWork);
        return 0;
    });

    [Fact]
    public void Two_that_would_wait_for_each_other_are_refused() => Run(Pace.Instant, [], async world =>
    {
        await Provision(world, Graph(Stack("a", [Rule("1")]), Stack("b", [Rule("2")])));

        var plan = await Plan(world, Graph(Stack("a", [Rule("2")]), Stack("b", [Rule("1")])));
        Assert.All(plan.Nodes, n => Assert.Equal(NodeAction.Refused, n.Action));
        Assert.Equal("Rule cannot be made: there can be one with Priority 1, and Rule of a has it: take that out in a run of its own first",
            plan.Nodes[1].Reason);
        return 0;
    });

    // The output stays until its user has another, and the user waits for the end of what keeps it.
    [Fact]
    public void What_keeps_something_for_whoever_takes_its_place_cannot_go_first() => Run(Pace.Instant, [], async world =>
    {
        var named = Fn.Ref("Froma");
        await Provision(world, Graph(Stack("a", [Topic(), Subnet("10.0.1.0/24")]),
            Stack("b", [Text("x") with { Properties = Text("x").Properties.With("Value", named) }], "a")));
        var other = Stack("a", [Text("new")]);
        var silent = other with { Stack = other.Stack with { Template = other.Stack.Template with { Outputs = [] } } };
        var plan = await Plan(world, Graph(silent,
            Stack("b", [Text("x"), Subnet("10.0.1.0/24")])));

        Assert.StartsWith("takes a place that a gives up only when this has let go of what it keeps", plan.Nodes[1].Reason,
            StringComparison.Ordinal);
        return 0;
    });

    private static Resource Subnet(string range) =>
        new("Subnet", "AWS::EC2::Subnet", new MapValue { ["VpcId"] = "vpc-1", ["CidrBlock"] = range });

    private static Resource Rule(string priority) => new("Rule", "AWS::ElasticLoadBalancingV2::ListenerRule", new MapValue
    {
        ["ListenerArn"] = "arn:aws:elasticloadbalancing:us-west-2:222222222220:listener/app/shop/1/2",
        ["Priority"] = priority,
        ["Conditions"] = Value.List(new MapValue { ["Field"] = "path-pattern", ["Values"] = Value.List("/a") }),
        ["Actions"] = Value.List(new MapValue
        {
            ["Type"] = "fixed-response",
            ["FixedResponseConfig"] = new MapValue { ["StatusCode"] = "200" },
        }),
    });

    [Fact]
    public void What_a_run_would_skip_for_it_is_not_offered_and_the_rest_is() => Run(Pace.Instant, [], async world =>
    {
        var database = Read(Database);
        await Provision(world, Graph(database, Stack("user", [Text("a")], "net"), Stack("other", [Text("a")])));
        var smaller = Read(Database.Replace("\"20\"", "\"10\"", StringComparison.Ordinal));

        var plan = await Plan(world, Graph(smaller, Stack("user", [Text("b")], "net"), Stack("other", [Text("b")])));
        Assert.Equal(["net Refused", "user Refused", "other Update"], plan.Nodes.Select(n => $"{n.Id.Name} {n.Action}"));
        Assert.Equal("needs net", plan.Nodes[1].Reason);
        Assert.Equal((0, 0, 1, 0, 0), plan.Totals);
        var report = await Applier.Apply(plan, world.Cloud, world.Options, _ => { }, default);
        Assert.Equal(["other"], Outcomes(report).Where(o => o.Value == NodeOutcome.Updated).Select(o => o.Key));
        return 0;
    });

    // The rows are quoted from AWS above; without them planner and sandbox would agree with each other, and be wrong.
    [Theory]
    [InlineData("AWS::ElasticLoadBalancingV2::ListenerRule", "unique")]
    [InlineData("AWS::ElasticLoadBalancingV2::ListenerRule", "taken")]
    [InlineData("AWS::ElasticLoadBalancingV2::ListenerRule", "spare")]
    [InlineData("AWS::ElasticLoadBalancingV2::ListenerRule", "lone")]
    [InlineData("AWS::ElasticLoadBalancingV2::Listener", "unique")]
    [InlineData("AWS::ElasticLoadBalancingV2::Listener", "taken")]
    [InlineData("AWS::ElasticLoadBalancingV2::LoadBalancer", "anew")]
    [InlineData("AWS::EC2::SecurityGroupIngress", "unique")]
    [InlineData("AWS::EC2::SecurityGroup", "name")]
    [InlineData("AWS::EC2::Subnet", "unique")]
    [InlineData("AWS::EC2::Subnet", "taken")]
    [InlineData("AWS::EC2::Route", "ties")]
    [InlineData("AWS::EC2::Route", "unique")]
    [InlineData("AWS::EC2::NatGateway", "unique")]
    [InlineData("AWS::RDS::DBInstance", "fixed")]
    [InlineData("AWS::RDS::DBInstance", "anew")]
    [InlineData("AWS::DynamoDB::Table", "single")]
    public void A_row_of_the_table_that_is_broken_is_noticed(string type, string fact)
    {
        Action? noticing = null;
        ResourceTable.Without(type, fact, () => noticing = Transitions(type).FirstOrDefault(t => Record.Exception(t) is not null));
        Assert.NotNull(noticing);
        // And it is the row that it noticed.
        noticing();
    }

    // What is held above about templates with a type.
    private static IEnumerable<Action> Transitions(string type) =>
        from method in typeof(TransitionTests).GetMethods()
        where method.GetParameters().Length > 2
        from attribute in method.GetCustomAttributes<InlineDataAttribute>()
        from row in attribute.GetData(method)
        where $"{row[0]}".Contains($"Type: {type},", StringComparison.Ordinal)
        select (Action)(() => method.Invoke(new TransitionTests(), row));

    private static string Replaced(string template, string old, string now) => old.Split('|').Zip(now.Split('|'))
        .Aggregate(template, (text, pair) => text.Replace(pair.First, pair.Second, StringComparison.Ordinal));

    private static Linking.StackNode Read(string resources)
    {
        var template = TemplateReader.Read("Resources:\n" + string.Join('\n', resources.Split('\n').Select(l => $"  {l}")))!;
        var node = Stack("net", [.. ((MapValue)template["Resources"]!).Select(r => Resource.Read(r.Key, (MapValue)r.Value)!)]);
        return node with { Stack = node.Stack with { Capabilities = ["CAPABILITY_NAMED_IAM"] } };
    }

    // As it is, past the plan: what the events say of the failure.
    private static async Task<string> Send(World world, Linking.StackNode node)
    {
        Assert.Equal("UpdateRollbackComplete", await Update(world, TemplateWriter.ToYaml(node.Stack.Template.ToValue())));
        var client = world.Cloud.CloudFormation(Here);
        var stack = (await client.DescribeStack("net", default))!;
        var events = await client.DescribeStackEvents(stack.StackId, null, DateTimeOffset.MinValue, default);
        return string.Join('\n', events.Select(e => e.ResourceStatusReason));
    }

    private static async Task<string> Update(World world, string body)
    {
        var client = world.Cloud.CloudFormation(Here);
        await client.UpdateStack(new StackRequest
        {
            StackName = "net",
            Template = new TemplateSource(body, null),
            Parameters = [],
            Tags = [],
            Capabilities = ["CAPABILITY_NAMED_IAM"],
            ClientRequestToken = "by-hand",
        }, default);
        return $"{(await client.DescribeStack("net", default))!.Status}";
    }
}
