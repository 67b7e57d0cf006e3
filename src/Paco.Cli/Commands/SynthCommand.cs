using System.Buffers;
using Paco.Cli.Views;
using Paco.CloudFormation;

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
        var bytes = new ArrayBufferWriter<byte>(8 * 1024);
        foreach (var stack in graph.Stacks)
        {
            bytes.ResetWrittenCount();
            TemplateWriter.Write(stack.Template, bytes);
            folder.Write(SynthFiles.FileOf(stack), bytes.WrittenSpan);
            templates++;
        }
        folder.Write(SynthFiles.IndexName, stream => SynthFiles.WriteIndex(stream, graph, session.Project));
        terminal.Screen.Line($"{PlanView.Plural(templates, "template")} and {SynthFiles.IndexName} in {directory}");
        NotReadView.Show(terminal.Screen, session);
        return ExitCode.Success;
    }
}
