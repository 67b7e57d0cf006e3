using Paco.Applying;
using Paco.CloudFormation;
using Paco.Linking;
using Paco.Planning;
using Paco.Sandbox;
using Paco.Stacks;
using static Paco.Engine.Tests.Bed;

namespace Paco.Engine.Tests;

/// <summary>What a stack's deletion left on purpose, met by the next stack of the name.</summary>
public sealed class LeftBehindTests
{
    [Fact]
    public void What_a_stack_left_on_purpose_is_taken_over_by_the_next_one_without_being_asked()
    {
        Run(Pace.Instant, [], async world =>
        {
            await Provision(world, Shop());
            await world.Cloud.S3(Here).PutObject("shop-assets", "logo.png", new byte[] { 1 }, default);
            await Delete(world, Shop());
            var plan = await Plan(world, Shop());
            Assert.Equal((ChangeKind.Import, "shop-assets was left by an earlier stack of this name: taken over as it is"),
                (Bucket(plan).Kind, Bucket(plan).Remark));
            Assert.True((await Applier.Apply(plan, world.Cloud, world.Options, _ => { }, default)).Succeeded);
            Assert.NotNull(await world.Cloud.S3(Here).GetObject("shop-assets", "logo.png", default));
            Assert.False((await Plan(world, Shop())).HasWork);
            return 0;
        });
    }

    [Fact]
    public void A_creation_that_failed_leaves_it_too()
    {
        Run(Pace.Instant, [new Fault.FailResource("shop", "Topic", "no")], async world =>
        {
            Assert.False((await Provision(world, Shop())).Succeeded);
            var plan = await Plan(world, Shop());
            Assert.Equal((NodeAction.Recreate, ChangeKind.Import), (plan.Nodes[0].Action, Bucket(plan).Kind));
            return 0;
        });
    }

    [Theory]
    [InlineData("shop", true, DeletionPolicy.Retain, ChangeKind.Import)]
    [InlineData("other", true, DeletionPolicy.Retain, ChangeKind.Create)]
    [InlineData("shop", false, DeletionPolicy.Retain, ChangeKind.Create)]
    [InlineData("shop", true, DeletionPolicy.Delete, ChangeKind.Create)]
    public void It_is_the_stacks_own_by_its_tags_and_by_what_the_template_says_of_it(string stack, bool isTagged, DeletionPolicy policy,
        ChangeKind kind)
    {
        Run(Pace.Instant, [], async world =>
        {
            var old = Shop(stack, isTagged: isTagged);
            await Provision(world, old);
            await Delete(world, old);
            var bucket = Bucket(await Plan(world, Shop(policy: policy)));
            Assert.Equal((kind, kind == ChangeKind.Create), (bucket.Kind, bucket.NameIsTaken));
            return 0;
        });
    }

    [Fact]
    public void What_another_stack_has_is_never_taken_whatever_its_tags_say()
    {
        Run(Pace.Instant, [], async world =>
        {
            var other = Shop().Nodes.OfType<StackNode>().Single().Stack with { Id = Id("other") };
            await Provision(world, Graph(new StackNode(other)));
            Assert.Equal("shop-assets exists already, in the stack other: it has to go there first",
                Bucket(await Plan(world, Shop())).Remark);
            return 0;
        });
    }

    private static StackGraph Shop(string name = "shop", bool isTagged = true, DeletionPolicy policy = DeletionPolicy.Retain)
    {
        var node = Stack(name, [Bed.Bucket("shop-assets") with { DeletionPolicy = policy }, Topic() with { DependsOn = ["Bucket"] }]);
        return Graph(new StackNode(node.Stack with
        {
            Tags = isTagged ? [new("Paco-Stack", "true"), new("Paco-Stack-Name", name)] : [],
        }));
    }

    private static async Task Delete(Simulation.World world, StackGraph graph)
    {
        var gone = await DeletionPlanner.Plan(graph, Scope.All, world.Cloud, world.Options.Planning, default);
        Assert.True((await Applier.Apply(gone, world.Cloud, world.Options, _ => { }, default)).Succeeded);
    }

    private static ResourceChange Bucket(Plan plan) =>
        ((PlannedStack)plan.Nodes[0]).Changes.Single(c => c.LogicalId == "Bucket");
}
