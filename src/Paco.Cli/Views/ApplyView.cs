using System.Text;
using Paco.Applying;
using Paco.Cli.Views.Live;
using Paco.Stacks;

namespace Paco.Cli.Views;

/// <summary>
/// A run for people: what is done stays as a line; below, on terminals only, what moves and what waits is redrawn. Elsewhere one
/// line a transition and a heartbeat.
/// </summary>
internal sealed class ApplyView : IDisposable
{
    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(30);
    private static readonly string[] Spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

    // From the cursor to the end, line and rest apart: a screen that is cleared from its first column on as a whole is kept by some
    // terminals (tmux) above what can be scrolled back to, frame and all.
    private const string Clear = "\u001b[K\n\u001b[0J\u001b[A";

    private readonly Screen _screen;
    private readonly TimeProvider _time;
    private readonly bool _quiet;
    private readonly HashSet<(NodeId, string?, string)> _told = [];
    private readonly List<int> _drawn = [];
    private readonly Lock _lock = new();
    private readonly ITimer _timer;
    private readonly DateTimeOffset _began;
    private int _turn;
    private DateTimeOffset _lastLine;

    public ApplyView(Screen screen, RunOutline outline, TimeProvider time, bool quiet)
    {
        (_screen, _time, _quiet, Progress) = (screen, time, quiet, new RunProgress(outline));
        _began = _lastLine = time.GetUtcNow();
        _timer = time.CreateTimer(_ => Tick(), null, Redraw, Redraw);
    }

    public List<(NodeId Node, Reveal Reveal)> Reveals { get; } = [];

    public RunProgress Progress { get; }

    private RunColumns Layout => new(Progress.Outline, _screen.Width - 1, _began);

    public void On(ApplyEvent happened)
    {
        lock (_lock)
        {
            Progress.On(happened);
            var drawn = _drawn.Count;
            Tell(happened);
            // Of thousands of events most change little, and the run waits meanwhile: those are left to the next tick.
            if (_drawn.Count != drawn)
                Draw();
        }
    }

    /// <summary>Nothing new is started: the first Ctrl-C.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            Progress.Stop();
            if (!_screen.CanRedraw)
                Say($"  … {StateNames.Stopping}", TextStyle.Yellow);
            Draw();
        }
    }

    /// <summary>Shows a secret for good, and throws <see cref="IOException"/> where nobody reads any more.</summary>
    public void Show(Reveal reveal)
    {
        lock (_lock)
        {
            Line(_screen.Styled($"{reveal.Title} (shown this once: keep it safe, as {reveal.FileName} with mode 0600)", TextStyle.Yellow));
            Erase();
            _screen.Lines(reveal.Value.Reveal().TrimEnd());
            _screen.Flush();
            Draw();
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
            Erase();
    }

    public static void Failure(Screen screen, NodeFailure failure)
    {
        var about = failure.LogicalId is { } id ? $"{id}: " : failure.Code is { } code ? $"{code} " : "";
        screen.Line($"      {about}{failure.Message}", TextStyle.Red);
        if (failure.Hint is not null)
            screen.Line($"      {failure.Hint}");
    }

    private void Tell(ApplyEvent happened)
    {
        switch (happened)
        {
            case NodeStarted started when !_screen.CanRedraw:
                Say($"  … {Name(started.Node)} {StateNames.Verb(started.Action)}");
                break;
            case NodeWaiting waiting when !_screen.CanRedraw:
                Say(
                    $"  … {Name(waiting.Node)} waits until {string.Join(", ", waiting.For.Select(id => Progress[id].Title))} {(waiting.For.Length == 1 ? "has" : "have")} moved");
                break;
            case ResourceMoved { IsCause: true } moved when _told.Add((moved.Node, moved.Event.LogicalResourceId,
                moved.Event.ResourceStatusReason!)):
                Line(
                    $"  {_screen.Styled("✗", TextStyle.Red)} {_screen.Styled(Name(moved.Node), TextStyle.Plain)} {_screen.Styled($"{moved.Event.LogicalResourceId}: {moved.Event.ResourceStatusReason}", TextStyle.Red)}");
                break;
            case NodeEnded ended:
                Ended(ended.Result);
                break;
            case SecretRevealed revealed:
                Reveals.Add((revealed.Node, revealed.Reveal));
                break;
            case PollLost lost:
                Say($"  … {lost.Place} does not answer ({lost.Reason}); asking again", TextStyle.Yellow);
                break;
        }
    }

    private void Ended(NodeResult result)
    {
        if (result.Outcome == NodeOutcome.Unchanged || (_quiet && result.IsGood))
            return;
        var (sign, style, word) = StateNames.Outcome(result.Outcome);
        var why = result is { Outcome: NodeOutcome.Skipped, Failure: { } skip } ? $": {skip.Message}" : "";
        var took = result.Duration > TimeSpan.Zero ? $"   {Duration.Of(result.Duration)}" : "";
        Line(
            $"  {_screen.Styled(sign, style)} {_screen.Styled(Name(result.Node), TextStyle.Plain)} {_screen.Styled($"{word}{why}", style)}{_screen.Styled(took, TextStyle.Dim)}");
        // The end of what was told the moment it happened: the roll-back is over.
        if (result is { Outcome: NodeOutcome.Failed, Failure: { } failure } && _told.Add(failure.Cause is { } cause
            ? (default, null, cause)
            : (result.Node, failure.LogicalId, failure.Message)))
        {
            Failure(_screen, failure);
        }
    }

    private void Tick()
    {
        lock (_lock)
        {
            try
            {
                _turn++;
                Draw();
                if (!_screen.CanRedraw && _time.GetUtcNow() - _lastLine >= Heartbeat && Progress.Moving.Count > 0)
                    Say($"  … {StateNames.Heartbeat(Progress, _began, _time.GetUtcNow())}");
            }
            catch (IOException)
            {
                // Nobody reads any more; the run itself goes on, and says so where it writes next.
                _timer.Dispose();
            }
        }
    }

    // Over the last frame, line by line and in one piece, so that nothing flickers.
    private void Draw()
    {
        if (!_screen.CanRedraw)
            return;
        var layout = Layout;
        var frame = new RunFrame(Progress, layout, _time.GetUtcNow(), _screen.Height, Spinner[_turn % Spinner.Length]).Rows();
        var text = new StringBuilder(Back());
        foreach (var row in frame)
            text.Append(row.Written(_screen, layout.Width)).Append("\u001b[K\n");
        _screen.Control(text.Append(frame.Count == 0 ? Clear : "\u001b[0J").ToString());
        _drawn.Clear();
        _drawn.AddRange(frame.Select(r => Math.Min(r.Columns, layout.Width)));
        _screen.Flush();
    }

    private void Erase()
    {
        _screen.Control($"{Back()}{(_drawn.Count == 0 ? "\u001b[K" : Clear)}");
        _drawn.Clear();
    }

    // To where the last frame began, also where the terminal has echoed a ^C. Lines that a narrower window has broken since
    // count as often as they were broken.
    private string Back() =>
        _drawn.Count == 0 ? "\r" : $"\r\u001b[{_drawn.Sum(columns => Math.Max(1, (columns + _screen.Width - 1) / _screen.Width))}A";

    private void Say(string line, TextStyle style = TextStyle.Dim) => Line(_screen.Styled(Columns.OneLine(line), style));

    private void Line(string composed)
    {
        Erase();
        _screen.Composed(composed.TrimEnd());
        _lastLine = _time.GetUtcNow();
    }

    private string Name(NodeId id) => $"{Layout.Title(Progress[id])}{Layout.Place(Progress[id])}";
}
