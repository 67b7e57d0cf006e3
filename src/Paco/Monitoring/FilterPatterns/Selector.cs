using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace Paco.Monitoring.FilterPatterns;

/// <summary>Leads to a value in JSON: <c>$.users[0].id</c>, <c>$['cluster.name']</c>, <c>$.list[*]</c>, <c>$.*</c>.</summary>
internal sealed record Selector(string Text, ImmutableArray<Selector.Step> Steps)
{
    /// <summary>One step: a field's name, an item's number, or neither for all of them.</summary>
    internal readonly record struct Step(string? Name, int? Index, bool IsOfList);

    public bool IsWild => Steps.Any(s => s is { Name: null, Index: null });

    /// <summary>All values it leads to; several only where it is wild.</summary>
    public IEnumerable<JsonElement> Find(JsonElement root)
    {
        IEnumerable<JsonElement> found = [root];
        foreach (var step in Steps)
            found = found.SelectMany(e => Below(e, step));
        return found;
    }

    private static IEnumerable<JsonElement> Below(JsonElement element, Step step) => (element.ValueKind, step) switch
    {
        (JsonValueKind.Object, { Name: { } name }) => element.TryGetProperty(name, out var value) ? [value] : [],
        (JsonValueKind.Object, { Index: null, IsOfList: false }) => element.EnumerateObject().Select(p => p.Value),
        (JsonValueKind.Array, { Index: { } index }) => index < element.GetArrayLength() ? [element[index]] : [],
        (JsonValueKind.Array, { Name: null, IsOfList: true }) => element.EnumerateArray(),
        _ => [],
    };

    /// <summary>Reads the selector that comes next.</summary>
    public static Selector Read(PatternText source)
    {
        var start = source.At;
        if (!source.Take("$"))
            throw source.Expected("a selector is missing: it begins with $.", "$.name");
        var steps = ImmutableArray.CreateBuilder<Step>();
        while (source.Next is '.' or '[')
            steps.Add(ReadStep(source));
        if (steps.Count == 0)
            throw source.Expected("$ alone selects nothing: a field's name is missing", "$.name");
        var selector = new Selector(source.Text[start..source.At], steps.DrainToImmutable());
        return selector.Steps.Count(s => s is { Name: null, Index: null }) <= 1 ? selector
            : throw PatternText.Wrong(start, source.At - start, "a selector takes one * at most");
    }

    private static Step ReadStep(PatternText source)
    {
        if (source.Take("."))
        {
            if (source.Take("*"))
                return new Step(null, null, IsOfList: false);
            if (source.Next != '[')
                return new Step(ReadName(source), null, IsOfList: false);
        }
        var start = source.At;
        source.Take("[");
        source.SkipBlanks();
        var step = source.Next switch
        {
            '*' when source.Take("*") => new Step(null, null, IsOfList: true),
            '\'' or '"' => new Step(ReadQuotedName(source), null, IsOfList: false),
            _ => new Step(null, ReadIndex(source), IsOfList: true),
        };
        source.SkipBlanks();
        return source.Take("]") ? step : throw PatternText.Wrong(start, 1, "the [ that opens here is never closed");
    }

    private static string ReadName(PatternText source)
    {
        var name = source.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
        return name.Length > 0 ? name
            : source.IsAtEnd || char.IsWhiteSpace(source.Next) ? throw source.Expected("a field's name is missing behind the dot")
            : throw source.WrongCharacter(source.At, "a field's name", "a name with other characters is written ['…']");
    }

    private static string ReadQuotedName(PatternText source)
    {
        var (start, quote) = (source.At, source.Next);
        if (quote == '"')
            return source.TakeQuoted();
        source.Take("'");
        var name = source.TakeWhile(c => c != quote);
        return source.Take("'") ? name : throw PatternText.Wrong(start, source.At - start, "the quotes that open here are never closed");
    }

    private static int ReadIndex(PatternText source)
    {
        var start = source.At;
        var digits = source.TakeWhile(char.IsAsciiDigit);
        const string What = "[ ] takes an item's number, * or a name in quotes";
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index
            : throw (digits.Length == 0 ? source.Expected(What) : PatternText.Wrong(start, digits.Length, What));
    }
}
