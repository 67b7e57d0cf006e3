using System.Globalization;
using System.Text.Json;

namespace Paco.CloudFormation.Schemas;

/// <summary>Which JSON types a value counts as: CloudFormation turns texts into numbers and booleans, and those into texts.</summary>
internal static class JsonKind
{
    private const int LongestQuote = 60;

    public static bool Fits(JsonTypes types, TemplateNode node) => node switch
    {
        { IsObject: true } => types.HasFlag(JsonTypes.Object),
        { IsList: true } => types.HasFlag(JsonTypes.Array),
        _ => types.HasFlag(JsonTypes.String)
            || (types.HasFlag(JsonTypes.Boolean) && node.Text.ToUpperInvariant() is "TRUE" or "FALSE")
            || (types.HasFlag(JsonTypes.Number) && IsNumber(node))
            || (types.HasFlag(JsonTypes.Integer) && IsInteger(node)),
    };

    public static string Name(JsonTypes types)
    {
        string[] names = [.. Words.Where(word => types.HasFlag(word.Type)).Select(word => word.Text)];
        return names.Length < 2 ? string.Concat(names) : $"{string.Join(", ", names[..^1])} or {names[^1]}";
    }

    /// <summary>A value as a message shows it, cut where it is long.</summary>
    public static string Quote(TemplateNode node) => node switch
    {
        { IsNull: true } => "null",
        { IsObject: true } => "an object",
        { IsList: true } => "a list",
        { Kind: JsonValueKind.String } => $"\"{Cut(node.Text)}\"",
        _ => Cut(node.Text),
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

    private static bool IsNumber(TemplateNode node) =>
        node.Kind == JsonValueKind.Number
        || (node.Kind == JsonValueKind.String
            && double.TryParse(node.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out _));

    private static bool IsInteger(TemplateNode node) => IsNumber(node) && (node.Number is not { } number || decimal.IsInteger(number));

    private static string Cut(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= LongestQuote ? line : $"{line[..LongestQuote]}…";
    }
}
