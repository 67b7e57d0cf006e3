namespace Paco.Monitoring.FilterPatterns;

/// <summary>What an event that fits adds to a metric: a number, <c>$.selector</c> or <c>$name</c>.</summary>
public sealed class MetricValueText
{
    private readonly double? _number;
    private readonly Selector? _selector;
    private readonly string _name;

    private MetricValueText(double? number, Selector? selector, string name) => (_number, _selector, _name) = (number, selector, name);

    /// <summary>What works, but hardly as its writer thinks; else null.</summary>
    public PatternMistake? Remark { get; private init; }

    /// <summary>
    /// Reads it for metrics of a pattern; null where the pattern has no such value, and then <paramref name="mistake"/> says why.
    /// </summary>
    public static MetricValueText? Parse(string text, FilterPattern pattern, out PatternMistake? mistake)
    {
        mistake = null;
        if (Comparison.NumberOf(text) is { } number)
            return new MetricValueText(number, null, text);
        try
        {
            return Read(text, pattern);
        }
        catch (PatternException e)
        {
            mistake = e.Mistake;
            return null;
        }
    }

    /// <summary>The value an event has, or why it has none.</summary>
    public (double? Value, string? Why) Of(FilterMatch match, string message)
    {
        if (_number is not null)
            return (_number, null);
        var text = _selector is null ? match.Values.GetValueOrDefault(_name) : JsonPattern.ValueOf(_selector, message);
        return text is null ? (null, $"{_name} is not there")
            : Comparison.NumberOf(text) is { } value ? (value, null)
            : (null, $"{_name} is {JsonCondition.Shortened(text)}, and no number");
    }

    private static MetricValueText Read(string text, FilterPattern pattern)
    {
        var source = new PatternText(text);
        if (!text.StartsWith('$'))
            throw PatternText.Wrong(0, text.Length, $"the value is a number, $.selector or $name, got \"{text}\"", "1 counts events");
        return pattern switch
        {
            JsonPattern json => OfJson(source, json),
            FieldsPattern fields => OfFields(source, fields),
            _ => throw PatternText.Wrong(0, text.Length, "only patterns in { } and [ ] take values out of events", "1 counts events"),
        };
    }

    private static MetricValueText OfJson(PatternText source, JsonPattern pattern)
    {
        var selector = Selector.Read(source);
        if (!source.IsAtEnd)
            throw source.Expected("the selector ends here");
        var isAsked = pattern.Selectors.Any(s => s.Steps.SequenceEqual(selector.Steps));
        return new MetricValueText(null, selector, selector.Text)
        {
            Remark = isAsked ? null : new PatternMistake(0, source.Text.Length,
                $"the pattern does not ask for {selector.Text}: events without it count nothing", $"add && {selector.Text} = *"),
        };
    }

    private static MetricValueText OfFields(PatternText source, FieldsPattern pattern)
    {
        var name = source.Text[1..];
        var known = name.Length > 0 && (pattern.Names.Contains(name) || name.All(char.IsAsciiDigit));
        return known ? new MetricValueText(null, null, source.Text)
            : throw PatternText.Wrong(0, source.Text.Length, $"the pattern has no field {name}",
                Diagnostics.Spelling.DidYouMean(name, pattern.Names) ?? $"it has {string.Join(", ", pattern.Names)}");
    }
}
