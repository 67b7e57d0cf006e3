using Paco.Cli.Views;
using Spectre.Console;

namespace Paco.Cli.Commands;

/// <summary>
/// Questions: Spectre's prompts on a terminal, plain lines where answers are piped in. Where nobody can answer, nothing is taken for
/// granted.
/// </summary>
internal static class Prompt
{
    /// <summary>Yes or no; Enter means no. The end of the input means nobody is there.</summary>
    public static bool Confirm(Terminal terminal, string question)
    {
        using var asking = terminal.Interrupts?.Asking();
        if (terminal is { IsInTerminal: true, IsOutTerminal: true, IsForPrograms: false })
            return Answered(terminal, Console(terminal).Prompt(new ConfirmationPrompt(Markup.Escape(question)) { DefaultValue = false }));
        var screen = terminal.Screen;
        while (true)
        {
            screen.Write($"{question} [y/N] ");
            screen.Flush();
            switch (terminal.In.ReadLine()?.Trim().ToLowerInvariant())
            {
                case null:
                    screen.Line();
                    throw new CommandError("nobody answered: nothing was changed", "add --yes to go on without being asked");
                case "y" or "yes":
                    return true;
                case "" or "n" or "no":
                    return Answered(terminal, false);
                default:
                    screen.Line("Please answer y or n.");
                    break;
            }
        }
    }

    /// <summary>The answer of every command that would have to ask while a program reads.</summary>
    public static CommandError NobodyToAsk() => new("--json cannot ask: nothing was changed", "add --yes");

    /// <summary>A line of text that passes the check; Enter takes the default. The check answers null, or what is wrong.</summary>
    public static string Ask(Terminal terminal, string label, string? @default, Func<string, string?> check)
    {
        using var asking = terminal.Interrupts?.Asking();
        if (terminal is { IsInTerminal: true, IsOutTerminal: true, IsForPrograms: false })
            return OnTerminal(terminal, label, @default, check);
        var screen = terminal.Screen;
        while (true)
        {
            screen.Write(@default is null ? $"{label}: " : $"{label} [{@default}]: ");
            screen.Flush();
            var line = terminal.In.ReadLine()
                ?? throw new CommandError("the answers ended before the questions did",
                    "--defaults, --set key=value and --answers FILE answer without a terminal");
            var answer = line.Trim() is { Length: > 0 } given ? given : @default ?? "";
            if (check(answer) is not { } problem)
                return answer;
            screen.Line($"  {problem}", TextStyle.Yellow);
        }
    }

    private static string OnTerminal(Terminal terminal, string label, string? @default, Func<string, string?> check)
    {
        var prompt = new TextPrompt<string>(Markup.Escape(label)) { AllowEmpty = true, ShowDefaultValue = @default is not null };
        prompt.Validate(answer => check(answer.Trim() is { Length: > 0 } given ? given : @default ?? "") is { } problem
            ? ValidationResult.Error($"[yellow]{Markup.Escape(problem)}[/]")
            : ValidationResult.Success());
        if (@default is not null)
            prompt.DefaultValue(@default);
        return Console(terminal).Prompt(prompt).Trim() is { Length: > 0 } given ? given : @default ?? "";
    }

    private static bool Answered(Terminal terminal, bool yes)
    {
        if (!yes)
            terminal.Screen.Line("Nothing was changed.");
        return yes;
    }

    private static IAnsiConsole Console(Terminal terminal) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Out) });
}
