namespace Paco.Monitoring.FilterPatterns;

/// <summary>
/// A filter pattern of CloudWatch Logs, read: which log events fit, and what is taken out of them. Source: the CloudWatch Logs User Guide,
/// "Filter pattern syntax for metric filters, subscription filters, filter log events, and Live Tail".
/// </summary>
/// <param name="Text">As it is written.</param>
public abstract record FilterPattern(string Text)
{
    /// <summary>The most characters a pattern may have.</summary>
    public const int LongestText = 1024;

    /// <summary>How many regular expressions are in it: a log group takes five patterns that have any.</summary>
    public int Regexes { get; internal init; }

    /// <summary>What works, but hardly as its writer thinks.</summary>
    public IReadOnlyList<PatternMistake> Remarks { get; internal init; } = [];

    /// <summary>Reads a pattern; null where it is none, and then <paramref name="mistake"/> says why and where.</summary>
    public static FilterPattern? Parse(string text, out PatternMistake? mistake)
    {
        mistake = null;
        try
        {
            return Read(text);
        }
        catch (PatternException e)
        {
            mistake = e.Mistake;
            return null;
        }
    }

    /// <summary>Whether a log event fits, why not, and what was taken out of it.</summary>
    public abstract FilterMatch Match(string message);

    // What it begins with decides, and blanks before that are no part of it: AWS takes ` {` for a word.
    private static FilterPattern Read(string text)
    {
        if (text.Length > LongestText)
        {
            throw new PatternException(new PatternMistake(LongestText, text.Length - LongestText,
                $"the pattern has {text.Length} characters; CloudWatch takes {LongestText}"));
        }
        return text switch
        {
            ['{', ..] => JsonPatternReader.Read(text),
            ['[', ..] => FieldsPatternReader.Read(text),
            _ => TermsPattern.Read(text),
        };
    }
}

/// <summary>Whether a log event fits a pattern.</summary>
/// <param name="Why">Why it does not, in words that quote the event; null where it fits.</param>
/// <param name="Values">What the pattern takes out of it, by <c>$name</c> or <c>$.selector</c>; empty where it does not fit.</param>
public sealed record FilterMatch(string? Why, IReadOnlyDictionary<string, string> Values)
{
    private static readonly Dictionary<string, string> Nothing = [];

    public bool Fits => Why is null;

    internal static FilterMatch Yes(IReadOnlyDictionary<string, string>? values = null) => new(null, values ?? Nothing);

    internal static FilterMatch No(string why) => new(why, Nothing);
}

/// <summary>Something wrong with a pattern, and where in it.</summary>
/// <param name="Start">The first character, from 0.</param>
/// <param name="Length">How many; 0 where something is missing behind the end.</param>
public sealed record PatternMistake(int Start, int Length, string Message, string? Hint = null)
{
    /// <summary>What CloudWatch names in <c>Invalid character(s) in term</c>; null where it names none.</summary>
    public string? Term { get; init; }
}

/// <summary>Carries a mistake out of the readers.</summary>
internal sealed class PatternException(PatternMistake mistake) : Exception(mistake.Message)
{
    public PatternMistake Mistake { get; } = mistake;
}
