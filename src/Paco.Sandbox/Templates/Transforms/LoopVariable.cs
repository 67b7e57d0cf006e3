using System.Text.Json;
using System.Text.Json.Nodes;

namespace Paco.Sandbox.Templates.Transforms;

/// <summary>A loop's identifier in its fragment: <c>${Name}</c>, <c>&amp;{Name}</c> without what no logical id has, and Ref.</summary>
internal static class LoopVariable
{
    /// <summary>A copy of a fragment with a value in the identifier's places, keys among them.</summary>
    public static JsonNode? Put(JsonNode? node, string identifier, string value) => node switch
    {
        JsonObject { Count: 1 } map when map["Ref"] is JsonValue name && Json.Scalar(name) == identifier => JsonValue.Create(value),

        // CloudFormation leaves the name of a condition as it is written.
        JsonObject { Count: 1 } map when map["Fn::If"] is JsonArray parts => new JsonObject
        {
            ["Fn::If"] = new JsonArray([.. parts.Select((p, i) => i == 0 ? p?.DeepClone() : Put(p, identifier, value))]),
        },
        JsonObject map => new JsonObject(
            map.Select(p => KeyValuePair.Create(Text(p.Key, identifier, value), Put(p.Value, identifier, value)))),
        JsonArray items => new JsonArray([.. items.Select(item => Put(item, identifier, value))]),
        JsonValue text when text.GetValueKind() == JsonValueKind.String => JsonValue.Create(Text(Json.Scalar(text), identifier, value)),
        _ => node?.DeepClone(),
    };

    private static string Text(string text, string identifier, string value) => text
        .Replace($"${{{identifier}}}", value, StringComparison.Ordinal)
        .Replace($"&{{{identifier}}}", string.Concat(value.Where(char.IsAsciiLetterOrDigit)), StringComparison.Ordinal);
}
