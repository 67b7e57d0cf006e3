using System.Collections.Immutable;
using Paco.Applying;
using Paco.CloudFormation;
using Paco.Linking;
using Paco.Planning;
using Paco.Sandbox;
using Paco.Stacks;
using static Paco.Engine.Tests.Bed;

namespace Paco.Engine.Tests;

/// <summary>What a stack no longer offers while others still use it.</summary>
public sealed class KeptOutputTests
{
    [Fact]
    public void An_output_goes_only_when_those_who_use_it_have_moved()
    {
        Run(Pace.Realistic, [], async world =>
        {
            await Provision(world, Graph(Groups("Old", "New"), Server("Old")));
            var graph = Graph(Groups("New"), Server("New"));
            var plan = await Plan(world, graph);
            var groups = (PlannedStack)plan.Nodes[0];
            Assert.Equal(("OldId", true), groups.Keeps.Select(k => (k.Key, k.Goes)).Single());

            var moves = new List<string>();
            var report = await Applier.Apply(plan, world.Cloud, world.Options, e => Note(moves, e), default);
            Assert.True(report.Succeeded);
            Assert.Equal(["Server UPDATE_COMPLETE", "Old DELETE_COMPLETE"],
                moves.Where(m => m is "Server UPDATE_COMPLETE" or "Old DELETE_COMPLETE"));
            Assert.DoesNotContain("Old", await Template(world, "groups"), StringComparison.Ordinal);
            Assert.False((await Plan(world, graph)).HasWork);
            return 0;
        });
    }

    [Fact]
    public void A_stack_in_two_steps_takes_over_what_exists_in_the_first()
    {
        Run(Pace.Instant, [], async world =>
        {
            await Provision(world, Graph(Groups("Old", "New"), Server("Old")));
            await world.Cloud.S3(Here).CreateBucket("shop-assets", default);
            var groups = Groups("New");
            var graph = Graph(groups with
            {
                Stack = groups.Stack with
                {
                    Template = groups.Stack.Template with { Resources = [.. groups.Stack.Template.Resources, Bucket("shop-assets")] },
                },
            }, Server("New"));
            var plan = await Planner.Plan(graph, Scope.All, world.Cloud, world.Options.Planning with { ImportExisting = true }, default);
            Assert.NotNull(((PlannedStack)plan.Nodes[0]).First);
            Assert.True((await Applier.Apply(plan, world.Cloud, world.Options, _ => { }, default)).Succeeded);
            Assert.Single(world.Wire.Sent, s => s.Operation == "ExecuteChangeSet");
            Assert.False((await Plan(world, graph)).HasWork);
            return 0;
        });
    }

    [Fact]
    public void It_stays_where_a_user_does_not_move_and_the_plan_says_who_that_is()
    {
        Run(Pace.Instant, [], async world =>
        {
            await Provision(world, Graph(Groups("Old", "New"), Server("Old")));
            // The server left the project; its stack is nobody's business here, and still in the group.
            var graph = Graph(Groups("New"));
            var plan = await Plan(world, graph);
            Assert.False(plan.HasWork);
            Assert.Equal("groups keeps OldId, which the project no longer asks for: server uses it", plan.Warnings.Single().Message);

            await Delete(world, "server");
            Assert.True((await Provision(world, graph)).Succeeded);
            Assert.DoesNotContain("Old", await Template(world, "groups"), StringComparison.Ordinal);
            return 0;
        });
    }

    [Fact]
    public void Where_the_user_fails_to_move_it_keeps_what_it_has_and_the_next_run_finishes()
    {
        Run(Pace.Realistic, [new Fault.FailResource("server", "Server", "no capacity", 1, ResourceAction.Update)], async world =>
        {
            await Provision(world, Graph(Groups("Old", "New"), Server("Old")));
            var graph = Graph(Groups("New"), Server("New"));
            Assert.Equal(NodeOutcome.Failed, Outcomes(await Provision(world, graph))["server"]);
            Assert.Contains("OldId", await Template(world, "groups"), StringComparison.Ordinal);

            Assert.True((await Provision(world, graph)).Succeeded);
            Assert.DoesNotContain("Old", await Template(world, "groups"), StringComparison.Ordinal);
            return 0;
        });
    }

    [Fact]
    public void Two_stacks_that_exchange_what_they_offer_do_not_wait_for_each_other()
    {
        Run(Pace.Instant, [], async world =>
        {
            await Provision(world, Graph(Groups("Old", "New"), Both("Old")));
            await Provision(world, Graph(Groups("Old", "New"), Both("Old"), User("other", "both", "OldId")));
            var graph = Graph(Groups("New"), Both("New"), User("other", "both", "NewId"));
            Assert.True((await Provision(world, graph)).Succeeded);
            Assert.False((await Plan(world, graph)).HasWork);
            return 0;
        });
    }

    [Fact]
    public void What_was_made_of_parameters_is_kept_with_their_values()
    {
        Run(Pace.Instant, [], async world =>
        {
            await Provision(world, Graph(Named("first"), Server("Old", "named")));
            var plan = await Plan(world, Graph(Stack("named", [Topic()])));
            Assert.Equal("OldId", ((PlannedStack)plan.Nodes[0]).Keeps.Single().Key);
            await Applier.Apply(plan, world.Cloud, world.Options, _ => { }, default);
            Assert.Contains("first", await Template(world, "named"), StringComparison.Ordinal);
            return 0;
        });
    }

