using System.CommandLine;
using System.CommandLine.Completions;

namespace Paco.Cli;

/// <summary>The commands as whoever describes them walks them: help, the manual page, completion.</summary>
internal static class CommandTree
{
    /// <summary>Every command somebody is told of, each group before what is in it, with the words that lead to it.</summary>
    public static IEnumerable<(string Words, Command Command)> Commands(Command root) => Below(root, "");

    /// <summary>The command some words lead to, or null.</summary>
    public static Command? Find(Command root, IEnumerable<string> words) =>
        words.Aggregate((Command?)root, (at, word) => at?.Subcommands.FirstOrDefault(c => !c.Hidden && c.Name == word));

    /// <summary>The options somebody is told of.</summary>
    public static IEnumerable<Option> Options(Command command) => command.Options.Where(option => !option.Hidden);

    /// <summary>True for an option that is said or not, without a value.</summary>
    public static bool IsSwitch(Option option) => option.ValueType == typeof(bool) || option.ValueType == typeof(bool?);

    /// <summary>The words of a closed set, where a value is one of those.</summary>
    public static IReadOnlyList<string> WordsOf(Symbol value) => value is Option option && IsSwitch(option) ? []
        : [.. value.GetCompletions(CompletionContext.Empty).Select(c => c.Label)];

    private static IEnumerable<(string Words, Command Command)> Below(Command above, string words) =>
        from command in above.Subcommands
        where !command.Hidden
        let own = $"{words} {command.Name}".TrimStart()
        from found in Below(command, own).Prepend((own, command))
        select found;
}
