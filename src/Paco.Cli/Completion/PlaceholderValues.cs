using System.CommandLine;
using System.CommandLine.Parsing;
using Paco.Aws;
using Paco.Cli.Help;
using Paco.Starters;

namespace Paco.Cli.Completion;

/// <summary>
/// What the value of an option or an argument is completed with. What the help calls it decides (<c>--out FILE</c>), so that whoever adds
/// an option says it once; alternatives are joined with a bar (<c>SCOPE|FILE</c>). What has a closed set of words has those.
/// </summary>
internal static class PlaceholderValues
{
    private static readonly Func<LineAtCursor, Offer> Unknown = _ => Offer.Nothing;

    private static readonly Dictionary<string, Func<LineAtCursor, Offer>> All = new(StringComparer.Ordinal)
    {
        ["DIR"] = _ => new Offer([], ShellFiles.Directories),
        ["FILE"] = _ => new Offer([], ShellFiles.Files),
        ["SCOPE"] = ProjectPaths.Scopes,
        ["REF"] = ProjectPaths.References,
        ["KEY"] = ProjectPaths.Repositories,
        ["WORD"] = Explained,
        ["TOPIC"] = Topics,
        ["ID"] = _ => Offer.Of(StarterCatalog.All.Select(s => new Candidate(s.Id, s.Title))),
        ["KEY=VALUE"] = Answers,
        ["PROFILE"] = line => Offer.Words(AwsProfiles.Names(line.Terminal.Environment)),
        ["PACE"] = _ => Offer.Words(SandboxBehaviour.Paces),
        ["FAULT"] = _ => Offer.Of(SandboxBehaviour.FaultShapes.Select(f => new Candidate($"{f.Split(':')[0]}:", f))),

        // A name to be made up, a number, a time: nobody knows these beforehand. Those that a cloud knows are not asked for at a key.
        ["NAME"] = Unknown, ["VALUE"] = Unknown, ["N"] = Unknown, ["PORT"] = Unknown, ["TIME"] = Unknown, ["PATTERN"] = Unknown,
        ["LOGICAL-ID"] = Unknown, ["ARN"] = Unknown,
    };

    /// <summary>What is known of a value's name; false for one that nobody has decided about.</summary>
    public static bool Knows(Symbol symbol) => CommandTree.WordsOf(symbol).Count > 0 || Names(symbol).All(All.ContainsKey);

    public static Offer Of(Symbol symbol, LineAtCursor line)
    {
        if (CommandTree.WordsOf(symbol) is { Count: > 0 } words)
            return Offer.Words(words);
        Offer[] offers = [.. Names(symbol).Select(name => All.GetValueOrDefault(name, Unknown)(line))];
        return new Offer([.. offers.SelectMany(o => o.Candidates)], offers.Max(o => o.Files));
    }

    private static string[] Names(Symbol symbol) =>
        ((symbol as Option)?.HelpName ?? (symbol as Argument)?.HelpName ?? symbol.Name).Split('|');

    // With a pattern, what is named is a file of lines.
    private static Offer Explained(LineAtCursor line)
    {
        if (line.IsGiven("--filter"))
            return new Offer([], ShellFiles.Files);
        var codes = Reference.Codes.Select(code => new Candidate(code.Id, code.Title));
        return Offer.Of(line.Word.StartsWith("PACO", StringComparison.OrdinalIgnoreCase)
            ? codes
            : Reference.Types.Select(type => new Candidate(type.Name, type.Summary)).Concat(codes));
    }

    // The words before it may lead to a group of commands.
    private static Offer Topics(LineAtCursor line)
    {
        var given = line.Before.CommandResult.Children.OfType<ArgumentResult>().SelectMany(a => a.Tokens).Select(t => t.Value).ToList();
        var commands = CommandTree.Find(line.Before.RootCommandResult.Command, given)?.Subcommands.Where(c => !c.Hidden) ?? [];
        var topics = given.Count == 0 ? HelpTopic.All.Select(t => new Candidate(t.Name, t.Summary)) : [];
        return Offer.Of(commands.Select(c => new Candidate(c.Name, LineAtCursor.Gist(c.Description))).Concat(topics));
    }

    private static Offer Answers(LineAtCursor line)
    {
        var starter = line.Given("--template").FirstOrDefault() is { } id ? StarterCatalog.Find(id) : StarterCatalog.All[0];
        return Offer.Of(starter?.Questions.Select(q => new Candidate($"{q.Key}=", q.Label)) ?? []);
    }
}
