using System.CommandLine;
using System.CommandLine.Parsing;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Cli;

/// <summary>What is wrong with a command line, in a sentence instead of a page of help.</summary>
internal static class CommandLineMistake
{
    // What the same thing is called elsewhere.
    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.OrdinalIgnoreCase)
    {
        ["apply"] = "provision", ["deploy"] = "provision", ["up"] = "provision", ["update"] = "provision", ["create"] = "provision",
        ["destroy"] = "delete", ["remove"] = "delete", ["rm"] = "delete", ["down"] = "delete",
        ["diff"] = "plan", ["preview"] = "plan", ["check"] = "validate", ["lint"] = "validate", ["build"] = "synth",
        ["new"] = "init", ["rollback"] = "recover", ["version"] = "--version",
    };

    public static string Message(ParseResult line)
    {
        var command = line.CommandResult.Command;
        if (SecretCommands.TakeValue(command) && line.UnmatchedTokens.Count > 0)
            return SecretCommands.NoValue;
        var words = line.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens).Select(t => t.Value);
        if (words.Concat(line.UnmatchedTokens).FirstOrDefault(IsOption) is { } option)
            return NoOption(option, command);
        var root = line.RootCommandResult.Command;
        return line.UnmatchedTokens switch
        {
            // A command may still follow, which is then the one that is found.
            [var first, ..] when first == line.Tokens[0].Value && command != root => NoCommand(first, root),
            [] when command.Subcommands.Count > 0 => Unfinished(command),
            [] => Wrong(line.CommandResult),
            [var word, ..] when command.Subcommands.Count > 0 => NoCommand(word, command),
            [var word, ..] => $"\"{word}\" is one word too many",
        };
    }

    /// <summary>How to see what the command takes.</summary>
    public static string Hint(ParseResult line, string program) =>
        $"{$"{program} {CommandExamples.WordsOf(line.CommandResult)}".TrimEnd()} --help says what there is";

    /// <summary>True for what nobody can mean as a word.</summary>
    public static bool IsOption(string word) => word.StartsWith('-');

    private static string NoOption(string option, Command command) =>
        $"there is no option {option} here"
        + DidYouMean(option, command.Options.Where(o => !o.Hidden).SelectMany(o => o.Aliases.Prepend(o.Name)));

    private static string Unfinished(Command command) => $"{command.Name} needs a command: {string.Join(", ", NamesBelow(command))}";

    private static List<string> NamesBelow(Command command) => [.. command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name)];

    private static string NoCommand(string word, Command command)
    {
        var names = NamesBelow(command);
        var meant = Meant(word, names);
        // Somebody forgot the verb.
        return meant.Length == 0 && names.Contains("plan") && Scope.Parse(word, out _) is not null
            ? $"there is no command {word}: did you mean \"plan {word}\"?"
            : $"there is no command {word}{meant}";
    }

    /// <summary>The nearest of some names to a word that is none of them, as the end of a sentence.</summary>
    public static string Meant(string word, IReadOnlyCollection<string> names) =>
        Elsewhere.GetValueOrDefault(word) is { } other && (IsOption(other) || names.Contains(other))
            ? $": did you mean \"{other}\"?"
            : DidYouMean(word, names);

    // The parser's own sentences are about the parser; what is wrong is in its results.
    private static string Wrong(CommandResult line)
    {
        if (line.Children.OfType<OptionResult>().FirstOrDefault(o => !o.Implicit && o.Errors.Any()) is { } option)
            return Wrong(option);
        if (line.Command.Options.FirstOrDefault(o => o.Required && line.GetResult(o) is not { Implicit: false }) is { } required)
            return $"{CommandExamples.WordsOf(line)} needs {required.Name} {required.HelpName}";
        var needed = line.Command.Arguments.Where(a => a.Arity.MinimumNumberOfValues > 0);
        if (needed.FirstOrDefault(a => line.GetResult(a) is not { Tokens.Count: > 0 }) is { } missing)
        {
            var which = CommandTree.WordsOf(missing) is { Count: > 0 } words ? $": {Either(words)}" : "";
            return $"{CommandExamples.WordsOf(line)} needs {missing.Name}{which}";
        }
        return line.Children.OfType<ArgumentResult>().FirstOrDefault(a => a.Errors.Any()) is { Tokens: [var token, ..] } argument
            && CommandTree.WordsOf(argument.Argument) is { Count: > 0 } known
            ? Takes(argument.Argument.Name, known, token.Value)
            : string.Join("; ", line.Errors.Select(e => OneLine(e.Message)).Distinct());
    }

    private static string Wrong(OptionResult given)
    {
        var option = given.Option;
        var words = option.GetCompletions(System.CommandLine.Completions.CompletionContext.Empty).Select(c => c.Label).ToList();
        return given.Tokens switch
        {
            [] => $"{option.Name} needs a value{(option.HelpName is { } name ? $": {name}" : "")}",
            [_, _, ..] when option.Arity.MaximumNumberOfValues == 1 => $"{option.Name} is given more than once",
            [var token, ..] when words.Count > 0 => Takes(option.Name, words, token.Value),
            [var token, ..] when option.ValueType == typeof(int) => $"{option.Name} takes a number, got \"{token.Value}\"",
            _ => string.Join("; ", given.Errors.Select(e => OneLine(e.Message)).Distinct()),
        };
    }

    private static string Takes(string name, IReadOnlyList<string> words, string given) =>
        $"{name} takes {Either(words)}, got \"{given}\"" + DidYouMean(given, words);

    private static string Either(IReadOnlyList<string> words) => $"{string.Join(", ", words.SkipLast(1))} or {words[^1]}";

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string DidYouMean(string word, IEnumerable<string> words) =>
        Spelling.DidYouMean(word, words) is { } hint ? $": {hint}" : "";
}
