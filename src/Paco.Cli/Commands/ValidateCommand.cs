using Paco.Cli.Views;

namespace Paco.Cli.Commands;

/// <summary><c>paco validate SCOPE</c>: all mistakes at once, offline, changing nothing.</summary>
internal static class ValidateCommand
{
    public static int Run(Terminal terminal, string? home, string scope, string format)
    {
        var session = Session.Open(terminal, home, scope);
        var found = session.Compilation.Diagnostics;
        switch (format)
        {
            case "json":
                terminal.Write(output => DiagnosticFormats.Json(output, found));
                break;
            case "sarif":
                terminal.Write(output => DiagnosticFormats.Sarif(output, found, CommandLine.Version));
                break;
            default:
                Human(session);
                break;
        }
        return session.Compilation.HasErrors ? ExitCode.Failure : ExitCode.Success;
    }

    private static void Human(Session session)
    {
        var screen = session.Terminal.Screen;
        DiagnosticView.Show(screen, session.Compilation.Diagnostics, session.Compilation.MistakeCount);
        if (session.Compilation.HasErrors)
            return;
        var stacks = session.Graph.Within(session.Scope).Stacks.ToList();
        var resources = stacks.Sum(s => s.Template.Resources.Length);
        var actions = session.Graph.Within(session.Scope).Nodes.Length - stacks.Count;
        screen.Line($"{session.Scope} is valid: {PlanView.Plural(stacks.Count, "stack")}, {PlanView.Plural(resources, "resource")}{(actions > 0 ? $", {PlanView.Plural(actions, "action")}" : "")}.", Ink.Green);
    }
}
