using System.Collections.Frozen;
using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.CloudFormation.Types;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>
/// How long a plan will take when every stack starts the moment its inputs are known, from a table of durations per resource
/// type. Pure: nobody is asked.
/// </summary>
/// <param name="Length">From the start to the end of the last node.</param>
/// <param name="CriticalPath">The chain of nodes that decides the length, first to last.</param>
public sealed record Estimate(TimeSpan Length, ImmutableArray<NodeId> CriticalPath)
{
    /// <summary>Nobody knows.</summary>
    public static readonly Estimate None = new(TimeSpan.Zero, []);

    private static readonly TimeSpan ActionLength = TimeSpan.FromSeconds(1);

    private FrozenDictionary<NodeId, TimeSpan> Lengths { get; init; } = FrozenDictionary<NodeId, TimeSpan>.Empty;

    private FrozenDictionary<NodeId, TimeSpan> Urgencies { get; init; } = FrozenDictionary<NodeId, TimeSpan>.Empty;

    private ImmutableDictionary<NodeId, ImmutableArray<NodeId>> Befores { get; init; } =
        [];

    /// <summary>One node by itself; nothing where nothing is to be done.</summary>
    public TimeSpan LengthOf(NodeId node) => Lengths.GetValueOrDefault(node);

    /// <summary>From the start of a node to the end of the last that waits for it: who has more of it goes first.</summary>
    public TimeSpan UrgencyOf(NodeId node) => Urgencies.GetValueOrDefault(node);

    /// <summary>
    /// What is left of it now, and the chain that decides it by now: where things take other times than estimated it may be another one.
    /// </summary>
    /// <param name="ended">Nodes that take no more time, however they ended, and those that will never start.</param>
    /// <param name="running">For how long those at work have been. One that takes longer than expected counts as ending now.</param>
    public Estimate Left(IReadOnlySet<NodeId> ended, IReadOnlyDictionary<NodeId, TimeSpan> running)
    {
        var ends = new Dictionary<NodeId, (TimeSpan End, NodeId? Before)>();
        foreach (var id in Befores.Keys.Where(id => !ended.Contains(id)))
            EndOf(id);
        return Last(ends, id => LengthOf(id) > TimeSpan.Zero);

        TimeSpan EndOf(NodeId id)
        {
            // Entered before its producers are looked at, as in Paths: a circle ends here.
            if (ended.Contains(id) || !ends.TryAdd(id, (TimeSpan.Zero, null)))
                return ends.GetValueOrDefault(id).End;
            var (slowest, before) = (TimeSpan.Zero, (NodeId?)null);
            foreach (var producer in Befores[id].Where(p => !ended.Contains(p)))
                (slowest, before) = EndOf(producer) is var end && end >= slowest ? (end, producer) : (slowest, before);
            var isRunning = running.TryGetValue(id, out var since);
            var rest = LengthOf(id) - since is var r && r > TimeSpan.Zero ? r : TimeSpan.Zero;
            ends[id] = isRunning ? (rest, null) : (slowest + rest, before);
            return ends[id].End;
        }
    }

    /// <summary>Estimates with the durations of <see cref="ResourceFacts"/>.</summary>
    public static Estimate Of(Plan plan) => Of(plan, (type, kind) => ResourceFacts.Of(type).Takes(kind));

    /// <param name="duration">What making, changing or deleting one resource of a type takes.</param>
    public static Estimate Of(Plan plan, Func<string, ChangeKind, TimeSpan> duration)
    {
        var lengths = plan.Nodes.ToFrozenDictionary(n => n.Id, n => Alone(n, plan.IsDelete, duration));
        return Paths(RunDependencies.Of(plan), lengths);
    }

