using Paco.Cli.Views;

namespace Paco.Cli.Commands;

/// <summary><c>paco validate [SCOPE]</c>: all mistakes at once, of a scope or of the whole project, offline, changing nothing.</summary>
internal static class ValidateCommand
{
    public static int Run(Terminal terminal, string? home, string? scope, string format)
    {
        var session = Session.Open(terminal, home, scope);
        var found = session.Compilation.Diagnostics;
        switch (format)
        {
            case "json":
                terminal.Write(output => DiagnosticFormats.Json(output, found, session.NotRead));
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
        if (!session.Compilation.HasErrors)
            Counts(session);
        NotReadView.Show(screen, session);
    }

    private static void Counts(Session session)
    {
        var stacks = session.Graph.Within(session.Scope).Stacks.ToList();
        var resources = stacks.Sum(s => s.Template.Resources.Length);
        var actions = session.Graph.Within(session.Scope).Nodes.Length - stacks.Count;
        var what = session.Scope == Stacks.Scope.All ? "The whole project" : $"{session.Scope}";
        var more = actions > 0 ? $", {PlanView.Plural(actions, "action")}" : "";
        session.Terminal.Screen.Line(
            $"{what} is valid: {PlanView.Plural(stacks.Count, "stack")}, {PlanView.Plural(resources, "resource")}{more}.", TextStyle.Green);
    }
}
