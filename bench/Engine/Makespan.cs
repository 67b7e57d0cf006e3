using System.Collections.Concurrent;
using System.Collections.Immutable;
using Paco.Applying;
using Paco.Engine.Tests.Simulation;
using Paco.Linking;
using Paco.Planning;
using Paco.Sandbox;
using Paco.Stacks;

namespace Paco.Bench;

/// <summary>
/// How long provisioning takes on a virtual clock, with 100 ms a call, against the longest chain of what the stacks
/// themselves took (their own events), against the same with the calls no run can do without, and against their sum, which is one after
/// the other.
/// </summary>
internal static class Makespan
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(100);

    private static readonly ImmutableArray<Measured> Small =
    [
        new("one small stack", BenchGraphs.Chain(1)),
        new("a chain of twelve small stacks", BenchGraphs.Chain(12)),
        new("160 small stacks, 4 accounts x 2 regions", BenchGraphs.Apart(160)),
        new("200 small stacks in one region", BenchGraphs.Apart(200, inOnePlace: true)),
    ];

    /// <param name="row">How the names begin of what is measured.</param>
    public static int Run(string row)
    {
        var starter = BenchGraphs.Starter(out var directory);
        try
        {
            Measured[] all =
            [
                .. Small,
                new("starter, netenv.mynet.prod", (starter.Graph!, [.. starter.Project!.Accounts.Select(a => a.Name)]), "netenv.mynet.prod")
                {
                    Before = ["resource"],
                },
                new("200 stacks, 4 accounts x 2 regions", BenchGraphs.Mixed(200)),
            ];
            (string Name, Pace Pace)[] paces =
            [
                ("as estimated", Pace.Realistic), ("x 1.37", Pace.Scaled(1.37)), ("x 0.73", Pace.Scaled(0.73)),
                ("x 0.67 to 1.33, each type another", Pace.Uneven(Uneven)),
            ];
            var measured = from one in all
                where one.Name.StartsWith(row, StringComparison.Ordinal)
                from pace in paces
                select Measure(one, pace.Name, pace.Pace);
            return measured.ToList().TrueForAll(ok => ok) ? 0 : 1;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    /// <summary>
    /// Small stacks on clouds of every pace from 0.6 of what is estimated to 1.5 of it, in steps of a hundredth. Where between two looks a
    /// stack ends is chance, so that one pace says little.
    /// </summary>
    /// <param name="row">How the names begin of what is measured.</param>
    public static int Paces(string row)
    {
        foreach (var one in Small.Where(s => s.Name.StartsWith(row, StringComparison.Ordinal)))
        {
            var paces = Enumerable.Range(60, 91).Select(at => Provisioned(one, Pace.Scaled(at / 100.0))).ToList();
            Console.WriteLine($"{one.Name}: beside the critical path with calls "
                + $"{paces.Average(p => p.Possible):0.000} on the average, {paces.Max(p => p.Possible):0.000} at the worst; "
                + $"calls a stack {paces.Average(p => p.Calls):0.0}, at most {paces.Max(p => p.Calls):0.0}");
        }
        return 0;
    }

    private static (double Possible, double Calls) Provisioned(Measured one, Pace pace)
    {
        var time = new VirtualTime();
        return time.Run(async () =>
        {
            await using var world = NewWorld(one, time, pace);
            var (plan, report, events) = await Provision(world, one.What.Graph, one.Scope);
            var ideal = Ideal.WithCalls(plan, Lengths(plan, report, events), Latency, world.Options.MaxPerPlace);
            return (report.Duration / ideal, world.Wire.CallsOf.Values.Sum() / (double)plan.Nodes.Length);
        });
    }

    private static World NewWorld(Measured one, VirtualTime time, Pace pace) =>
        new(null, time, one.What.Accounts, pace, [], Latency, callsAtOnce: 10);

    private static double Uneven(string type) => 0.67 + (0.66 * (type.Sum(c => c * 31) % 101) / 100);

    private sealed record Measured(string Name, (StackGraph Graph, ImmutableArray<string> Accounts) What, string Scope = "")
    {
        public ImmutableArray<string> Before { get; init; } = [];
    }

    private static bool Measure(Measured one, string name, Pace pace)
    {
        var time = new VirtualTime();
        return time.Run(async () =>
        {
            var graph = one.What.Graph;
            await using var world = NewWorld(one, time, pace);
            foreach (var first in one.Before)
                await Provision(world, graph, first);
            world.Wire.CallsOf.Clear();
            var (plan, report, events) = await Provision(world, graph, one.Scope);
            if (report.Results.FirstOrDefault(r => !r.IsGood) is { } bad)
                throw new InvalidOperationException($"{bad.Node}: {bad.Failure}");
            var lengths = Lengths(plan, report, events);
            var critical = Ideal.Critical(plan, lengths);
            var ideal = Ideal.WithCalls(plan, lengths, Latency, world.Options.MaxPerPlace);
            var stacks = plan.Nodes.OfType<PlannedStack>().Count(s => s.HasWork);
            var (ratio, possible) = (report.Duration / critical, report.Duration / ideal);
            Console.WriteLine($"{one.Name}, durations {name}: {stacks} stacks in {Text(report.Duration)}, "
                + $"critical path {Text(critical)}, ratio {ratio:0.000}; with calls {Text(ideal)}, ratio {possible:0.000}");
            Console.WriteLine($"  one after the other {Text(Sum(lengths))}, {Sum(lengths) / report.Duration:0.0} times as long; "
                + $"estimated {Text(Estimate.Of(plan).Length)}; calls a stack: {Calls(world, stacks)}");
            await Task.Delay(TimeSpan.FromMinutes(20), time);
            var planning = world.Options.Planning with { Time = time, Digests = new Digests() };
            var isSame = true;
            foreach (var when in new[] { "again", "once more, with what was seen," })
            {
                world.Wire.CallsOf.Clear();
                var began = time.GetUtcNow();
                var again = await Planner.Plan(graph, new Scope(one.Scope), world.Cloud, planning, CancellationToken.None);
                Console.WriteLine($"  planned {when} in {(time.GetUtcNow() - began).TotalSeconds:0.0} s; calls a stack: "
                    + Calls(world, stacks) + (again.HasWork ? "  (something changed)" : ""));
                isSame &= !again.HasWork;
            }
            return isSame;
        });
    }

    private sealed class Digests : IKeptDigests
    {
        private readonly Dictionary<string, IReadOnlyDictionary<string, string>> _kept = [];

        public IReadOnlyDictionary<string, string> Read(string place) => _kept.GetValueOrDefault(place) ?? new Dictionary<string, string>();

        public void Write(string place, IReadOnlyDictionary<string, string> digests) => _kept[place] = digests;
    }

    private static string Calls(World world, int stacks) =>
        $"{world.Wire.CallsOf.Values.Sum() / (double)stacks:0.00} ("
        + string.Join(", ", world.Wire.CallsOf.OrderByDescending(c => c.Value).ThenBy(c => c.Key).Select(c => $"{c.Key} {c.Value}")) + ")";

    private static async Task<(Plan, RunReport, ConcurrentQueue<ApplyEvent>)> Provision(World world, StackGraph graph, string scope)
    {
        var plan = await Planner.Plan(graph, new Scope(scope), world.Cloud, world.Options.Planning, CancellationToken.None);
        if (plan.Problems is [var problem, ..])
            throw new InvalidOperationException($"{problem.Message} ({problem.Hint})");
        var events = new ConcurrentQueue<ApplyEvent>();
        return (plan, await Applier.Apply(plan, world.Cloud, world.Options, events.Enqueue, default), events);
    }

    // What CloudFormation itself took, by its own events.
    private static Dictionary<NodeId, TimeSpan> Lengths(Plan plan, RunReport report, IEnumerable<ApplyEvent> events)
    {
        var stacks = events.OfType<ResourceMoved>().Where(e => e.Event.ResourceType == "AWS::CloudFormation::Stack").GroupBy(e => e.Node)
            .ToDictionary(g => g.Key, g => g.Max(e => e.Event.Timestamp) - g.Min(e => e.Event.Timestamp));
        var results = report.Results.ToDictionary(r => r.Node);
        return plan.Nodes.ToDictionary(n => n.Id, n => n switch
        {
            PlannedAction { Work.During: not null } => TimeSpan.Zero,
            PlannedAction => results[n.Id].Duration,
            _ => stacks.GetValueOrDefault(n.Id),
        });
    }

    private static TimeSpan Sum(Dictionary<NodeId, TimeSpan> lengths) => lengths.Values.Aggregate(TimeSpan.Zero, (a, b) => a + b);

    private static string Text(TimeSpan time) =>
        time < TimeSpan.FromMinutes(2) ? $"{time.TotalSeconds:0.0} s" : $"{(int)time.TotalMinutes} min {time.Seconds:00} s";
}
