using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Paco.Cli.Tests.Conformance;

/// <summary>Whether a value is what its shape says: members, types, vocabularies, patterns, sizes.</summary>
/// <param name="isText">True where the wire knows text only (Query, XML), and a number is one that can be read as such.</param>
internal sealed class ShapeCheck(bool isText)
{
    private readonly List<string> _found = [];

    public static IEnumerable<string> Of(Shape shape, JsonNode? value, string at, bool isText)
    {
        var check = new ShapeCheck(isText);
        check.Value(shape, value, at);
        return check._found;
    }

    /// <summary>One value outside of bodies, of a header or an address.</summary>
    public static IEnumerable<string> OfText(Shape shape, string text, string at) => Of(shape, JsonValue.Create(text), at, isText: true);

    private void Value(Shape shape, JsonNode? value, string at)
    {
        if (shape.Text("document") == "True")
            return;
        switch (shape.Type, value)
        {
            case (_, null):
                Say(at, "null, where AWS leaves the member out");
                break;
            case ("structure", JsonObject tree):
                Structure(shape, tree, at);
                break;
            case ("list", JsonArray items):
                Size(shape, items.Count, at);
                foreach (var item in items)
                    Value(shape.Item, item, $"{at}[]");
                break;
            case ("map", JsonObject map):
                Size(shape, map.Count, at);
                foreach (var (key, below) in map)
                    Entry(shape, key, below, at);
                break;
            case ("structure" or "list" or "map", _):
                Say(at, $"no {shape.Type}: {value.ToJsonString()}");
                break;
            case (_, JsonValue scalar):
                Scalar(shape, scalar, at);
                break;
            default:
                Say(at, $"no {shape.Type}: {value.ToJsonString()}");
                break;
        }
    }

    private void Entry(Shape shape, string key, JsonNode? below, string at)
    {
        Value(shape.Key, JsonValue.Create(key), $"{at}(key)");
        Value(shape.Value, below, $"{at}/{key}");
    }

    private void Structure(Shape shape, JsonObject tree, string at)
    {
        foreach (var name in shape.Required.Where(name => !tree.ContainsKey(name)))
            Say($"{at}/{name}", "required, and not there");
        var members = shape.Members.Where(m => tree.ContainsKey(m.Name)).ToDictionary(m => m.Name, m => m.Shape);
        foreach (var (name, value) in tree)
        {
            if (members.TryGetValue(name, out var member))
                Value(member, value, $"{at}/{name}");
            else
                Say($"{at}/{name}", "no such member");
        }
        if (shape.Text("union") == "True" && tree.Count != 1)
            Say(at, $"a union of {tree.Count} members");
    }

    private void Scalar(Shape shape, JsonValue value, string at)
    {
        var text = value.ToString();
        var isRight = shape.Type switch
        {
            "string" or "character" => isText || value.GetValueKind() == JsonValueKind.String,
            "boolean" => isText ? text is "true" or "false" : value.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
            "integer" or "long" => IsNumber(value) && long.TryParse(text, CultureInfo.InvariantCulture, out _),
            "float" or "double" => IsNumber(value) && double.TryParse(text, CultureInfo.InvariantCulture, out _),
            "blob" => Convert.TryFromBase64String(text, new byte[text.Length], out _),
            "timestamp" => IsTime(shape, value),
            _ => false,
        };
        if (!isRight)
            Say(at, $"no {shape.Type}: {value.ToJsonString()}");
        else if (shape.Type == "string")
            Words(shape, text, at);
        else if (shape.Type is "integer" or "long" or "float" or "double")
            Range(shape, double.Parse(text, CultureInfo.InvariantCulture), at, "");
    }

    private bool IsNumber(JsonValue value) => isText || value.GetValueKind() == JsonValueKind.Number;

    /// <summary>Seconds in JSON, ISO 8601 in text, unless the model says otherwise.</summary>
    private bool IsTime(Shape shape, JsonValue value) => (shape.Text("timestampFormat") ?? Default(shape)) switch
    {
        "unixTimestamp" => IsNumber(value) && double.TryParse(value.ToString(), CultureInfo.InvariantCulture, out _),
        "rfc822" => DateTimeOffset.TryParseExact(value.ToString(), "R", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        _ => Regex.IsMatch(value.ToString(), @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"),
    };

    private string Default(Shape shape) => !isText ? "unixTimestamp" : shape.Location == "header" ? "rfc822" : "iso8601";

    private void Words(Shape shape, string text, string at)
    {
        if (shape.Enum.Any() && !shape.Enum.Contains(text))
            Say(at, $"\"{text}\" is none of {string.Join(", ", shape.Enum)}");
        Size(shape, text.Length, at);
        if (shape.Text("pattern") is { } pattern && !Matches(pattern, text))
            Say(at, $"\"{text}\" is not as {pattern}");
    }

    private void Size(Shape shape, int size, string at) => Range(shape, size, at, " long");

    private void Range(Shape shape, double number, string at, string what)
    {
        if (shape.Number("min") > number || shape.Number("max") < number)
            Say(at, $"{number}{what}, not {shape.Number("min")} to {shape.Number("max")}");
    }

    /// <summary>AWS holds a whole value to a pattern, also one without anchors.</summary>
    private static bool Matches(string pattern, string text) =>
        Regex.IsMatch(text, $@"\A(?:{OfNet(pattern)})\z", RegexOptions.CultureInvariant | RegexOptions.Singleline);

    // Java takes an escaped underscore, .NET does not. Its patterns know characters, those of .NET the units of UTF-16, where the range of
    // characters beyond the first plane is none.
    private static string OfNet(string pattern) => pattern.Replace(@"\_", "_", StringComparison.Ordinal)
        .Replace(@"\uD800\uDC00-\uDBFF\uDFFF", @"\uD800-\uDFFF", StringComparison.Ordinal);

    private void Say(string at, string what) => _found.Add($"{at}: {(what.Length > 300 ? what[..300] + "…" : what)}");
}
