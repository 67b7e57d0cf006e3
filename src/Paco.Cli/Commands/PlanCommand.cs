using Paco.Cli.Views;
using Paco.Cli.Views.Markdown;
using Paco.Planning;

namespace Paco.Cli.Commands;

/// <summary><c>paco plan [SCOPE]</c>: what provisioning would do. Reads, changes nothing.</summary>
internal static class PlanCommand
{
    public static async Task<int> Run(Terminal terminal, CloudArguments arguments, string? file, CancellationToken cancel)
    {
        var session = arguments.OpenSession(terminal);
        await using var choice = await CloudChoice.Open(session, arguments, cancel);
        var (plan, readIn) = await PlanMaking.Make(session, choice, arguments, isDelete: false, cancel);
        var remarks = ProjectRemarks.Of(session, plan, arguments.Warn);
        if (!terminal.IsForPrograms)
            new PlanView(terminal.Screen, arguments.IsVerbose(session)).Show(plan, readIn, remarks);
        if (file is not null)
            SavedPlans.Write(terminal.FullPath(file), plan, session, choice);
        // Last, so that a program reads one document: the plan, or why there is none.
        if (terminal.MarkdownScope is { } marked)
            terminal.Write(new PlanMarkdown(plan, remarks, marked, terminal.Command).Text());
        else if (terminal.IsForPrograms)
            terminal.Write(output => PlanJson.Write(output, plan, readIn, session.NotRead, remarks));
        if (!plan.Problems.IsEmpty || plan.Nodes.Any(n => n.Action == NodeAction.Refused) || plan.Drift?.HasFailures == true)
            return ExitCode.Failure;
        return plan.HasWork || plan.Drift?.HasDrift == true ? ExitCode.Changes : ExitCode.Success;
    }
}
