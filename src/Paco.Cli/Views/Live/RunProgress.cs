using System.Collections.Immutable;
using Paco.Applying;
using Paco.Stacks;

namespace Paco.Cli.Views.Live;

/// <summary>A node whose turn has not come.</summary>
/// <param name="For">What it waits for; nothing where only a place among those at work is missing.</param>
internal sealed record WaitingNode(RunNode Node, ImmutableArray<RunNode> For);

/// <summary>
/// How far a run is, folded from its events: what moves, what waits for what, what is done, how long is left. Knows no screen.
/// </summary>
internal sealed class RunProgress(RunOutline outline)
{
    private readonly Dictionary<NodeId, RunNode> _nodes = outline.Nodes.ToDictionary(n => n.Id);
    private readonly Dictionary<NodeId, MovingNode> _moving = [];
    private readonly Dictionary<NodeId, ImmutableArray<NodeId>> _keeping = [];
    private readonly Dictionary<NodeId, NodeResult> _ended = [];
    private readonly Dictionary<NodeId, DateTimeOffset> _failing = [];
    private readonly HashSet<NodeId> _atWork = [.. outline.Nodes.Where(n => n.HasWork).Select(n => n.Id)];
    private readonly Dictionary<NodeId, bool> _inVain = [];
    private HashSet<NodeId> _critical = [.. outline.Estimate?.CriticalPath ?? []];
    private ImmutableArray<WaitingNode>? _waiting;

    public RunOutline Outline { get; } = outline;

    /// <summary>Nodes with something to do, and how many of them have ended.</summary>
    public int Total => _atWork.Count;

    public int Done => _atWork.Count(_ended.ContainsKey);

    /// <summary>Nothing new is started any more.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Of the whole run, between 0 and 1; half a stack counts as half.</summary>
    public double Part =>
        Total == 0 ? 1 : (Done + _moving.Values.Where(m => m.Total > 0).Sum(m => Math.Min(1.0, (double)m.Done / m.Total))) / Total;

    /// <summary>Those on the critical path first, then the longest at work.</summary>
    public IReadOnlyList<MovingNode> Moving =>
        [.. _moving.Values.OrderBy(m => !IsCritical(m.Node)).ThenBy(m => m.Since).ThenBy(m => m.Node.Id)];

    /// <summary>Those on the critical path first, then those that can start soonest.</summary>
    public IReadOnlyList<WaitingNode> Waiting => _waiting ??= FindWaiting();

    public RunNode this[NodeId id] => _nodes[id];

    public void Stop() => (IsStopped, _waiting) = (true, null);

    public void On(ApplyEvent happened)
    {
        _waiting = null;
        _inVain.Clear();
        switch (happened)
        {
            case NodeStarted started:
                // What seemed to have nothing to do may get other values from what it needs.
                _atWork.Add(started.Node);
                _keeping.Remove(started.Node);
                _moving[started.Node] = new MovingNode(_nodes[started.Node], started.Action, started.At);
                break;
            case NodeWaiting waiting:
                _moving.Remove(waiting.Node);
                _keeping[waiting.Node] = waiting.For;
                break;
            case ResourceMoved moved:
                if (moved.IsCause)
                    _failing.TryAdd(moved.Node, moved.At);
                if (_moving.TryGetValue(moved.Node, out var moving))
                    moving.On(moved.Event, moved.At);
                break;
            case NodeEnded ended:
                _moving.Remove(ended.Result.Node);
                _keeping.Remove(ended.Result.Node);
                _ended[ended.Result.Node] = ended.Result;
                if (ended.Result.Outcome == NodeOutcome.Failed)
                    _failing.TryAdd(ended.Result.Node, ended.At);
                break;
        }
    }

    /// <summary>It is of the chain of nodes that decides when the run ends.</summary>
    public bool IsCritical(RunNode node) => _critical.Contains(node.Id);

    /// <summary>How long the rest takes by the estimate; nothing where nobody knows. Which chain decides it is reckoned anew.</summary>
    public TimeSpan Left(DateTimeOffset now)
    {
        if (Outline is not { Estimate: { } estimate, Pace: > 0 and var pace })
            return TimeSpan.Zero;
        var over = _nodes.Keys.Where(id => _ended.ContainsKey(id) || (!_moving.ContainsKey(id) && IsInVain(id))).ToHashSet();
        var left = estimate.Left(over, _moving.ToDictionary(m => m.Key, m => (now - m.Value.Since) / pace));
        (_critical, _waiting) = ([.. left.CriticalPath], null);
        return left.Length * pace;
    }

