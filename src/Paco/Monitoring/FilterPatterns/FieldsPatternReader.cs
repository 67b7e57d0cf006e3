using System.Collections.Immutable;

namespace Paco.Monitoring.FilterPatterns;

/// <summary>Reads <c>[ … ]</c>.</summary>
internal static class FieldsPatternReader
{
    public static FieldsPattern Read(string text)
    {
        var source = new PatternText(text);
        source.Take("[");
        var fields = ImmutableArray.CreateBuilder<LineField>();
        do
        {
            var start = source.At;
            fields.Add(ReadField(source));
            if (fields[^1].IsEllipsis && fields.Count(f => f.IsEllipsis) > 1)
                throw PatternText.Wrong(start, source.At - start, "a pattern takes one ... at most");
        }
        while (source.Take(","));
        if (!source.Take("]"))
        {
            throw source.IsAtEnd ? PatternText.Wrong(0, 1, "the [ that opens here is never closed", "end the pattern with ]")
                : source.Expected("a field ends here, so a comma or ] has to follow");
        }
        source.SkipBlanks();
        if (!source.IsAtEnd)
            throw source.Expected("nothing can follow the ]");
        var comparisons = fields.SelectMany(f => f.Condition?.Leaves ?? []).OfType<FieldComparison>();
        var regexes = comparisons.Count(c => c.Comparison.Regex is not null);
        PatternLimits.CheckRegexes(source, regexes);
        return new FieldsPattern(text, fields.DrainToImmutable()) { Regexes = regexes, Remarks = source.Remarks };
    }

    private static LineField ReadField(PatternText source)
    {
        source.SkipBlanks();
        if (source.Take("..."))
        {
            source.SkipBlanks();
            return new LineField(null, IsEllipsis: true, null);
        }
        if (source.Next is ',' or ']')
            return new LineField(null, IsEllipsis: false, null);
        if (source.Next != '(' && source.At is var start && ReadName(source) is var name)
        {
            source.SkipBlanks();
            if (source.Next is ',' or ']' or '\0')
                return new LineField(name, IsEllipsis: false, null);
            source.Return(start);
        }
        return ReadConditions(source);
    }

    private static LineField ReadConditions(PatternText source)
    {
        string? field = null;
        var condition = new ConditionReader<string>(source, () => ReadComparison(source, ref field)).Read();
        source.SkipBlanks();
        return new LineField(field, IsEllipsis: false, condition);
    }

    private static FieldComparison ReadComparison(PatternText source, ref string? field)
    {
        source.SkipBlanks();
        var start = source.At;
        var name = ReadName(source);
        field ??= name;
        if (name != field)
        {
            throw PatternText.Wrong(start, name.Length, $"this is about the field {field}, not about {name}",
                "a field has conditions about itself; another one stands behind a comma");
        }
        source.SkipBlanks();
        return ComparisonReader.TryRead(source) is { } comparison ? new FieldComparison(name, comparison)
            : throw source.Expected($"an operator is missing behind {name}", "= != < <= > >=, or a comma before the next field");
    }

    private static string ReadName(PatternText source)
    {
        var name = source.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
        return name.Length > 0 ? name
            : source.IsAtEnd ? throw source.Expected("a field's name is missing")
            : throw source.WrongCharacter(source.At, "a field's name", "letters, digits, _ and -");
    }
}
