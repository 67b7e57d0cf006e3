using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Planning;

/// <summary>
/// In which order stacks go that left the configuration. Who uses whom is known by what they were given; besides, nothing is known of what
/// one needs of another, so within an environment and region they go one after the other, the newest first.
/// </summary>
internal sealed class DeletionOrder
{
    private readonly ImmutableArray<PlannedStack> _orphans;
    private readonly Dictionary<NodeId, ImmutableArray<NodeId>> _users;

    private DeletionOrder(ImmutableArray<PlannedStack> orphans, Dictionary<NodeId, ImmutableArray<NodeId>> users) =>
        (_orphans, _users) = (orphans, users);

    /// <param name="orphans">The newest first.</param>
    public static async Task<DeletionOrder> Of(ImmutableArray<(PlannedStack Stack, TemplateSide Before)> orphans, OutputConsumers uses,
        CancellationToken cancel)
    {
        var users = await Task.WhenAll(orphans.Select(async o =>
            KeyValuePair.Create(o.Stack.Id, await uses.Of(o.Stack, o.Before, cancel))));
        var order = new DeletionOrder([.. orphans.Select(o => o.Stack)], new(users));
        return new DeletionOrder(order.UsersFirst(), order._users);
    }

    /// <summary>For a plan that brings the rest up to date: they go when that is done.</summary>
    public IEnumerable<PlannedNode> After(ImmutableArray<NodeId> others)
    {
        var waits = Waits();
        return _orphans.Select(o => o with { Node = o.StackNode with { DependsOn = OrAll(waits[o.Id], others) } });
    }

    /// <summary>
    /// For a deletion, where a node waits for those that depend on it: they go before the rest, but for those who use them and whatever
    /// needs these.
    /// </summary>
    public ImmutableArray<PlannedNode> Before(ImmutableArray<PlannedNode> rest)
    {
        var (waits, early) = (Waits(), UsersAmong(rest));
        var first = _orphans.Where(o => waits[o.Id].IsEmpty).Select(o => o.Id).ToImmutableArray();
        var waited = waits.SelectMany(w => w.Value.Select(other => (Waits: w.Key, For: other))).ToLookup(w => w.For, w => w.Waits);
        ImmutableArray<NodeId> late = [.. rest.Select(n => n.Id).Where(id => !early.Contains(id))];
        return
        [
            .. _orphans.Select(o => o with
            {
                Node = o.StackNode with { DependsOn = OrAll([.. waited[o.Id]], late) },
            }),
            .. rest.Select(n => early.Contains(n.Id) ? n with { Node = n.Node with { DependsOn = [.. n.Node.DependsOn, .. first] } } : n),
        ];
    }

    private static ImmutableArray<NodeId> OrAll(ImmutableArray<NodeId> some, ImmutableArray<NodeId> all) => some.IsEmpty ? all : some;

    // Among equals as they were; who uses another goes before it. Two that use each other go as they were.
    private ImmutableArray<PlannedStack> UsersFirst()
    {
        var open = _orphans.ToList();
        var order = ImmutableArray.CreateBuilder<PlannedStack>(open.Count);
        while (open.Count > 0)
        {
            var left = open.Select(o => o.Id).ToHashSet();
            var next = open.Find(o => !_users[o.Id].Any(left.Contains)) ?? open[0];
            open.Remove(next);
            order.Add(next);
        }
        return order.DrainToImmutable();
    }

    // The one before in its environment and region, and users elsewhere. What belongs to none goes after everything else.
    private Dictionary<NodeId, ImmutableArray<NodeId>> Waits()
    {
        var waits = new Dictionary<NodeId, ImmutableArray<NodeId>>();
        var last = new Dictionary<EnvironmentPath, NodeId>();
        var (inEnvironments, others) = (_orphans.Where(o => o.Node.Ref.Environment is not null),
            _orphans.Where(o => o.Node.Ref.Environment is null).ToList());
        var seen = new HashSet<NodeId>();
        foreach (var orphan in inEnvironments)
        {
            var group = orphan.Node.Ref.Environment!.Value;
            var before = last.TryGetValue(group, out var previous) ? new[] { previous } : [];
            waits[orphan.Id] = [.. before.Concat(_users[orphan.Id].Where(seen.Contains)).Distinct()];
            seen.Add(orphan.Id);
            last[group] = orphan.Id;
        }
        ImmutableArray<NodeId> ends = [.. last.Values.Order()];
        foreach (var orphan in others)
        {
            waits[orphan.Id] = ends;
            ends = [orphan.Id];
        }
        return waits;
    }

    // Those of other nodes that use what goes, and all that need these.
    private HashSet<NodeId> UsersAmong(ImmutableArray<PlannedNode> rest)
    {
        var known = rest.Select(n => n.Id).ToHashSet();
        var consumers = rest.SelectMany(n => n.Node.DependsOn.Select(d => (Producer: d, Consumer: n.Id)))
            .ToLookup(e => e.Producer, e => e.Consumer);
        var open = new Stack<NodeId>(_users.Values.SelectMany(u => u).Where(known.Contains));
        var early = new HashSet<NodeId>();
        while (open.TryPop(out var id))
        {
            if (early.Add(id))
            {
                foreach (var consumer in consumers[id])
                    open.Push(consumer);
            }
        }
        return early;
    }
}
