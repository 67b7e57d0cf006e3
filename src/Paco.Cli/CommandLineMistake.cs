using System.CommandLine;
using System.CommandLine.Parsing;
using Paco.Diagnostics;

namespace Paco.Cli;

/// <summary>What is wrong with a command line, in a sentence instead of a page of help.</summary>
internal static class CommandLineMistake
{
    /// <summary>True where the words end before a command is named: then the page of help is the answer.</summary>
    public static bool IsUnfinished(ParseResult line) =>
        line.CommandResult.Command.Subcommands.Count > 0 && line.UnmatchedTokens.Count == 0;

    public static string Message(ParseResult line)
    {
        var command = line.CommandResult.Command;
        var words = line.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens).Select(t => t.Value);
        if (words.Concat(line.UnmatchedTokens).FirstOrDefault(IsOption) is { } option)
            return NoOption(option, command);
        return line.UnmatchedTokens switch
        {
            [] => string.Join("; ", line.Errors.Select(e => OneLine(e.Message)).Distinct()),
            [var word, ..] when command.Subcommands.Count > 0 =>
                $"there is no command {word}" + DidYouMean(word, command.Subcommands.Select(c => c.Name)),
            [var word, ..] => $"\"{word}\" is one word too many",
        };
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>How to see what the command takes.</summary>
    public static string Hint(ParseResult line, string program)
    {
        var words = new List<string>();
        for (var at = line.CommandResult; at.Parent is CommandResult above; at = above)
            words.Insert(0, at.Command.Name);
        return $"{string.Join(' ', [program, .. words])} --help says what there is";
    }

    /// <summary>True for what nobody can mean as a word.</summary>
    public static bool IsOption(string word) => word.StartsWith('-');

    private static string NoOption(string option, Command command) =>
        $"there is no option {option} here" + DidYouMean(option, command.Options.Where(o => !o.Hidden).Select(o => o.Name));

    private static string DidYouMean(string word, IEnumerable<string> words) =>
        Spelling.DidYouMean(word, words) is { } hint ? $": {hint}" : "";
}
