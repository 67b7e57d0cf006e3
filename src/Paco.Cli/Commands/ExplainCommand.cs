using System.Collections.Immutable;
using Paco.Binding;
using Paco.Cli.Views;

namespace Paco.Cli.Commands;

/// <summary><c>paco explain WORD</c>: a diagnostic code or a resource type, with what there is to know.</summary>
internal static class ExplainCommand
{
    public static int Run(Terminal terminal, string? word)
    {
        var screen = terminal.Screen;
        if (word is null)
            return List(screen);
        if (Reference.FindCode(word) is { } code)
        {
            screen.Line($"{code.Id}  {code.Title}", TextStyle.Bold);
            screen.Line();
            screen.Line(code.Explanation);
            return ExitCode.Success;
        }
        if (Reference.FindType(word) is not { } type)
        {
            throw new CommandError(
                $"\"{word}\" is neither a diagnostic code nor a resource type nor a kind of file",
                Diagnostics.Spelling.DidYouMean(word, Reference.Words));
        }
        screen.Line($"{type.Name}  {type.Summary}", TextStyle.Bold);
        screen.Line();
        Fields(screen, type.Fields, []);
        return ExitCode.Success;
    }

    private static int List(Screen screen)
    {
        screen.Line("Files and resource types", TextStyle.Bold);
        foreach (var type in Reference.Types)
            screen.Line($"  {type.Name,-26} {type.Summary}");
        screen.Line();
        screen.Line("Diagnostics", TextStyle.Bold);
        foreach (var code in Reference.Codes)
            screen.Line($"  {code.Id}  {code.Title}");
        screen.Line();
        screen.Line("What --json writes is in docs/schemas, as JSON Schema.", TextStyle.Dim);
        return ExitCode.Success;
    }

    private static void Fields(Screen screen, ObjectDoc type, ImmutableStack<ObjectDoc> around)
    {
        var indent = new string(' ', 2 + (around.Count() * 2));
        foreach (var field in type.All)
        {
            screen.Composed($"{indent}{screen.Styled(field.Name, TextStyle.Cyan)}  {screen.Styled(field.Notes, TextStyle.Dim)}");
            screen.Line($"{indent}    {field.Doc}");
            if (field.Shape.Below is { } below && !around.Contains(below))
                Fields(screen, below, around.Push(type));
        }
    }
}