    /// <summary>Failed nodes in the order in which they began to fail: the first is the first cause.</summary>
    public ImmutableArray<NodeResult> Failures =>
        [.. _ended.Values.Where(r => r.Outcome == NodeOutcome.Failed).OrderBy(r => _failing[r.Node])];

    /// <summary>Nodes that a node needed and that failed or were skipped.</summary>
    public ImmutableArray<NodeId> MissedBy(NodeId node) =>
        [.. Others(_nodes[node]).Where(id => _ended.TryGetValue(id, out var result) && !result.IsGood)];

    /// <summary>Nodes that were skipped because this one failed, directly or by way of others.</summary>
    public ImmutableArray<RunNode> SkippedFor(NodeId failed)
    {
        var lost = new HashSet<NodeId> { failed };
        var skipped = _ended.Values.Where(r => r.Outcome == NodeOutcome.Skipped).Select(r => r.Node).ToHashSet();
        // What had nothing to do says nothing, but hands the failure on.
        var pending = Outline.Nodes.Where(n => skipped.Contains(n.Id) || !n.HasWork).ToList();
        while (pending.FindIndex(n => Others(n).Any(lost.Contains)) is var at and >= 0)
        {
            lost.Add(pending[at].Id);
            pending.RemoveAt(at);
        }
        return [.. Outline.Nodes.Where(n => n.Id != failed && lost.Contains(n.Id) && skipped.Contains(n.Id))];
    }

    private ImmutableArray<WaitingNode> FindWaiting()
    {
        if (IsStopped)
            return [];
        var waiting = Outline.Nodes.Where(n => n.HasWork && !_ended.ContainsKey(n.Id) && !_moving.ContainsKey(n.Id) && !IsInVain(n.Id))
            .ToDictionary(n => n.Id, n => new WaitingNode(n, [.. Unfinished(n, [])]));
        var turns = new Dictionary<NodeId, int>();
        return [.. waiting.Values.OrderBy(w => !IsCritical(w.Node)).ThenBy(w => Turn(w.Node.Id)).ThenBy(w => w.For.Length)];

        // How many that wait themselves have to come before, one after the other.
        int Turn(NodeId id) => !waiting.TryGetValue(id, out var node) ? 0
            : turns.TryGetValue(id, out var known) || !turns.TryAdd(id, 0) ? known
            : turns[id] = 1 + node.For.Select(n => Turn(n.Id)).DefaultIfEmpty().Max();
    }

    private static IEnumerable<NodeId> Others(RunNode node) => node.Host is { } host ? node.Needs.Append(host) : node.Needs;

    private IEnumerable<RunNode> Unfinished(RunNode node, HashSet<NodeId> seen)
    {
        // One that has done its first step waits for those who use what it keeps, and for nothing else; nobody waits for it.
        var needs = _keeping.TryGetValue(node.Id, out var users) ? users : node.Needs.Where(id => !_keeping.ContainsKey(id));
        foreach (var need in needs.Where(id => !_ended.ContainsKey(id) && seen.Add(id)).Select(id => _nodes[id]))
        {
            if (need.HasWork || _moving.ContainsKey(need.Id))
            {
                yield return need;
            }
            else if (Outline.IdleNodesWait)
            {
                foreach (var behind in Unfinished(need, seen))
                    yield return behind;
            }
        }
        // Its stack only has to be at work.
        if (node.Host is { } host && !_ended.ContainsKey(host) && !_moving.ContainsKey(host) && seen.Add(host))
            yield return _nodes[host];
    }

    // It will be skipped: something it needs has failed, or nothing is started any more.
    private bool IsInVain(NodeId id)
    {
        if (IsStopped)
            return true;
        // Entered before the others are looked at, so that a circle ends here.
        if (!_inVain.TryAdd(id, false))
            return _inVain[id];
        return _inVain[id] = Others(_nodes[id]).Any(other =>
            _ended.TryGetValue(other, out var result) ? !result.IsGood
            : _moving.TryGetValue(other, out var moving) ? moving.Fails
            : IsInVain(other));
    }
}
