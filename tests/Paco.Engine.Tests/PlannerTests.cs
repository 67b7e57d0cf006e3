using Paco.Sandbox;
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
            Assert.Equal("CloudFormation objects: Bucket: Resource of type 'AWS::S3::Bucket' with identifier 'shop-assets' already exists.", plan.Nodes[0].Reason);
            return 0;
        });
    }

    private static IEnumerable<string> Names(int count) => Enumerable.Range(0, count).Select(i => $"stack{i}");
}
