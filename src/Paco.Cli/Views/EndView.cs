using Paco.Applying;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Cli.Views;

/// <summary>The end of a run: what was made and where it is, what failed first and what to do, what to run next.</summary>
internal static class EndView
{
    // Outputs a person wants to copy: how to reach what was made.
    private static readonly Dictionary<string, string> Addresses = new(StringComparer.Ordinal)
    {
        ["LoadBalancerDNSName"] = "load balancer",
        ["ElasticIPAddress"] = "address",
        ["RDSEndpointAddress"] = "database",
        ["ClusterEndpointAddress"] = "database",
        ["HostedZoneNameServers"] = "name servers",
    };

    public static void Show(Screen screen, Plan plan, RunReport report, List<(NodeId Node, Reveal Reveal)> reveals, SecretFiles? secrets, Func<string, string> command)
    {
        foreach (var (_, reveal) in reveals)
        {
            screen.Line();
            if (secrets is not null)
            {
                screen.Line($"{reveal.Title}: {secrets.Write(reveal)}", Ink.Yellow);
                continue;
            }
            screen.Line($"{reveal.Title} (shown this once: keep it safe, as {reveal.FileName} with mode 0600)", Ink.Yellow);
            screen.Line(reveal.Value.Reveal().TrimEnd());
        }
        screen.Line();
        var nodes = plan.Nodes.ToDictionary(n => n.Id);
        if (!plan.IsDelete)
            Made(screen, report, nodes);
        Ended(screen, plan, report, nodes);
        Next(screen, plan, report, command);
    }

    private static void Made(Screen screen, RunReport report, Dictionary<NodeId, PlannedNode> nodes)
    {
        var lines =
            from result in report.Results
            from output in result.Outputs
            where Addresses.ContainsKey(output.Key)
            select $"  {nodes[result.Node].Node.Title,-34} {Addresses[output.Key],-14} {output.Value}";
        foreach (var line in lines)
            screen.Line(line);
    }

    private static void Ended(Screen screen, Plan plan, RunReport report, Dictionary<NodeId, PlannedNode> nodes)
    {
        var counts = report.Results.Where(r => r.Outcome != NodeOutcome.Unchanged).GroupBy(r => r.Outcome).OrderBy(g => g.Key)
            .Select(g => $"{g.Count()} {Word(g.Key)}").ToList();
        var what = counts.Count == 0 ? "nothing had to be done" : string.Join(", ", counts);
        screen.Line($"{(report.Succeeded ? "✓" : "✗")} {(plan.IsDelete ? "Delete" : "Provision")} {plan.Scope}: {what}, {ApplyView.Duration(report.Duration)}", report.Succeeded ? Ink.Green : Ink.Red);
        foreach (var failed in report.Failures.Take(1))
        {
            screen.Line($"  First failure: {nodes[failed.Node].Node.Title} ({failed.Node})", Ink.Red);
            ApplyView.Failure(screen, failed.Failure!);
            if (nodes[failed.Node] is PlannedStack stack && stack.Stack.Template.Find(failed.Failure!.LogicalId ?? "") is { Source.IsNone: false } resource)
                screen.Line($"      {resource.Type}, made by {resource.Source}");
        }
        var left = report.Results.Where(r => r.Outcome == NodeOutcome.StillRunning).ToList();
        if (left.Count > 0)
            screen.Line($"  AWS goes on with {string.Join(", ", left.Select(r => nodes[r.Node].Node.Title))}; the same command attaches to it.", Ink.Yellow);
    }

    private static void Next(Screen screen, Plan plan, RunReport report, Func<string, string> command)
    {
        if (!report.Succeeded)
            screen.Line("  Next: mend the cause, then run the same command again; what is done stays done.");
        else if (plan.IsDelete)
            screen.Line($"  Next: {command("provision")} makes it again.");
        else
            screen.Line($"  Next: {command("plan")} shows differences at any time.");
    }

    private static string Word(NodeOutcome outcome) => outcome switch
    {
        NodeOutcome.StillRunning => "left running",
        _ => outcome.ToString().ToLowerInvariant(),
    };
}
