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

    private static IEnumerable<string> Names(int count) => Enumerable.Range(0, count).Select(i => $"stack{i}");
}
