using System.Collections.Concurrent;
using Paco.Applying;
using Paco.Clouds;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Engine.Tests.Simulation;

/// <summary>What a run told, and what must be true of it.</summary>
internal sealed class Ledger(Plan plan, int most)
{
    private readonly ConcurrentQueue<ApplyEvent> _events = [];

    public void Note(ApplyEvent happened) => _events.Enqueue(happened);

    public void Check(RunReport report, Wire wire)
    {
        Tells(report);
        KeepsSecrets(report);
        KeepsLimits(wire);
        SendsOnce(wire);
    }

    private void Tells(RunReport report)
    {
        var ended = _events.OfType<NodeEnded>().Select(e => e.Result.Node).ToList();
        Must(ended.Count == plan.Nodes.Length && ended.Distinct().Count() == ended.Count, "every node ends once");
        foreach (var result in report.Results)
        {
            Must(result.IsGood || result.Failure is not null || result.Outcome is NodeOutcome.StillRunning or NodeOutcome.Skipped,
                $"{result.Node} says why it is {result.Outcome}");
        }
        foreach (var moved in _events.OfType<ResourceMoved>().GroupBy(e => (e.Node, e.Event.EventId)))
            Must(moved.Count() == 1, $"{moved.Key.Node} tells {moved.Key.EventId} once");
    }

    // A stack holds its slot from its start to its end; who was never started has none.
    private void KeepsLimits(Wire wire)
    {
        Must(wire.MostAtOnce <= World.CallsAtOnce, $"{wire.MostAtOnce} calls at once");
        var working = new Dictionary<Place, HashSet<NodeId>>();
        foreach (var happened in _events)
        {
            if (happened is NodeStarted started && plan.Nodes.First(n => n.Id == started.Node) is PlannedStack)
            {
                var here = working.TryGetValue(started.Node.Place, out var known) ? known : working[started.Node.Place] = [];
                here.Add(started.Node);
                // An end is told a moment after its slot is free.
                Must(here.Count <= most * 2, $"{here.Count} stacks at once in {started.Node.Place}, {most} allowed");
            }
            else if (happened is NodeEnded ended && working.TryGetValue(ended.Result.Node.Place, out var there))
            {
                there.Remove(ended.Result.Node);
            }
        }
    }

    // A stack that goes in two steps is updated twice.
    private void SendsOnce(Wire wire)
    {
        var inTwo = plan.Nodes.OfType<PlannedStack>().Where(s => s.First is not null).Select(s => s.Deployed!.StackId)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var work in wire.Sent.Where(s => !s.Refused).GroupBy(s => (s.Operation, s.Region, s.Stack)))
        {
            Must(work.Select(s => s.Token).Distinct().Count() <= (inTwo.Contains(work.Key.Stack) ? 2 : 1)
                || work.Select(s => s.Key).Distinct().Count() > 1, $"{work.Key.Operation} of {work.Key.Stack} is sent with one token");
        }
    }

    private void KeepsSecrets(RunReport report)
    {
        var told = _events.Select(e => e.ToString()!).Concat(report.Results.Select(r => $"{r} {r.Failure} {string.Join(' ', r.Outputs)}"))
            .Concat(plan.Nodes.OfType<PlannedStack>()
                .SelectMany(s => s.Changes.SelectMany(c => c.Properties).Select(p => p.ToString()).Append(s.Body)
                    .Append(string.Join(' ', s.Parameters))));
        foreach (var text in told)
        {
            Must(!text.Contains(SimulatedProject.Secret, StringComparison.Ordinal)
                && !text.Contains("-----BEGIN", StringComparison.Ordinal), $"no secret is told: {text}");
        }
    }

    private static void Must(bool holds, string what)
    {
        if (!holds)
            throw new InvalidOperationException($"does not hold: {what}");
    }
}
