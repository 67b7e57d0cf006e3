using Paco.Applying;
using Paco.Clouds;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Cli.Views;

/// <summary>
/// A run for people: what is done stays as a line; below, on terminals only, what moves is redrawn. Elsewhere one line a
/// transition and a heartbeat.
/// </summary>
internal sealed class ApplyView : IDisposable
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(30);
    private static readonly string[] Spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

    private readonly Screen _screen;
    private readonly Plan _plan;
    private readonly TimeProvider _time;
    private readonly bool _quiet;
    private readonly Dictionary<NodeId, PlannedNode> _nodes;
    private readonly Dictionary<NodeId, Moving> _moving = [];
    private readonly HashSet<NodeId> _critical;
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private readonly DateTimeOffset _began;
    private int _done;
    private int _drawn;
    private int _turn;
    private DateTimeOffset _lastLine;

    private sealed class Moving(DateTimeOffset since)
    {
        public DateTimeOffset Since { get; } = since;

        public HashSet<string> Finished { get; } = new(StringComparer.Ordinal);

        public string? Last { get; set; }
    }

    public ApplyView(Screen screen, Plan plan, TimeProvider time, bool quiet)
    {
        (_screen, _plan, _time, _quiet) = (screen, plan, time, quiet);
        _nodes = plan.Nodes.ToDictionary(n => n.Id);
        _critical = [.. Estimate.Of(plan).CriticalPath];
        _began = _lastLine = time.GetUtcNow();
        _timer = time.CreateTimer(_ => Tick(), null, Redraw, Redraw);
    }

    public List<(NodeId Node, Reveal Reveal)> Reveals { get; } = [];

    public void On(ApplyEvent happened)
    {
        lock (_lock)
        {
            Erase();
            Fold(happened);
            Draw();
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
            Erase();
    }

    private void Fold(ApplyEvent happened)
    {
        switch (happened)
        {
            case NodeStarted started:
                _moving[started.Node] = new Moving(started.At);
                if (!_screen.IsTerminal)
                    Say($"  … {Name(started.Node)} {Verb(started.Action)}");
                break;
            case ResourceMoved moved when _moving.TryGetValue(moved.Node, out var moving):
                moving.Last = $"{moved.Event.LogicalResourceId} {Words(moved.Event.ResourceStatus)}";
                if (moved.Event.ResourceStatus.EndsWith("_COMPLETE", StringComparison.Ordinal) && moved.Event.ResourceType != "AWS::CloudFormation::Stack")
                    moving.Finished.Add(moved.Event.LogicalResourceId);
                break;
            case NodeEnded ended:
                _moving.Remove(ended.Result.Node);
                _done++;
                Ended(ended.Result);
                break;
            case SecretRevealed revealed:
                Reveals.Add((revealed.Node, revealed.Reveal));
                break;
            case PollLost lost:
                Say($"  … {lost.Place} does not answer ({Screen.Clean(lost.Reason)}); asking again", Ink.Yellow);
                break;
        }
    }

    private void Ended(NodeResult result)
    {
        var (sign, ink, word) = result.Outcome switch
        {
            NodeOutcome.Created => ("✓", Ink.Green, "created"),
            NodeOutcome.Updated => ("✓", Ink.Green, "updated"),
            NodeOutcome.Deleted => ("✓", Ink.Green, "deleted"),
            NodeOutcome.Failed => ("✗", Ink.Red, "FAILED"),
            NodeOutcome.StillRunning => ("…", Ink.Yellow, "left running"),
            NodeOutcome.Skipped => ("–", Ink.Yellow, "skipped"),
            _ => ("=", Ink.Dim, "unchanged"),
        };
        if (result.Outcome == NodeOutcome.Unchanged)
            return;
        if (_quiet && result.IsGood)
            return;
        var why = result is { Outcome: NodeOutcome.Skipped, Failure: { } skip } ? $": {skip.Message}" : "";
        _screen.Composed($"  {_screen.Inked(sign, ink)} {_screen.Inked(Name(result.Node), Ink.Plain)} {_screen.Inked($"{word}{why}", ink)}   {_screen.Inked(result.Duration > TimeSpan.Zero ? Duration(result.Duration) : "", Ink.Dim)}".TrimEnd());
        if (result.Outcome == NodeOutcome.Failed)
            Failure(_screen, result.Failure!);
        _lastLine = _time.GetUtcNow();
    }

    public static void Failure(Screen screen, NodeFailure failure)
    {
        screen.Line($"      {(failure.LogicalId is null ? "" : $"{failure.LogicalId}: ")}{failure.Message}", Ink.Red);
        if (failure.Hint is not null)
            screen.Line($"      {failure.Hint}");
    }

    private void Tick()
    {
        lock (_lock)
        {
            if (_screen.IsTerminal)
            {
                Erase();
                _turn++;
                Draw();
            }
            else if (_time.GetUtcNow() - _lastLine >= Heartbeat && _moving.Count > 0)
            {
                Say($"  … {Head()}; still working on {string.Join(", ", _moving.Keys.Take(5).Select(n => _nodes[n].Node.Title))}");
            }
        }
    }

    private void Erase()
    {
        if (_drawn > 0)
            _screen.Control($"\u001b[{_drawn}A\u001b[0J");
        _drawn = 0;
    }

    private void Draw()
    {
        if (!_screen.IsTerminal || _moving.Count == 0)
            return;
        var now = _time.GetUtcNow();
        Fit($"{Head()}", Ink.Bold);
        foreach (var (id, moving) in _moving.OrderBy(m => m.Value.Since).ThenBy(m => m.Key).Take(12))
        {
            var total = (_nodes[id] as PlannedStack)?.Changes.Length ?? 0;
            var part = total == 0 ? "" : $"{Math.Min(moving.Finished.Count, total)}/{total}";
            Fit($"  {Spinner[_turn % Spinner.Length]} {Name(id)} {Duration(now - moving.Since),7}  {part,-6} {moving.Last}{(_critical.Contains(id) ? "   ← critical path" : "")}", Ink.Plain);
        }
        if (_moving.Count > 12)
            Fit($"    … and {_moving.Count - 12} more", Ink.Dim);
        _screen.Flush();
    }

    private void Fit(string line, Ink ink)
    {
        line = Screen.Clean(line);
        _screen.Line(line.Length < _screen.Width ? line : line[..(_screen.Width - 2)] + "…", ink);
        _drawn++;
    }

    private string Head() => $"{(_plan.IsDelete ? "Delete" : "Provision")} {_plan.Scope}   {_done}/{_nodes.Count}   {Duration(_time.GetUtcNow() - _began)}";

    private void Say(string line, Ink ink = Ink.Dim)
    {
        _screen.Line(line, ink);
        _lastLine = _time.GetUtcNow();
    }

    private string Name(NodeId id) => $"{_nodes[id].Node.Title,-34} {id.Place.Account} {id.Place.Region}";

    private static string Verb(NodeAction action) => action switch
    {
        NodeAction.Create => "creating",
        NodeAction.Recreate => "deleting the remains, then creating",
        NodeAction.Settle => "waiting for what runs already",
        NodeAction.Delete => "deleting",
        _ => "updating",
    };

    private static string Words(string status) => status.ToLowerInvariant().Replace('_', ' ');

    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 10 } => $"{time.TotalSeconds:0.0}s",
        { TotalMinutes: < 1 } => $"{time.Seconds}s",
        { TotalHours: < 1 } => $"{time.Minutes}m{time.Seconds:00}s",
        _ => $"{(int)time.TotalHours}h{time.Minutes:00}m",
    };
}
