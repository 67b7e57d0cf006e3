using System.Text.Json;

namespace Paco.Monitoring.FilterPatterns;

/// <summary>Conditions for events that are JSON objects: <c>{ $.latency &gt; 500 &amp;&amp; $.path = "/api*" }</c>.</summary>
internal sealed record JsonPattern(string Text, Condition<JsonElement> Condition) : FilterPattern(Text)
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 256 };

    /// <summary>The selectors in it, each once.</summary>
    public IEnumerable<Selector> Selectors => Condition.Leaves.OfType<JsonCondition>().Select(c => c.Selector).DistinctBy(s => s.Text);

    public override FilterMatch Match(string message)
    {
        using var document = Parse(message);
        if (document is null)
            return FilterMatch.No("it is no JSON object");
        try
        {
            var verdict = Condition.Check(document.RootElement);
            return verdict.Holds ? FilterMatch.Yes(Values(document.RootElement)) : FilterMatch.No(verdict.Why);
        }
        catch (InvalidOperationException)
        {
            // JSON may spell half a character (\ud800), which is no text.
            return FilterMatch.No("it holds what is no text");
        }
    }

    /// <summary>The value a selector leads to in an event, as text; null where there is none, or several.</summary>
    public static string? ValueOf(Selector selector, string message)
    {
        using var document = Parse(message);
        return document is null ? null : ValueOf(selector, document.RootElement);
    }

    private Dictionary<string, string> Values(JsonElement root)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var selector in Selectors)
        {
            if (ValueOf(selector, root) is { } value)
                values.Add(selector.Text, value);
        }
        return values;
    }

    private static string? ValueOf(Selector selector, JsonElement root) => selector.Find(root).Take(2).ToList() is [var only]
        ? only.ValueKind switch
        {
            JsonValueKind.String => only.GetString(),
            JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => only.GetRawText(),
            _ => null,
        }
        : null;

    private static JsonDocument? Parse(string message)
    {
        try
        {
            var document = JsonDocument.Parse(message, Options);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
            return null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }
}

/// <summary>A question about what a selector leads to.</summary>
internal abstract record JsonCondition(Selector Selector) : Condition<JsonElement>
{
    protected string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"{Selector.Text} is an object",
        JsonValueKind.Array => $"{Selector.Text} is a list",
        JsonValueKind.Null => $"{Selector.Text} is null",
        _ => $"{Selector.Text} is {Shortened(value.GetRawText())}",
    };

    protected string Absent => $"{Selector.Text} is not there";

    internal static string Shortened(string text) => text.Length <= 60 ? text : $"{text[..59]}…";
}

/// <summary>A text or number compared. What is neither fits nothing, and neither does what is not there.</summary>
internal sealed record JsonComparison(Selector Selector, Comparison Comparison) : JsonCondition(Selector)
{
    public override Verdict Check(JsonElement subject)
    {
        var found = Selector.Find(subject).ToList();
        return found.Exists(Fits) ? Verdict.Yes
            : Verdict.No(found is [var first, ..] ? $"{Shown(first)}, not {Comparison.Shown}{Advice(first)}" : Absent);
    }

    private bool Fits(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => Comparison.Holds(value.GetString()!, null),
        JsonValueKind.Number => Comparison.Holds(value.GetRawText(), value.TryGetDouble(out var number) ? number : null),
        _ => false,
    };

    private static string Advice(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => " (true and false are asked for with IS)",
        JsonValueKind.Null => " (null is asked for with IS NULL)",
        JsonValueKind.Object or JsonValueKind.Array => " (only text and numbers are compared)",
        _ => "",
    };
}

/// <summary><c>IS NULL</c>, <c>IS TRUE</c>, <c>IS FALSE</c>.</summary>
internal sealed record JsonIs(Selector Selector, JsonValueKind Kind) : JsonCondition(Selector)
{
    public override Verdict Check(JsonElement subject)
    {
        var found = Selector.Find(subject).ToList();
        return found.Exists(v => v.ValueKind == Kind) ? Verdict.Yes
            : Verdict.No(found is [var first, ..] ? $"{Shown(first)}, not {Kind.ToString().ToLowerInvariant()}" : Absent);
    }
}

/// <summary><c>NOT EXISTS</c>: what is null exists.</summary>
internal sealed record JsonNotExists(Selector Selector) : JsonCondition(Selector)
{
    public override Verdict Check(JsonElement subject) =>
        Selector.Find(subject).Any() ? Verdict.No($"{Selector.Text} is there") : Verdict.Yes;
}
