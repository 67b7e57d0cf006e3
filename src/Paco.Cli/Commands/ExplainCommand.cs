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
            screen.Line($"{code.Id}  {code.Title}", Ink.Bold);
            screen.Line();
            screen.Line(code.Explanation);
            return ExitCode.Success;
        }
        if (Reference.FindType(word) is not { } type)
            throw new CommandError($"\"{word}\" is neither a diagnostic code nor a resource type", Diagnostics.Spelling.DidYouMean(word, Reference.Words));
        screen.Line($"{type.Name}  {type.Summary}", Ink.Bold);
        screen.Line();
        Fields(screen, type.Fields, 0);
        return ExitCode.Success;
    }

    private static int List(Screen screen)
    {
        screen.Line("Resource types", Ink.Bold);
        foreach (var type in Reference.Types)
            screen.Line($"  {type.Name,-26} {type.Summary}");
        screen.Line();
        screen.Line("Diagnostics", Ink.Bold);
        foreach (var code in Reference.Codes)
            screen.Line($"  {code.Id}  {code.Title}");
        screen.Line();
        screen.Line("What --json writes is in docs/schemas, as JSON Schema.", Ink.Dim);
        return ExitCode.Success;
    }

    private static void Fields(Screen screen, IEnumerable<Binding.FieldDoc> fields, int depth)
    {
        foreach (var field in fields)
        {
            var notes = string.Join(", ", new[] { field.Type, field.Required ? "required" : null, field.Default is null ? null : $"default {field.Default}", field.Constraint }.OfType<string>());
            screen.Composed($"{new string(' ', 2 + (depth * 2))}{screen.Inked(field.Name, Ink.Cyan)}  {screen.Inked(notes, Ink.Dim)}");
            screen.Line($"{new string(' ', 6 + (depth * 2))}{field.Doc}");
            Fields(screen, field.Fields, depth + 1);
        }
    }
}
