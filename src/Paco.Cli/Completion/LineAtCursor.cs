using System.CommandLine;
using System.CommandLine.Parsing;

namespace Paco.Cli.Completion;

/// <summary>A command line up to the cursor, as the parser of commands reads it, and what may come next.</summary>
/// <param name="Before">The whole words before the cursor, parsed.</param>
/// <param name="Word">What is typed of the word at the cursor.</param>
internal sealed record LineAtCursor(Terminal Terminal, ParseResult Before, string Word)
{
    // A file that is named (@FILE) is no business of a line nobody has ended yet.
    private static readonly ParserConfiguration AsTyped = new() { ResponseFileTokenReplacer = null };

    private Command Command => Before.CommandResult.Command;

    /// <param name="words">All words behind the program's name, the last one up to the cursor.</param>
    public static LineAtCursor Read(Terminal terminal, Command root, IReadOnlyList<string> words) =>
        new(terminal, root.Parse([.. words.SkipLast(1)], AsTyped), words.Count == 0 ? "" : words[^1]);

    /// <summary>What an option was given, as it was typed.</summary>
    public IEnumerable<string> Given(string option) =>
        Command.Options.FirstOrDefault(o => o.Name == option) is { } known && Before.GetResult(known) is { Implicit: false } given
            ? given.Tokens.Select(token => token.Value)
            : [];

    public bool IsGiven(string option) =>
        Command.Options.FirstOrDefault(o => o.Name == option) is { } known && Before.GetResult(known) is { Implicit: false };

    /// <summary>What may stand at the cursor.</summary>
    public Offer Next()
    {
        if (Before.UnmatchedTokens.Count > 0)
            return Offer.Nothing;
        if (Waiting is { } option)
            return Fresh(option, PlaceholderValues.Of(option, this)).Fitting(Word);
        var isEnded = Before.Tokens.Any(token => token.Type == TokenType.DoubleDash);
        if (!isEnded && Word.StartsWith('-'))
            return Option();
        var words = Words();
        return Word.Length == 0 && !isEnded && words is { Candidates.IsEmpty: true, Files: ShellFiles.None } ? Option() : words;
    }

    // The option before the cursor that is no whole one without a value.
    private Option? Waiting => Before.Tokens is [.., { Type: TokenType.Option } last]
        && Find(last.Value) is { Arity.MinimumNumberOfValues: > 0 } option ? option : null;

    private Offer Option()
    {
        if (Word.Split('=', 2) is [var name, var value])
        {
            return Find(name) is { } option
                ? (this with { Word = value }).ValueOf(option).Behind($"{name}=")
                : Offer.Nothing;
        }
        var left = Options.Where(o => !o.Hidden && (IsRepeatable(o) || Before.GetResult(o) is not { Implicit: false }));
        return Offer.Of(left.Select(o => new Candidate(Spelling(o), Gist(o.Description)))).Fitting(Word);
    }

    // Behind the sign of equality a switch has a value, too.
    private Offer ValueOf(Option option) => Fresh(option, CommandTree.IsSwitch(option)
        ? Offer.Words("true", "false")
        : PlaceholderValues.Of(option, this)).Fitting(Word);

    private Offer Words()
    {
        var commands = Command.Subcommands.Where(c => !c.Hidden).Select(c => new Candidate(c.Name, Gist(c.Description)));
        var argument = Command.Arguments.FirstOrDefault(HasRoom);
        var values = argument is null ? Offer.Nothing : Fresh(argument, PlaceholderValues.Of(argument, this));
        return (values with { Candidates = [.. commands, .. values.Candidates] }).Fitting(Word);
    }

    private bool HasRoom(Argument argument) =>
        !argument.Hidden && (Before.GetResult(argument)?.Tokens.Count ?? 0) < argument.Arity.MaximumNumberOfValues;

    // What may be said several times is said once of each.
    private Offer Fresh(Symbol symbol, Offer offer)
    {
        var given = Before.GetResult(symbol) switch
        {
            OptionResult { Implicit: false } option => option.Tokens,
            ArgumentResult argument => argument.Tokens,
            _ => [],
        };
        var words = given.Select(token => token.Value).ToHashSet(StringComparer.Ordinal);
        return words.Count == 0 ? offer : offer with { Candidates = [.. offer.Candidates.Where(c => !IsSaid(c.Text, words))] };
    }

    // KEY= is said where KEY=VALUE stands.
    private static bool IsSaid(string text, HashSet<string> words) => words.Contains(text)
        || (text.EndsWith('=') && words.Any(word => word.StartsWith(text, StringComparison.Ordinal)));

    // An option's short name only where it is typed already: it is the same option.
    private string Spelling(Option option) => option.Aliases.Contains(Word) ? Word : option.Name;

    private Option? Find(string name) => Options.FirstOrDefault(o => o.Name == name || o.Aliases.Contains(name));

    private IEnumerable<Option> Options => Command.Options.Concat(Inherited(Before.CommandResult));

    private static IEnumerable<Option> Inherited(CommandResult at) => at.Parent is not CommandResult above ? []
        : above.Command.Options.Where(o => o.Recursive).Concat(Inherited(above));

    /// <summary>What there is room for beside a word: the first sentence, or as much of it as stands alone.</summary>
    public static string Gist(string? description) =>
        (description ?? "").Split(["; ", ". "], 2, StringSplitOptions.None)[0].TrimEnd('.');

    private static bool IsRepeatable(Option option) => option.Arity.MaximumNumberOfValues > 1;
}
