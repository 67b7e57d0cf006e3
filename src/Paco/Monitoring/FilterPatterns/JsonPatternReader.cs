using System.Text.Json;

namespace Paco.Monitoring.FilterPatterns;

/// <summary>Reads <c>{ … }</c>.</summary>
internal sealed class JsonPatternReader
{
    private const int MostWild = 3;

    private readonly PatternText _source;
    private int _wild;

    private JsonPatternReader(PatternText source) => _source = source;

    public static JsonPattern Read(string text)
    {
        var source = new PatternText(text);
        source.Take("{");
        var condition = new ConditionReader<JsonElement>(source, new JsonPatternReader(source).ReadLeaf).Read();
        source.SkipBlanks();
        if (!source.Take("}"))
        {
            throw source.IsAtEnd ? PatternText.Wrong(0, 1, "the { that opens here is never closed", "end the pattern with }")
                : source.Expected("a condition ends here, so &&, || or } has to follow");
        }
        source.SkipBlanks();
        if (!source.IsAtEnd)
            throw source.Expected("nothing can follow the }");
        var regexes = condition.Leaves.OfType<JsonComparison>().Count(c => c.Comparison.Regex is not null);
        PatternLimits.CheckRegexes(source, regexes);
        return new JsonPattern(text, condition) { Regexes = regexes, Remarks = source.Remarks };
    }

    private JsonCondition ReadLeaf()
    {
        _source.SkipBlanks();
        var start = _source.At;
        var selector = Selector.Read(_source);
        if (selector.IsWild && ++_wild > MostWild)
            throw PatternText.Wrong(start, _source.At - start, $"a pattern takes {MostWild} selectors with * at most");
        _source.SkipBlanks();
        if (ComparisonReader.TryRead(_source) is { } comparison)
            return new JsonComparison(selector, comparison);
        start = _source.At;
        var words = Words();
        return words switch
        {
            "IS NULL" => new JsonIs(selector, JsonValueKind.Null),
            "IS TRUE" => new JsonIs(selector, JsonValueKind.True),
            "IS FALSE" => new JsonIs(selector, JsonValueKind.False),
            "NOT EXISTS" => new JsonNotExists(selector),
            _ => throw PatternText.Wrong(start, words.Length == 0 && _source.IsAtEnd ? 0 : Math.Max(1, words.Length),
                words.Length == 0 ? $"an operator is missing behind {selector.Text}" : $"there is no operator {words}", Hint(words)),
        };
    }

    private string Words()
    {
        var first = _source.TakeWhile(char.IsAsciiLetter);
        _source.SkipBlanks();
        var second = _source.TakeWhile(char.IsAsciiLetter);
        return second.Length == 0 ? first : $"{first} {second}";
    }

    private static string Hint(string words) => words.ToUpperInvariant() switch
    {
        "EXISTS" => "CloudWatch has no EXISTS: = * asks for any text or number",
        "IS NOT" => "CloudWatch has no IS NOT; it has IS NULL, IS TRUE, IS FALSE and NOT EXISTS",
        "IS NULL" or "IS TRUE" or "IS FALSE" or "NOT EXISTS" => $"write {words.ToUpperInvariant()}",
        "NOT EXIST" => "write NOT EXISTS",
        _ => "= != < <= > >=, IS NULL, IS TRUE, IS FALSE or NOT EXISTS",
    };
}

/// <summary>What CloudWatch allows in one pattern.</summary>
internal static class PatternLimits
{
    private const int MostRegexes = 2;

    public static void CheckRegexes(PatternText source, int count)
    {
        if (count > MostRegexes)
            throw PatternText.Wrong(0, source.Text.Length, $"the pattern has {count} regular expressions; CloudWatch takes {MostRegexes}");
    }
}