    private static Estimate Paths(ImmutableDictionary<NodeId, ImmutableArray<NodeId>> waits, FrozenDictionary<NodeId, TimeSpan> lengths)
    {
        var ends = new Dictionary<NodeId, (TimeSpan End, NodeId? Before)>();
        var urgencies = new Dictionary<NodeId, TimeSpan>();
        var followers = waits.SelectMany(w => w.Value.Select(producer => (producer, follower: w.Key)))
            .ToLookup(e => e.producer, e => e.follower);
        foreach (var id in waits.Keys)
        {
            EndOf(id);
            UrgencyOf(id);
        }
        return Last(ends, id => lengths[id] > TimeSpan.Zero) with
        {
            Lengths = lengths,
            Urgencies = urgencies.ToFrozenDictionary(),
            Befores = waits,
        };

        TimeSpan EndOf(NodeId id)
        {
            // Entered before its producers are looked at, so that a circle ends here instead of never.
            if (!ends.TryAdd(id, (TimeSpan.Zero, null)))
                return ends[id].End;
            var (slowest, before) = (TimeSpan.Zero, (NodeId?)null);
            foreach (var producer in waits[id])
                (slowest, before) = EndOf(producer) is var end && end >= slowest ? (end, producer) : (slowest, before);
            ends[id] = (slowest + lengths[id], before);
            return ends[id].End;
        }

        TimeSpan UrgencyOf(NodeId id)
        {
            if (urgencies.TryAdd(id, TimeSpan.Zero))
                urgencies[id] = lengths[id] + followers[id].Select(UrgencyOf).DefaultIfEmpty().Max();
            return urgencies[id];
        }
    }

    // What ends last, and the chain that leads there.
    private static Estimate Last(Dictionary<NodeId, (TimeSpan End, NodeId? Before)> ends, Func<NodeId, bool> takesTime)
    {
        var last = ends.OrderByDescending(e => e.Value.End).ThenBy(e => e.Key).Select(e => (NodeId?)e.Key).FirstOrDefault();
        var chain = new List<NodeId>();
        for (var at = last; at is { } id; at = ends[id].Before)
            chain.Add(id);
        return new Estimate(last is { } l ? ends[l].End : TimeSpan.Zero, [.. Enumerable.Reverse(chain).Where(takesTime)]);
    }

    private static TimeSpan Alone(PlannedNode node, bool isDelete, Func<string, ChangeKind, TimeSpan> duration) => node switch
    {
        { HasWork: false } => TimeSpan.Zero,
        PlannedStack stack => InStack(stack, isDelete, duration),
        // It works while its stack waits, and takes none of the time after.
        PlannedAction { Work.During: not null } => TimeSpan.Zero,
        _ => ActionLength,
    };

    // Resources wait for each other inside a stack too; what goes for good goes after everything else.
    private static TimeSpan InStack(PlannedStack planned, bool isDelete, Func<string, ChangeKind, TimeSpan> duration)
    {
        var resources = planned.Stack.Template.Resources;
        var kinds = planned.Changes.GroupBy(c => c.LogicalId).ToDictionary(c => c.Key, c => c.First());
        var types = resources.ToDictionary(r => r.LogicalId, r => r.Type, StringComparer.Ordinal);
        var ends = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);
        var isNew = planned.Action is NodeAction.Create or NodeAction.Recreate;
        var main = resources.Select(r => End(r)).DefaultIfEmpty().Max();
        var rest = isDelete ? TimeSpan.Zero : planned.Changes
            .Where(c => c.Kind is ChangeKind.Delete || (c.Kind is ChangeKind.Replace && !isNew))
            .Select(c => duration(c.Type, ChangeKind.Delete)).DefaultIfEmpty().Max();
        return main + rest;

        TimeSpan End(Resource resource)
        {
            if (ends.TryGetValue(resource.LogicalId, out var known))
                return known;
            ends[resource.LogicalId] = TimeSpan.Zero;
            var before = resource.DependsOn.Concat(TemplateReferences.In(resource.Properties)).Distinct()
                .Where(id => id != resource.LogicalId && types.ContainsKey(id)).Select(id => End(planned.Stack.Template.Find(id)!))
                .DefaultIfEmpty().Max();
            return ends[resource.LogicalId] = before + Own(resource);
        }

        TimeSpan Own(Resource resource) =>
            isDelete ? duration(resource.Type, ChangeKind.Delete)
            : isNew && kinds.GetValueOrDefault(resource.LogicalId)?.Kind is not ChangeKind.Import
                ? duration(resource.Type, ChangeKind.Create)
                : kinds.TryGetValue(resource.LogicalId, out var change) ? duration(resource.Type, change.Kind) + Meanwhile(change)
                : TimeSpan.Zero;
    }

    // What the change itself sets off and is waited for: servers replaced one after the other, a database that is worked on.
    private static TimeSpan Meanwhile(ResourceChange change) => change.Consequences.Max(c => c.Length) ?? TimeSpan.Zero;
}
