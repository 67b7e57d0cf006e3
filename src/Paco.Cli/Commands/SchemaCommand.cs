using System.Text;
using Paco.Cli.Views;
using Paco.Syntax;

namespace Paco.Cli.Commands;

/// <summary><c>paco schema --out DIR</c>: what editors need to know of a project's files.</summary>
internal static class SchemaCommand
{
    public static int Run(Terminal terminal, string directory)
    {
        var files = Reference.Schemas.ToList();
        try
        {
            var folder = Directory.CreateDirectory(terminal.FullPath(directory)).FullName;
            foreach (var (name, text) in files)
                File.WriteAllBytes(Path.Combine(folder, name), Encoding.UTF8.GetBytes(text));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandError($"{directory} cannot be written: {FileTrouble.Why(e, terminal.FullPath(directory))}");
        }
        terminal.Screen.Line($"{PlanView.Plural(files.Count, "schema")} in {directory}");
        return ExitCode.Success;
    }
}
