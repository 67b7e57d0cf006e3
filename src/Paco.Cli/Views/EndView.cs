using Paco.Applying;
using Paco.Cli.Views.Live;
using Paco.CloudFormation;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Cli.Views;

/// <summary>The end of a run: what was made and where it is, what failed first and what to do, what to run next.</summary>
internal static class EndView
{
    public static void Show(Screen screen, Plan plan, RunReport report, ApplyView run, SecretFiles? secrets, CommandText command)
    {
        if (run.Reveals.Count > 0)
            screen.Line();
        foreach (var (_, reveal) in run.Reveals)
        {
            var where = secrets is null ? "is shown above, this once" : $"is in {secrets.PathOf(reveal.FileName)}";
            screen.Line($"{reveal.Title} {where}", TextStyle.Yellow);
        }
        screen.Line();
        var nodes = plan.Nodes.ToDictionary(n => n.Id);
        new AddressView(screen).Show(report.Addresses);
        Ended(screen, plan, report);
        Failed(screen, plan, run.Progress);
        Left(screen, report, nodes);
        TakenOver(screen, plan, report, command);
        Next(screen, plan, report, command);
    }

    private static void Ended(Screen screen, Plan plan, RunReport report)
    {
        var counts = report.Results.Where(r => r.Outcome != NodeOutcome.Unchanged).GroupBy(r => r.Outcome).OrderBy(g => g.Key)
            .Select(g => $"{g.Count()} {StateNames.Outcome(g.Key).Word.ToLowerInvariant()}").ToList();
        var what = counts.Count == 0 ? "nothing had to be done" : string.Join(", ", counts);
        var (sign, style) = report.Succeeded ? ("✓", TextStyle.Green) : ("✗", TextStyle.Red);
        screen.Line($"{sign} {(plan.IsDelete ? "Delete" : "Provision")} {plan.Scope}: {what}, {Duration.Of(report.Duration)}", style);
    }

    // The first cause in full: what came later is often its consequence. Of the others a line each.
    private static void Failed(Screen screen, Plan plan, RunProgress progress)
    {
        if (progress.Failures is not [var first, .. var others])
            return;
        screen.Line($"  First failure: {progress[first.Node].Title} ({first.Node})", TextStyle.Red);
        ApplyView.Failure(screen, first.Failure!);
        var source = new FailureSource(plan);
        if (source.Made(first) is { } resource)
            screen.Line($"      {resource.Type}, made by {resource.Source}");
        foreach (var (path, line) in source.Changes(first))
            screen.Line($"      {path}, changed at {line}");
        if (progress.SkippedFor(first.Node) is { IsEmpty: false } skipped)
        {
            screen.Line($"      {skipped.Length} skipped because of it: {StateNames.Some([.. skipped.Select(n => n.Title)])}",
                TextStyle.Yellow);
        }
        var alike = others.Where(f => f.Failure!.Cause is { } cause && cause == first.Failure!.Cause).ToList();
        if (alike.Count > 0)
        {
            var titles = StateNames.Some([.. alike.Select(f => progress[f.Node].Title)]);
            screen.Line($"      {alike.Count} more failed for the same reason: {titles}", TextStyle.Red);
        }
        foreach (var failed in others.Except(alike))
            Other(screen, progress, source, failed);
    }

    private static void Other(Screen screen, RunProgress progress, FailureSource source, NodeResult failed)
    {
        var (resource, place) = (failed.Failure!.LogicalId is { } id ? $"{id}: " : "", source.Of(failed) is { } at ? $" ({at})" : "");
        var skipped = progress.SkippedFor(failed.Node) is { IsEmpty: false } nodes ? $"; {nodes.Length} skipped because of it" : "";
        screen.Line($"  Failed too: {progress[failed.Node].Title}: {resource}{Columns.OneLine(failed.Failure.Message)}{place}{skipped}",
            TextStyle.Red);
    }

    private static void Left(Screen screen, RunReport report, Dictionary<NodeId, PlannedNode> nodes)
    {
        var left = report.Results.Where(r => r.Outcome == NodeOutcome.StillRunning).ToList();
        if (left.Count > 0)
        {
            screen.Line(
                $"  AWS goes on with {string.Join(", ", left.Select(r => nodes[r.Node].Node.Title))}; the same command attaches to it.",
                TextStyle.Yellow);
        }
    }

    // What was taken over is as it was; where the project says something else, nobody has written that yet.
    private static void TakenOver(Screen screen, Plan plan, RunReport report, CommandText command)
    {
        var good = report.Results.Where(r => r.IsGood).Select(r => r.Node).ToHashSet();
        if (plan.Nodes.OfType<PlannedStack>()
            .Any(s => good.Contains(s.Id) && s.Changes.Any(c => c is { Kind: ChangeKind.Import, Properties.IsEmpty: false })))
        {
            screen.Line(
                $"  {command.Of("provision", "--revert-drift")} makes what was taken over what the project says.", TextStyle.Yellow);
        }
    }

    private static void Next(Screen screen, Plan plan, RunReport report, CommandText command)
    {
        if (!report.Succeeded && !report.Failures.Any())
            screen.Line("  Next: the same command goes on where this run was stopped.");
        else if (!report.Succeeded)
            screen.Line("  Next: mend the cause, then run the same command again; what is done stays done.");
        else if (plan.IsDelete && plan.IsAllLeft)
            screen.Line("  Next: paco list shows what else there is; the configuration has nothing of this any more.");
        else if (plan.IsDelete)
            screen.Line($"  Next: {command.Of("provision")} makes it again.");
        else
            screen.Line($"  Next: {command.Of("plan")} shows differences at any time.");
    }
}
