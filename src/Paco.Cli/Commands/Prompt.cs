using Paco.Cli.Views;

namespace Paco.Cli.Commands;

/// <summary>Questions on a terminal. Where nobody can answer, nothing is taken for granted.</summary>
internal static class Prompt
{
    /// <summary>Yes or no; Enter means no. The end of the input means nobody is there.</summary>
    public static bool Confirm(Terminal terminal, string question)
    {
        var screen = terminal.Screen;
        while (true)
        {
            screen.Write($"{question} [y/N] ", Ink.Bold);
            screen.Flush();
            switch (terminal.In.ReadLine()?.Trim().ToLowerInvariant())
            {
                case null:
                    screen.Line();
                    throw new CommandError("nobody answered: nothing was changed", "add --yes to go on without being asked");
                case "y" or "yes":
                    return true;
                case "" or "n" or "no":
                    screen.Line("Nothing was changed.");
                    return false;
                default:
                    screen.Line("Please answer y or n.");
                    break;
            }
        }
    }

    /// <summary>A line of text; Enter takes the default.</summary>
    public static string Ask(Terminal terminal, string label, string? @default)
    {
        var screen = terminal.Screen;
        screen.Write(@default is null ? $"{label}: " : $"{label} [{@default}]: ", Ink.Bold);
        screen.Flush();
        var answer = terminal.In.ReadLine() ?? throw new CommandError("the answers ended before the questions did", "--defaults, --set key=value and --answers FILE answer without a terminal");
        return answer.Trim() is { Length: > 0 } given ? given : @default ?? "";
    }
}
