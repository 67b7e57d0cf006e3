using Paco.Applying;
using Paco.Planning;

namespace Paco.Cli.Views.Live;

/// <summary>How a run's states and outcomes are called.</summary>
internal static class StateNames
{
    public const string Stopping = "stopping: nothing new starts; Ctrl-C again leaves at once, AWS goes on";

    public static string Verb(NodeAction action) => action switch
    {
        NodeAction.Create => "creating",
        NodeAction.Recreate => "deleting the remains, then creating",
        NodeAction.Settle => "waiting for what runs already",
        NodeAction.Delete => "deleting",
        _ => "updating",
    };

    public static (string Sign, TextStyle Style, string Word) Outcome(NodeOutcome outcome) => outcome switch
    {
        NodeOutcome.Created => ("✓", TextStyle.Green, "created"),
        NodeOutcome.Updated => ("✓", TextStyle.Green, "updated"),
        NodeOutcome.Deleted => ("✓", TextStyle.Green, "deleted"),
        NodeOutcome.Failed => ("✗", TextStyle.Red, "FAILED"),
        NodeOutcome.StillRunning => ("…", TextStyle.Yellow, "left running"),
        NodeOutcome.Skipped => ("–", TextStyle.Yellow, "skipped"),
        _ => ("=", TextStyle.Dim, "unchanged"),
    };

    /// <summary>Names as many as fit into a width, and counts the others.</summary>
    public static string WaitsFor(WaitingNode waiting, int width)
    {
        if (waiting.For.IsEmpty)
            return "waits for its turn";
        var titles = waiting.For.Select(n => Columns.OneLine(n.Title)).ToList();
        for (var shown = titles.Count; shown > 0; shown--)
        {
            var text =
                $"waits for {string.Join(", ", titles.Take(shown))}{(shown < titles.Count ? $" and {titles.Count - shown} more" : "")}";
            if (Columns.Of(text) <= width || shown == 1)
                return text;
        }
        return "";
    }

    /// <summary>Up to four names, and how many others there are.</summary>
    public static string Some(IReadOnlyList<string> names) =>
        names.Count <= 4 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(3))} and {names.Count - 3} more";

    /// <summary>Everything a person wants to know while nothing ends, on one line: for logs.</summary>
    public static string Heartbeat(RunProgress progress, DateTimeOffset began, DateTimeOffset now)
    {
        var moving = progress.Moving.Select(m =>
            $"{m.Node.Title} {Duration.Clock(now - m.Since)}{(m.Words.Length > 0 ? $" {m.Words}" : "")}{(m.Resources is [var first, ..] ? $" ({first.LogicalId}{(first.Words.Length > 0 ? $" {first.Words}" : "")} {Duration.Clock(now - first.Since)})" : "")}").ToList();
        var left = progress.Left(now);
        var waiting = progress.Waiting.Count == 0
            ? ""
            : $"; {progress.Waiting.Count} waiting, next {progress.Waiting[0].Node.Title}: {WaitsFor(progress.Waiting[0], 100)}";
        return $"{progress.Done}/{progress.Total} after {Duration.Clock(now - began)}{(left.TotalSeconds < 1 ? "" : $", about {Duration.About(left)} left")}; at work: {Some(moving)}{waiting}";
    }
}