    [Fact]
    public void A_policy_that_speaks_of_a_thing_does_not_hold_it()
    {
        Run(Pace.Instant, [], async world =>
        {
            var allow = new MapValue { ["Effect"] = "Allow", ["Action"] = "ec2:*", ["Resource"] = Fn.Ref("Group") };
            var policy = new Resource("Server", "AWS::IAM::Policy",
                new MapValue
                {
                    ["PolicyName"] = "p",
                    ["Groups"] = Value.List("g"),
                    ["PolicyDocument"] = new MapValue { ["Statement"] = Value.List(allow) },
                });
            var user = Server("Old");
            await Provision(world,
                Graph(Groups("Old", "New"),
                    user with
                    {
                        Stack = user.Stack with
                        {
                            Template = user.Stack.Template with { Resources = [policy] },
                            Capabilities = ["CAPABILITY_IAM"],
                        },
                    }));
            Assert.True((await Provision(world, Graph(Groups("New")))).Succeeded);
            Assert.DoesNotContain("Old", await Template(world, "groups"), StringComparison.Ordinal);
            return 0;
        });
    }

    [Fact]
    public void A_deletion_says_who_still_uses_what_it_deletes()
    {
        Run(Pace.Instant, [], async world =>
        {
            var graph = Graph(Groups("Old"), Server("Old"));
            await Provision(world, graph);
            var part = await DeletionPlanner.Plan(graph, new Scope("netenv.bed.dev.groups"), world.Cloud, world.Options.Planning, default);
            Assert.Equal("groups is still used by server", part.Warnings.Single().Message);
            Assert.Empty((await DeletionPlanner.Plan(graph, Scope.All, world.Cloud, world.Options.Planning, default)).Warnings);
            return 0;
        });
    }

    [Fact]
    public void A_plan_of_a_part_says_who_outside_of_it_keeps_an_old_value()
    {
        Run(Pace.Instant, [], async world =>
        {
            StackGraph Project(string name) => Graph(Stack("first", [Bucket(name)]), Stack("second", [Topic()], "first"));
            await Provision(world, Project("one-bucket"));
            var plan = await Planner.Plan(Project("another-bucket"), new Scope("netenv.bed.dev.first"), world.Cloud, world.Options.Planning,
                default);
            Assert.Equal(("second uses Name of first, which may change here, and keeps the value it has", "paco provision netenv.bed.dev"),
                (plan.Warnings.Single().Message, plan.Warnings.Single().Hint));
            return 0;
        });
    }

    private static void Note(List<string> moves, ApplyEvent happened)
    {
        if (happened is ResourceMoved { Event: var e })
        {
            lock (moves)
                moves.Add($"{e.LogicalResourceId} {e.ResourceStatus}");
        }
    }

    private static Task<string> Template(Simulation.World world, string stack) =>
        world.Cloud.CloudFormation(Here).GetTemplate(stack, default);

    private static async Task Delete(Simulation.World world, string stack) =>
        await Applier.Apply(
            await DeletionPlanner.Plan(Graph(Stack(stack, [Topic()])), Scope.All, world.Cloud, world.Options.Planning, default),
                world.Cloud, world.Options, _ => { }, default);

    private static Resource Group(string name) => new(name, "AWS::EC2::SecurityGroup", new MapValue { ["GroupDescription"] = name });

    private static StackNode Groups(params string[] names) => Offering(Stack("groups", [.. names.Select(Group)]), names);

    private static StackNode Offering(StackNode node, params string[] names) => node with
    {
        Stack = node.Stack with
        {
            Template = node.Stack.Template with { Outputs = [.. names.Select(n => new TemplateOutput($"{n}Id", Fn.Ref(n)))] },
        },
    };

    // A server in one of the groups.
    private static StackNode Server(string group, string from = "groups") => User("server", from, $"{group}Id");

    private static StackNode User(string name, string producer, string key, params Resource[] more)
    {
        var node = Stack(name,
            [
                new Resource("Server", "AWS::EC2::NetworkInterface",
                    new MapValue { ["SubnetId"] = "subnet-00000001", ["GroupSet"] = Value.List(Fn.Ref("Group")) }),
                .. more,
            ]);
        ImmutableArray<Parameter> parameters = [new Parameter("Group", "String", new OutputSource(Id(producer), key))];
        return node with
        {
            Stack = node.Stack with
            {
                Parameters = parameters,
                Template = node.Stack.Template with { Parameters = [new TemplateParameter("Group", "String")] },
            },
            DependsOn = [Id(producer)],
        };
    }

    // A server in one of the groups, which offers a group of that name itself.
    private static StackNode Both(string group) => Offering(User("both", "groups", $"{group}Id", Group(group)), group);

    private static StackNode Named(string name)
    {
        var node = Stack("named",
            [new Resource("Old", "AWS::EC2::SecurityGroup", new MapValue { ["GroupDescription"] = Fn.Sub("the ${Word} group") })]);
        return Offering(node with
        {
            Stack = node.Stack with
            {
                Parameters = [new Parameter("Word", "String", new LiteralSource(name))],
                Template = node.Stack.Template with { Parameters = [new TemplateParameter("Word", "String")] },
            },
        }, "Old");
    }
}
