using Paco.Cli.Views;
using Paco.Syntax;

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
        var files = SynthFiles.Of(session.Graph.Within(session.Scope), session.Project).ToList();
        try
        {
            foreach (var (path, content) in files)
            {
                var file = Path.Combine(terminal.FullPath(directory), path);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllBytes(file, content);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandError($"{directory} cannot be written: {FileTrouble.Why(e, terminal.FullPath(directory))}");
        }
        terminal.Screen.Line($"{PlanView.Plural(files.Count - 1, "template")} and stacks.json in {directory}");
        NotReadView.Show(terminal.Screen, session);
        return ExitCode.Success;
    }
}
