using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Paco.CloudFormation.Schemas;

/// <summary>Which JSON types a value counts as: CloudFormation turns texts into numbers and booleans, and those into texts.</summary>
internal static class JsonKind
{
    private const int LongestQuote = 60;

    public static bool Fits(JsonTypes types, JsonNode node) => node switch
    {
        JsonObject => types.HasFlag(JsonTypes.Object),
        JsonArray => types.HasFlag(JsonTypes.Array),
        _ => types.HasFlag(JsonTypes.String)
            || (types.HasFlag(JsonTypes.Boolean) && Text(node).ToUpperInvariant() is "TRUE" or "FALSE")
            || (types.HasFlag(JsonTypes.Number) && IsNumber(node))
            || (types.HasFlag(JsonTypes.Integer) && IsInteger(node)),
    };

    /// <summary>The value as the text CloudFormation would make of it.</summary>
    public static string Text(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => node.ToString(),
    };

    /// <summary>The number a scalar is or spells; null for others and for what decimal cannot hold.</summary>
    public static decimal? Number(JsonNode node) =>
        decimal.TryParse(Text(node), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static string Name(JsonTypes types)
    {
        string[] names = [.. Words.Where(word => types.HasFlag(word.Type)).Select(word => word.Text)];
        return names.Length < 2 ? string.Concat(names) : $"{string.Join(", ", names[..^1])} or {names[^1]}";
    }

    /// <summary>A value as a message shows it, cut where it is long.</summary>
    public static string Quote(JsonNode? node) => node switch
    {
        null => "null",
        JsonObject => "an object",
        JsonArray => "a list",
        _ when node.GetValueKind() == JsonValueKind.String => $"\"{Cut(node.ToString())}\"",
        _ => Cut(Text(node)),
    };

    private static readonly (JsonTypes Type, string Text)[] Words =
    [
        (JsonTypes.Object, "an object"),
        (JsonTypes.Array, "a list"),
        (JsonTypes.String, "a string"),
        (JsonTypes.Integer, "an integer"),
        (JsonTypes.Number, "a number"),
        (JsonTypes.Boolean, "true or false"),
        (JsonTypes.Null, "null"),
    ];

    private static bool IsNumber(JsonNode node) =>
        node.GetValueKind() == JsonValueKind.Number
        || (node.GetValueKind() == JsonValueKind.String
            && double.TryParse(Text(node), NumberStyles.Float, CultureInfo.InvariantCulture, out _));

    private static bool IsInteger(JsonNode node) => IsNumber(node) && (Number(node) is not { } number || decimal.IsInteger(number));

    private static string Cut(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= LongestQuote ? line : $"{line[..LongestQuote]}…";
    }
}
