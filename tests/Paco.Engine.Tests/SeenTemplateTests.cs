using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Engine.Tests.Simulation;
using Paco.Linking;
using Paco.Planning;
using Paco.Sandbox;
using Paco.Stacks;
using static Paco.Engine.Tests.Bed;

namespace Paco.Engine.Tests;

/// <summary>What is kept of deployed templates changes nothing but the number of calls (decision 0056).</summary>
public sealed class SeenTemplateTests
{
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(20);

    private static StackGraph Shop => Graph(Stack("data", [Bucket("shop-data")]), Stack("shop", [Topic()], "data"));

    [Fact]
    public void A_plan_without_changes_reads_no_template_the_second_time() => InWorld(async (world, kept) =>
    {
        await Provision(world, Shop);
        await Wait(world);
        Assert.Equal(2, (await Read(world, Shop, kept)).Templates);
        var (plan, templates) = await Read(world, Shop, kept);
        Assert.Equal((0, false), (templates, plan.HasWork));
    });

    [Fact]
    public void A_plan_made_with_what_was_kept_equals_one_made_without() => InWorld(async (world, kept) =>
    {
        await Provision(world, Shop);
        await Wait(world);
        await Read(world, Shop, kept);
        foreach (var wanted in new[] { Shop, Graph(Stack("data", [Bucket("shop-data")]), Stack("shop", [Topic("b")], "data")) })
        {
            var (with, without) = (await Read(world, wanted, kept), await Read(world, wanted, null));
            Assert.True(with.Templates < without.Templates);
            Assert.Equal(File(without.Plan), File(with.Plan));
            Assert.Equal(without.Plan.Nodes.Select(Shown), with.Plan.Nodes.Select(Shown));
        }
    });

    [Fact]
    public void A_stack_that_a_colleague_changed_is_read_again() => InWorld(async (world, kept) =>
    {
        await Provision(world, Shop);
        await Wait(world);
        await Read(world, Shop, kept);
        var theirs = Graph(Stack("data", [Bucket("shop-data")]), Stack("shop", [Topic("theirs")], "data"));
        await Provision(world, theirs);
        await Wait(world);
        var (plan, templates) = await Read(world, Shop, kept);
        Assert.Equal((1, NodeAction.Update), (templates, plan.Nodes[1].Action));
        Assert.Equal(0, (await Read(world, theirs, kept)).Templates);
    });

    [Fact]
    public void What_changed_a_moment_ago_is_not_kept() => InWorld(async (world, kept) =>
    {
        await Provision(world, Shop);
        await Read(world, Shop, kept);
        Assert.Equal((0, 2), (kept.Count, (await Read(world, Shop, kept)).Templates));
    });

    [Fact]
    public void A_stack_that_was_rolled_back_is_read_every_time() => InWorld(async (world, kept) =>
    {
        await Provision(world, Shop);
        await Provision(world, Graph(Stack("other", [Bucket("taken")])));
        var failing = Graph(Stack("data", [Bucket("shop-data")]), Stack("shop", [Topic(), Bucket("taken")], "data"));
        await Applying.Applier.Apply(await Planner.Plan(failing, Scope.All, world.Cloud,
            world.Options.Planning with { ChangeSets = false }, default), world.Cloud, world.Options, _ => { }, default);
        Assert.Equal(StackStatus.UpdateRollbackComplete, (await world.Cloud.CloudFormation(Here).DescribeStack("shop", default))!.Status);
        await Wait(world);
        await Read(world, Shop, kept);
        Assert.Equal(1, (await Read(world, Shop, kept)).Templates);
    });

    [Fact]
    public void A_stack_that_was_made_anew_under_its_name_is_read_again() => InWorld(async (world, kept) =>
    {
        await Provision(world, Shop);
        await Wait(world);
        await Read(world, Shop, kept);
        await world.Cloud.CloudFormation(Here).DeleteStack("shop", "t", default);
        await Wait(world);
        await Provision(world, Shop);
        await Wait(world);
        Assert.Equal(1, (await Read(world, Shop, kept)).Templates);
    });

    [Fact]
    public void What_is_damaged_is_read_again_and_mended() => InWorld(async (world, kept) =>
    {
        await Provision(world, Shop);
        await Wait(world);
        await Read(world, Shop, kept);
        kept.Change(digests => digests.ToDictionary(d => d.Key, d => $"0{d.Value[1..]}x"));
        var (plan, templates) = await Read(world, Shop, kept);
        Assert.Equal((2, false), (templates, plan.HasWork));
        Assert.Equal(0, (await Read(world, Shop, kept)).Templates);
    });

    [Fact]
    public void What_is_gone_is_kept_no_longer() => InWorld(async (world, kept) =>
    {
        await Provision(world, Shop);
        await Wait(world);
        await Read(world, Shop, kept);
        Assert.Equal(2, kept.Count);
        await world.Cloud.CloudFormation(Here).DeleteStack("shop", "t", default);
        await Wait(world);
        await Provision(world, Graph(Stack("news", [Topic()])));
        await Wait(world);
        await Read(world, Graph(Stack("data", [Bucket("shop-data")]), Stack("news", [Topic()])), kept);
        Assert.Equal(2, kept.Count);
    });

    [Fact]
    public void Nothing_of_a_template_is_kept_but_its_digest() => InWorld(async (world, kept) =>
    {
        var graph = Graph(Stack("shop", [Topic("hunter2hunter2")]));
        await Provision(world, graph);
        await Wait(world);
        await Read(world, graph, kept);
        Assert.All(kept.All, k => Assert.Matches("^[0-9a-f]{64}$", k));
    });

    private static string File(Plan plan)
    {
        using var file = new MemoryStream();
        PlanFile.Write(file, plan, new PlanTarget("aws", ImmutableSortedDictionary<string, string>.Empty));
        return System.Text.Encoding.UTF8.GetString(file.ToArray());
    }

    private static string Shown(PlannedNode node) => node is PlannedStack stack
        ? $"{stack.Id} {stack.Action} {stack.Body} {string.Join(", ", stack.Changes.Select(c => $"{c.LogicalId} {c.Kind}"))}"
        : $"{node.Id} {node.Action}";

    private static async Task<(Plan Plan, int Templates)> Read(World world, StackGraph graph, Kept? kept)
    {
        world.Wire.CallsOf.Clear();
        var plan = await Planner.Plan(graph, Scope.All, world.Cloud,
            world.Options.Planning with { Digests = kept, Time = world.Options.Time }, default);
        return (plan, world.Wire.CallsOf.GetValueOrDefault("GetTemplate"));
    }

    private static Task Wait(World world) => Task.Delay(Later, world.Options.Time);

    private static void InWorld(Func<World, Kept, Task> work) => Run(Pace.Instant, [], async world =>
    {
        await work(world, new Kept());
        return 0;
    });

    /// <summary>Kept in memory, as the command line keeps it in files.</summary>
    private sealed class Kept : IKeptDigests
    {
        private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _places = [];

        public int Count => _places.Values.Sum(p => p.Count);

        public IEnumerable<string> All => _places.Values.SelectMany(p => p.Keys.Concat(p.Values));

        public IReadOnlyDictionary<string, string> Read(string place) =>
            _places.GetValueOrDefault(place) ?? ImmutableDictionary<string, string>.Empty;

        public void Write(string place, IReadOnlyDictionary<string, string> digests) => _places[place] = digests;

        public void Change(Func<IReadOnlyDictionary<string, string>, IReadOnlyDictionary<string, string>> change)
        {
            foreach (var place in _places.Keys.ToList())
                _places[place] = change(_places[place]);
        }
    }
}
