using System.Collections.Immutable;

namespace Paco.Monitoring.FilterPatterns;

/// <summary>How a term counts.</summary>
internal enum TermRole
{
    /// <summary>It must be there.</summary>
    Needed,

    /// <summary><c>-term</c>: it must not be there.</summary>
    Excluded,

    /// <summary><c>?term</c>: one of these must be there.</summary>
    Optional,
}

/// <summary>A word or text, or a regular expression, that an event holds or does not hold.</summary>
internal sealed record Term(TermRole Role, string Shown, string? Text, PatternRegex? Regex)
{
    // Blank text stands for everything: AWS documents " " as the pattern that matches all events.
    public bool IsIn(string message) =>
        Regex?.IsMatch(message) ?? (string.IsNullOrWhiteSpace(Text) || message.Contains(Text, StringComparison.Ordinal));
}

/// <summary>Terms, for events of any form: <c>ERROR -"health check" ?a ?b %regex%</c>. Without one, all events fit.</summary>
internal sealed record TermsPattern(string Text, ImmutableArray<Term> Terms) : FilterPattern(Text)
{
    private readonly ImmutableArray<Term> _optional = Terms.All(t => t.Role == TermRole.Optional) ? Terms : [];

    /// <summary>All events fit.</summary>
    public bool IsEverything => Terms.All(t => t.Role != TermRole.Excluded && t.Regex is null && string.IsNullOrWhiteSpace(t.Text));

    public override FilterMatch Match(string message)
    {
        if (Terms.FirstOrDefault(t => t.Role == TermRole.Excluded && t.IsIn(message)) is { } excluded)
            return FilterMatch.No($"it holds {excluded.Shown}");
        if (Terms.FirstOrDefault(t => t.Role == TermRole.Needed && !t.IsIn(message)) is { } needed)
            return FilterMatch.No($"it does not hold {needed.Shown}");
        return _optional.IsEmpty || _optional.Any(t => t.IsIn(message))
            ? FilterMatch.Yes()
            : FilterMatch.No($"it holds none of {string.Join(", ", _optional.Select(t => t.Shown))}");
    }

    public static TermsPattern Read(string text)
    {
        var source = new PatternText(text);
        var terms = ImmutableArray.CreateBuilder<Term>();
        int? ignored = null;
        for (source.SkipBlanks(); !source.IsAtEnd; source.SkipBlanks())
        {
            var start = source.At;
            terms.Add(ReadTerm(source));
            if (terms[^1].Role == TermRole.Optional)
                ignored ??= start;
        }
        if (ignored is { } at && terms.Any(t => t.Role != TermRole.Optional))
        {
            source.Remark(at, 1, "terms with ? count only where all terms have it: these are ignored",
                "give every term a ?, or use a pattern for each");
        }
        var regexes = terms.Count(t => t.Regex is not null);
        return new TermsPattern(text, terms.DrainToImmutable()) { Regexes = regexes, Remarks = source.Remarks };
    }

    private static Term ReadTerm(PatternText source)
    {
        var start = source.At;
        var role = source.Take("-") ? TermRole.Excluded : source.Take("?") ? TermRole.Optional : TermRole.Needed;
        if (role == TermRole.Excluded)
            source.SkipBlanks();
        var from = source.At;
        var (text, regex) = source.Next switch
        {
            '"' => (source.TakeQuoted(), null),
            '%' => ((string?)null, PatternRegex.Read(source)),
            _ => (ReadWord(source, role, start), null),
        };
        if (!source.IsAtEnd && !char.IsWhiteSpace(source.Next))
            throw source.Expected("a blank is missing between two terms");
        return new Term(role, source.Text[from..source.At], text, regex);
    }

    private static string ReadWord(PatternText source, TermRole role, int start)
    {
        var word = source.TakeWhile(c => !char.IsWhiteSpace(c) && c is not '"');
        if (word.Length == 0)
            throw PatternText.Wrong(start, 1, $"a term is missing behind {(role == TermRole.Excluded ? '-' : '?')}");
        if (word.IndexOf(word.FirstOrDefault(c => !char.IsLetterOrDigit(c) && c != '_')) is >= 0 and var at)
        {
            var isForm = word[at] is '{' or '[' && source.At - word.Length + at == source.Text.Length - source.Text.TrimStart().Length;
            throw source.WrongCharacter(source.At - word.Length + at, "a word without quotes", isForm
                ? $"a pattern of this form begins with {word[at]} and no blank before it"
                : $"put it into quotes: \"{word}\"");
        }
        return word;
    }
}
