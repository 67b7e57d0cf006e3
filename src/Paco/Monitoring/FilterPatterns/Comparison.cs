using System.Globalization;

namespace Paco.Monitoring.FilterPatterns;

internal enum ComparisonOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>What a value is compared with, and how.</summary>
/// <param name="Operand">Text in which a <c>*</c> at the beginning or the end stands for anything, where there is no expression.</param>
/// <param name="Number">The same as a number, where it is one without quotes.</param>
/// <param name="Regex">The expression that has to match instead.</param>
internal sealed record Comparison(ComparisonOperator Operator, string Operand, double? Number, PatternRegex? Regex, string Shown)
{
    /// <summary>Whether a value fits. Only numbers have an order.</summary>
    /// <param name="number">The value as a number, where it is one.</param>
    public bool Holds(string text, double? number) => Operator switch
    {
        ComparisonOperator.Equal => IsEqual(text, number),
        ComparisonOperator.NotEqual => !IsEqual(text, number),
        ComparisonOperator.Less => number < Number,
        ComparisonOperator.LessOrEqual => number <= Number,
        ComparisonOperator.Greater => number > Number,
        _ => number >= Number,
    };

    private bool IsEqual(string text, double? number) =>
        Regex?.IsMatch(text) ?? (Number is { } wanted && number is { } value ? wanted.Equals(value) : IsLike(text));

    // Source: the guide's older text: *Event fits PutEvent, Event* fits EventId, and Ev*ent is that very text.
    private bool IsLike(string text)
    {
        if (Operand == "*")
            return true;
        var (open, close) = (Operand.StartsWith('*'), Operand.EndsWith('*'));
        var middle = Operand[(open ? 1 : 0)..^(close ? 1 : 0)];
        return (open, close) switch
        {
            (true, true) => text.Contains(middle, StringComparison.Ordinal),
            (true, false) => text.EndsWith(middle, StringComparison.Ordinal),
            (false, true) => text.StartsWith(middle, StringComparison.Ordinal),
            _ => text == middle,
        };
    }

    /// <summary>A number as events and patterns write it, or null.</summary>
    public static double? NumberOf(string text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
            CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}

/// <summary>Reads an operator and what stands behind it.</summary>
internal static class ComparisonReader
{
    // The guide once wrote =! for !=, and CloudWatch takes it. Longer ones come first.
    private static readonly (string Text, ComparisonOperator Operator)[] Operators =
    [
        ("!=", ComparisonOperator.NotEqual), ("=!", ComparisonOperator.NotEqual), ("<=", ComparisonOperator.LessOrEqual),
        (">=", ComparisonOperator.GreaterOrEqual), ("=", ComparisonOperator.Equal), ("<", ComparisonOperator.Less),
        (">", ComparisonOperator.Greater),
    ];

    /// <summary>A comparison; null where no operator comes next.</summary>
    public static Comparison? TryRead(PatternText source)
    {
        var start = source.At;
        if (Operators.FirstOrDefault(o => source.Take(o.Text)) is not { Text: { } written } found)
            return null;
        if (source.Next == '=')
            throw PatternText.Wrong(start, written.Length + 1, $"there is no {written}=", "one = compares");
        source.SkipBlanks();
        return Operand(source, found.Operator, written, start);
    }

    private static Comparison Operand(PatternText source, ComparisonOperator op, string written, int start)
    {
        var isOrder = op is not (ComparisonOperator.Equal or ComparisonOperator.NotEqual);
        var from = source.At;
        if (source.Next == '%')
        {
            var regex = PatternRegex.Read(source);
            return isOrder
                ? throw PatternText.Wrong(start, written.Length, $"a regular expression goes with = and !=, not with {written}")
                : new Comparison(op, "", null, regex, source.Text[start..source.At]);
        }
        var isQuoted = source.Next == '"';
        var text = isQuoted ? source.TakeQuoted() : Word(source, written);
        var number = isQuoted ? null : Comparison.NumberOf(text);
        if (isOrder && number is null)
        {
            throw PatternText.Wrong(from, source.At - from, $"{written} compares numbers, and {text} is none",
                isQuoted ? "numbers have no quotes" : null);
        }
        if (text.Length > 2 && text[1..^1].Contains('*', StringComparison.Ordinal))
        {
            source.Remark(from, source.At - from,
                "a * inside a text is that character; only at the beginning and the end it stands for anything",
                "use a regular expression: %…%");
        }
        return new Comparison(op, text, number, null, source.Text[start..source.At]);
    }

    private static bool IsForQuotes(char c) => !char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '*' or '+' or '-');

    private static string Word(PatternText source, string written)
    {
        var from = source.At;
        var word = source.TakeWhile(c => !char.IsWhiteSpace(c) && c is not (')' or '(' or '}' or ']' or ',' or '&' or '|' or '"'));
        if (word.Length == 0)
            throw source.Expected($"a value is missing behind {written}", "* stands for any");
        if (word.IndexOf(word.FirstOrDefault(IsForQuotes)) is >= 0 and var at)
            throw source.WrongCharacter(from + at, "a value without quotes", $"put it into quotes: \"{word}\"");
        return word;
    }
}
