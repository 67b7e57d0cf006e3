using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Paco.Sandbox.Templates;

/// <summary>What a template's tree refers to, without evaluating it.</summary>
internal static partial class Intrinsics
{
    /// <summary>True for <c>{"Ref": …}</c>, <c>{"Fn::…": …}</c>.</summary>
    public static bool IsFunction(JsonNode? node, out string name, out JsonNode? argument)
    {
        if (node is JsonObject { Count: 1 } map)
        {
            (name, argument) = map.First();
            return name == "Ref" || name.StartsWith("Fn::", StringComparison.Ordinal);
        }

        (name, argument) = ("", null);
        return false;
    }

    /// <summary>A GetAtt's resource and attribute, in either spelling; null for anything else.</summary>
    public static (string Logical, string Attribute)? GetAtt(JsonNode? argument) => argument switch
    {
        JsonArray { Count: 2 } pair when pair[0] is JsonValue && pair[1] is JsonValue => (pair[0]!.ToString(), pair[1]!.ToString()),
        JsonValue text when text.ToString().Split('.', 2) is [var logical, var attribute] => (logical, attribute),
        _ => null,
    };

    /// <summary>Every mention of a name below a node.</summary>
    public static IEnumerable<Mention> Mentions(JsonNode? node)
    {
        if (IsFunction(node, out var name, out var argument))
        {
            foreach (var mention in OfFunction(name, argument))
            {
                yield return mention;
            }
        }

        var children = node switch { JsonObject map => map.Select(p => p.Value), JsonArray items => items, _ => [] };
        foreach (var mention in children.SelectMany(Mentions))
        {
            yield return mention;
        }
    }

    /// <summary>The <c>${…}</c> of a Sub text, without the literal <c>${!…}</c>.</summary>
    public static IEnumerable<string> SubNames(string text) =>
        Placeholder().Matches(text).Select(m => m.Groups[1].Value).Where(n => !n.StartsWith('!')).Select(n => n.Trim());

    /// <summary>The texts of every Fn::Sub below a node.</summary>
    public static IEnumerable<string> SubTexts(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(p => p.Key != "Fn::Sub" ? SubTexts(p.Value) : p.Value switch
        {
            JsonArray { Count: 2 } pair => SubTexts(pair[1]).Prepend(Json.Scalar(pair[0])),
            var text => [Json.Scalar(text)],
        }),
        JsonArray items => items.SelectMany(SubTexts),
        _ => [],
    };

    [GeneratedRegex(@"\$\{([^}]*)\}")]
    public static partial Regex Placeholder();

    private static IEnumerable<Mention> OfFunction(string name, JsonNode? argument)
    {
        switch (name)
        {
            case "Ref" when argument is JsonValue:
                yield return new(argument.ToString(), null);
                break;
            case "Fn::GetAtt" when GetAtt(argument) is var (logical, attribute):
                yield return new(logical, attribute);
                break;
            case "Fn::GetAtt" when argument is JsonArray { Count: 2 } dynamic && dynamic[0] is JsonValue:
                yield return new(dynamic[0]!.ToString(), "");
                break;
            case "Fn::Sub":
                var (text, locals) = argument is JsonArray { Count: 2 } pair ? (pair[0], pair[1] as JsonObject) : (argument, null);
                foreach (var inner in SubNames(text?.ToString() ?? "").Where(n => locals?.ContainsKey(n) != true))
                {
                    yield return inner.Split('.', 2) is [var logical, var attribute] ? new(logical, attribute) : new(inner, null);
                }

                break;
        }
    }
}

/// <summary>A name a template mentions; with an attribute it must be a resource (<c>""</c>: one only known later).</summary>
internal readonly record struct Mention(string Name, string? Attribute);
