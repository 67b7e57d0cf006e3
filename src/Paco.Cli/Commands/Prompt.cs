using Paco.Cli.Views;

namespace Paco.Cli.Commands;

/// <summary>
/// Questions, answered by a line each. Whoever waits for one sleeps until it comes: Ctrl-C and ending signals end the program, and so does
/// Ctrl-D on a terminal. Where nobody can answer, nothing is taken for granted.
/// </summary>
internal static class Prompt
{
    /// <summary>Yes or no; Enter means no. The end of the input means nobody is there.</summary>
    public static bool Confirm(Terminal terminal, string question)
    {
        using var asking = terminal.Interrupts?.Asking();
        var screen = terminal.Screen;
        while (true)
        {
            screen.Write($"{question} [y/N] ");
            screen.Flush();
            switch (Line(terminal)?.Trim().ToLowerInvariant())
            {
                case null:
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
        var screen = terminal.Screen;
        while (true)
        {
            screen.Write(@default is null ? $"{label}: " : $"{label} [{@default}]: ");
            screen.Flush();
            var line = Line(terminal)
                ?? throw new CommandError("the answers ended before the questions did",
                    "--defaults, --set key=value and --answers FILE answer without a terminal");
            var answer = line.Trim() is { Length: > 0 } given ? given : @default ?? "";
            if (check(answer) is not { } problem)
                return answer;
            screen.Line($"  {problem}", TextStyle.Yellow);
        }
    }

    /// <summary>A line that is not shown while it is typed. The check must not repeat it.</summary>
    public static string AskHidden(Terminal terminal, string label, Func<string, string?> check)
    {
        using var asking = terminal.Interrupts?.Asking();
        while (true)
        {
            var answer = Hidden(terminal, label).Trim();
            if (check(answer) is not { } problem)
                return answer;
            terminal.Screen.Line($"  {problem}", TextStyle.Yellow);
        }
    }

    /// <summary>What is typed twice alike, as it was typed and unseen. The check must not repeat it.</summary>
    public static string HiddenTwice(Terminal terminal, string label, Func<string, string?> check)
    {
        using var asking = terminal.Interrupts?.Asking();
        while (true)
        {
            var first = Hidden(terminal, label);
            var problem = check(first) ?? (Hidden(terminal, $"{label} again") == first ? null : "these were not the same");
            if (problem is null)
                return first;
            terminal.Screen.Line($"  {problem}", TextStyle.Yellow);
        }
    }

    private static string Hidden(Terminal terminal, string label)
    {
        terminal.Screen.Write($"{label} (not shown): ");
        terminal.Screen.Flush();
        var typed = Line(terminal, terminal.ReadHidden) ?? throw AnswersEnded();
        if (terminal.ReadHidden is not null)
            terminal.Screen.Line();
        return typed;
    }

    private static CommandError AnswersEnded() => new("the answers ended before the questions did",
        "pipe in a line for each question, or answer on a terminal");

    // Null at the end of what is piped in. On a terminal the end is Ctrl-D: somebody leaves.
    private static string? Line(Terminal terminal, Func<string?>? read = null)
    {
        if ((read ?? terminal.In.ReadLine)() is { } line)
            return line;
        terminal.Screen.Line();
        if (!terminal.IsInTerminal)
            return null;
        terminal.Interrupts?.Leave();
        throw new OperationCanceledException();
    }

    private static bool Answered(Terminal terminal, bool yes)
    {
        if (!yes)
            terminal.Screen.Line("Nothing was changed.");
        return yes;
    }
}
