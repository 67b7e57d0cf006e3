using System.Collections.Immutable;

namespace Paco.Cli.Completion;

/// <summary>
/// A whole word that may stand where the cursor is. One that more can follow without a blank ends in a mark: <c>. = : /</c>.
/// </summary>
/// <param name="What">A few words beside it, for shells that show them.</param>
internal sealed record Candidate(string Text, string What = "");

/// <summary>Files that the shell itself completes: it knows of home directories, links and hidden files.</summary>
internal enum ShellFiles
{
    None,
    Files,
    Directories,
}

/// <summary>What may stand where the cursor is; files where nothing else fits.</summary>
internal sealed record Offer(ImmutableArray<Candidate> Candidates, ShellFiles Files = ShellFiles.None)
{
    public static readonly Offer Nothing = new([]);

    public static Offer Of(IEnumerable<Candidate> candidates) => new([.. candidates]);

    public static Offer Words(params IEnumerable<string> words) => Of(words.Select(word => new Candidate(word)));

    /// <summary>What of it begins like a word: as it is typed, or if nothing does, whatever the case.</summary>
    public Offer Fitting(string word)
    {
        var fitting = Beginning(word, StringComparison.Ordinal);
        return this with { Candidates = fitting.IsEmpty ? Beginning(word, StringComparison.OrdinalIgnoreCase) : fitting };
    }

    /// <summary>The same with something before every candidate, as <c>--out=</c> is before a value.</summary>
    public Offer Behind(string text) => this with { Candidates = [.. Candidates.Select(c => c with { Text = text + c.Text })] };

    private ImmutableArray<Candidate> Beginning(string word, StringComparison how) =>
        [.. Candidates.Where(c => c.Text.StartsWith(word, how))];
}
