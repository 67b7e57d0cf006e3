using Paco.Cli.Views;

namespace Paco.Cli.Commands;

/// <summary><c>paco synth [SCOPE] --out DIR</c>: the templates of a scope or of the whole project, as files.</summary>
internal static class SynthCommand
{
    public static int Run(Terminal terminal, string? home, string? scope, string directory)
    {
        var session = Session.Open(terminal, home, scope);
        DiagnosticView.Show(terminal.ErrorScreen, session.Compilation.Diagnostics, session.Compilation.MistakeCount);
        if (session.Compilation.HasErrors)
            return ExitCode.Failure;
        var graph = session.Graph.Within(session.Scope);
        var folder = new OutputFolder(terminal, directory);
        var templates = 0;
        foreach (var (path, content) in SynthFiles.Templates(graph))
        {
            folder.Write(path, content);
            templates++;
        }
        folder.Write(SynthFiles.IndexName, stream => SynthFiles.WriteIndex(stream, graph, session.Project));
        terminal.Screen.Line($"{PlanView.Plural(templates, "template")} and {SynthFiles.IndexName} in {directory}");
        NotReadView.Show(terminal.Screen, session);
        return ExitCode.Success;
    }
}
