using Paco.Cli.Views;
using Paco.Drifting;

namespace Paco.Cli.Commands;

/// <summary><c>paco drift [SCOPE]</c>: what was changed behind CloudFormation's back. Reads, changes nothing.</summary>
internal static class DriftCommand
{
    public static async Task<int> Run(Terminal terminal, CloudArguments arguments, CancellationToken cancel)
    {
        var session = arguments.OpenSession(terminal);
        await using var choice = await CloudChoice.Open(session, arguments, cancel);
        await PlanMaking.SignIn(session, choice, cancel);
        PlanMaking.SayLooking(session);
        var report = await DriftDetection.Detect(session.Graph.Within(session.Scope), choice.Cloud,
            PlanMaking.DriftOptions(session, choice), cancel);
        if (terminal.IsForPrograms)
            terminal.Write(output => DriftJson.Write(output, session.Scope, report, session.NotRead));
        else
            new DriftView(terminal.Screen, arguments.IsVerbose(session)).Show(report, session.CommandIn(choice));
        return report.HasFailures ? ExitCode.Failure : report.HasDrift ? ExitCode.Changes : ExitCode.Success;
    }
}
