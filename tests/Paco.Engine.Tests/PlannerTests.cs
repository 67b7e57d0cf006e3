using Paco.CloudFormation;
using Paco.Linking;
using Paco.Planning;
using Paco.Sandbox;
using Paco.Stacks;
using static Paco.Engine.Tests.Bed;

namespace Paco.Engine.Tests;

public sealed class PlannerTests
{
    [Fact]
    public void CloudFormation_is_asked_about_many_changed_stacks_at_once()
    {
        TimeSpan TimeToPlan(int stacks) => Run(Pace.Instant, [], async world =>
        {
            await Provision(world, Graph([.. Names(stacks).Select(n => Stack(n, [Topic("a")]))]));
            var began = world.Options.Time.GetUtcNow();
            await Plan(world, Graph([.. Names(stacks).Select(n => Stack(n, [Topic("b")]))]));
            return world.Options.Time.GetUtcNow() - began;
        }, latency: TimeSpan.FromSeconds(1));
        // Six calls may be under way at once: six stacks take no longer than one.
        Assert.Equal(TimeToPlan(1), TimeToPlan(6));
    }

    [Fact]
    public void What_CloudFormation_objects_to_before_an_update_is_in_the_plan_in_its_words()
    {
        Run(Pace.Instant, [], async world =>
        {
            await Provision(world, Graph(Stack("shop", [Topic()]), Stack("other", [Bucket("shop-assets")])));
            var plan = await Plan(world, Graph(Stack("shop", [Topic(), Bucket("shop-assets")])));
            Assert.Equal("CloudFormation objects: Bucket: Resource of type 'AWS::S3::Bucket' with identifier 'shop-assets' already exists.",
                plan.Nodes[0].Reason);
            return 0;
        });
    }

    [Fact]
    public void A_type_nobody_wrote_facts_of_is_guarded_and_a_topic_is_not()
    {
        Run(Pace.Instant, [], async world =>
        {
            var stream = new Resource("Stream", "AWS::Kinesis::Stream", new MapValue { ["ShardCount"] = "1" });
            await Provision(world, Graph(Stack("shop", [Topic(), stream, Bucket("shop-assets")])));
            var plan = (PlannedStack)(await Plan(world, Graph(Stack("shop", [Bucket("shop-assets")])))).Nodes.Single();
            Assert.Equal(["Stream"], plan.Changes.Where(c => c.DestroysData).Select(c => c.LogicalId));
            Assert.Contains("LogicalResourceId/Bucket", DestroyPermissions.None.PolicyFor(plan), StringComparison.Ordinal);
            return 0;
        });
    }

    [Fact]
    public void A_bucket_that_is_replaced_and_kept_needs_no_permission_in_the_run_either()
    {
        Run(Pace.Instant, [], async world =>
        {
            await Provision(world, Graph(Stack("shop", [Kept("shop-assets")])));
            var graph = Graph(Stack("shop", [Kept("shop-media")]));
            var planned = (PlannedStack)(await Plan(world, graph)).Nodes.Single();
            Assert.Equal((ChangeKind.Replace, false), (planned.Changes.Single().Kind, planned.DestroysData));

            var report = await Provision(world, graph);

            Assert.True(report.Succeeded, report.Failures.FirstOrDefault()?.Failure?.Message);
            return 0;
        });

        static Resource Kept(string name) =>
            Bucket(name) with { DeletionPolicy = DeletionPolicy.Retain, UpdateReplacePolicy = DeletionPolicy.Retain };
    }

    [Fact]
    public void A_record_that_a_stack_has_which_left_is_told_with_the_way_out()
    {
        Run(Pace.Instant, [], async world =>
        {
            await Provision(world, Graph(Owned("old", Record())));

            var plan = await Planner.Plan(Graph(Owned("new", Record())), new Scope("netenv.bed.dev"), world.Cloud,
                world.Options.Planning, default);

            var planned = plan.Nodes.Single();
            Assert.Equal(NodeAction.Refused, planned.Action);
            Assert.Contains("NE-bed-dev-old", planned.Reason, StringComparison.Ordinal);
            Assert.Contains($"paco delete netenv.bed.dev.{Here.Region}", planned.Reason, StringComparison.Ordinal);
            return 0;
        });

        static Resource Record() => new("Record", "AWS::Route53::RecordSet", new MapValue
        {
            ["HostedZoneName"] = "example.com.",
            ["Name"] = "www.example.com",
            ["Type"] = "CNAME",
            ["TTL"] = "300",
            ["ResourceRecords"] = new ListValue([new TextValue("example.org")]),
        });
    }

    [Fact]
    public void A_change_that_only_CloudFormation_sees_is_in_the_plan_and_says_so()
    {
        Run(Pace.Instant, [], async world =>
        {
            var first = await Provision(world, Graph(Word("a"), Reader("one")));
            Assert.True(first.Succeeded, first.Failures.FirstOrDefault()?.Failure?.Message);
            await Provision(world, Graph(Word("b")));
            var plan = await Plan(world, Graph(Word("b"), Reader("two")));
            var topic = ((PlannedStack)plan.Nodes[1]).Changes.Single(c => c.LogicalId == "Topic");
            Assert.Equal(("only CloudFormation says that it changes", "a", "b"),
                (topic.Remark, topic.Properties.Single().Before, topic.Properties.Single().After));
            return 0;
        });
    }

    [Fact]
    public void What_left_the_configuration_goes_last_and_the_newest_of_it_first()
    {
        Run(Pace.Instant, [], async world =>
        {
            await Provision(world, Graph(Owned("older")));
            await Provision(world, Graph(Owned("newer")));
            var plan = await Planner.Plan(Graph(Owned("stays")), new Scope("netenv.bed.dev"), world.Cloud,
                world.Options.Planning with { Prune = true }, default);
            var waits = RunDependencies.Of(plan);
            Assert.Equal(["NE-bed-dev-stays"], waits[Id("NE-bed-dev-newer")].Select(n => n.Name));
            Assert.Equal(["NE-bed-dev-newer"], waits[Id("NE-bed-dev-older")].Select(n => n.Name));
            return 0;
        }, latency: TimeSpan.FromSeconds(1));
    }

    // As an environment makes it, so that it is known as the environment's when it has left.
    private static StackNode Owned(string name, params Resource[] more)
    {
        var node = Stack($"NE-bed-dev-{name}", [Topic(), .. more]);
        return node with
        {
            Stack = node.Stack with { Tags = [new("Paco-Stack", "true"), new("paco.env.name", "dev"), new("paco.netenv.name", "bed")] },
        };
    }

    // A word kept in Systems Manager, and a stack that reads it by itself.
    private static StackNode Word(string word) =>
        Stack("word",
            [new Resource("Word", "AWS::SSM::Parameter", new MapValue { ["Name"] = "/paco/word", ["Type"] = "String", ["Value"] = word })]);

    private static StackNode Reader(string text)
    {
        var node = Stack("reader",
            [new Resource("Topic", "AWS::SNS::Topic", new MapValue { ["DisplayName"] = Fn.Ref("Word") }), Text(text)]);
        const string Type = "AWS::SSM::Parameter::Value<String>";
        return node with
        {
            Stack = node.Stack with
            {
                Parameters = [new Parameter("Word", Type, new LiteralSource("/paco/word"))],
                Template = node.Stack.Template with { Parameters = [new TemplateParameter("Word", Type)] },
            },
            DependsOn = [Id("word")],
        };
    }

    private static IEnumerable<string> Names(int count) => Enumerable.Range(0, count).Select(i => $"stack{i}");
}
