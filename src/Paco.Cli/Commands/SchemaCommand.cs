using System.Text;
using Paco.Cli.Views;

namespace Paco.Cli.Commands;

/// <summary><c>paco schema --out DIR</c>: what editors need to know of a project's files.</summary>
internal static class SchemaCommand
{
    public static int Run(Terminal terminal, string directory)
    {
        var files = Reference.Schemas.ToList();
        var folder = new OutputFolder(terminal, directory);
        foreach (var (name, text) in files)
            folder.Write(name, Encoding.UTF8.GetBytes(text));
        terminal.Screen.Line($"{PlanView.Plural(files.Count, "schema")} in {directory}");
        return ExitCode.Success;
    }
}
