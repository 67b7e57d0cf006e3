using Paco.Applying;
using Paco.Cli.Views;
using Paco.Planning;
using Paco.Resources.Connections;
using Paco.Sandbox;

namespace Paco.Cli.Commands;

/// <summary>
/// <c>paco sandbox connect [ARN]</c>: in the sandbox, what a person does in AWS's console and at GitHub or its like, so that a connection
/// can be used.
/// </summary>
internal static class SandboxConnect
{
    public static async Task<int> Run(Terminal terminal, string? home, string? arn)
    {
        var found = ProjectHome.Find(terminal, home);
        await using var cloud = CloudChoice.OpenLocal(CloudChoice.SandboxFile(found.Path), managementAccount: null);
        try
        {
            return arn is null ? List(terminal, cloud) : Connect(terminal, cloud, arn);
        }
        catch (SandboxFileException e)
        {
            throw new CommandError(e.Message);
        }
    }

    /// <summary>After a run that failed for want of a person: who plays him here.</summary>
    public static void Mention(Terminal terminal, Plan plan, RunReport report)
    {
        var waiting = plan.Nodes.OfType<PlannedAction>().Where(a => a.Work is FinishedConnection).Select(a => a.Id).ToHashSet();
        if (report.Failures.Any(f => waiting.Contains(f.Node)))
        {
            terminal.Screen.Line($"  In the sandbox {terminal.Command} sandbox connect lists the connections that wait, and agrees to one.",
                TextStyle.Yellow);
        }
    }

    private static int List(Terminal terminal, LocalCloud cloud)
    {
        var screen = terminal.Screen;
        var waiting = cloud.Connections().Where(c => c.IsPending).ToList();
        screen.Line(waiting.Count switch
        {
            0 => "No connection of the sandbox waits for a person.",
            1 => "A connection of the sandbox waits for a person:",
            var count => $"{count} connections of the sandbox wait for a person:",
        });
        foreach (var connection in waiting)
            screen.Lines($"  {terminal.Command} sandbox connect {connection.Arn}    # {connection.Name}, {connection.Provider}");
        return ExitCode.Success;
    }

    private static int Connect(Terminal terminal, LocalCloud cloud, string arn)
    {
        if (!cloud.Connect(arn))
        {
            throw new CommandError($"the sandbox has no connection {arn}",
                $"{terminal.Command} sandbox connect lists those that wait for somebody");
        }
        terminal.Screen.Line($"✓ {arn} is AVAILABLE. On AWS a person does this in the console.");
        return ExitCode.Success;
    }
}
