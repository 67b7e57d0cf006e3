using System.Text.Json;
using System.Text.Json.Nodes;

namespace Paco.Sandbox.Templates.Transforms;

/// <summary>
/// A loop's identifier in its fragment. CloudFormation knows it in the fragment's own keys (<c>${Name}</c>, and <c>&amp;{Name}</c> without
/// what no logical id has), in the text of Fn::Sub and in Ref. In any other text it stays as it is written.
/// </summary>
internal static class LoopVariable
{
    /// <summary>A copy of a loop's fragment with a value in the identifier's places.</summary>
    public static JsonObject Fragment(JsonObject fragment, string identifier, string value) => new(fragment.Select(
        p => KeyValuePair.Create(Key(p.Key, identifier, value), Loops.IsLoop(p.Key) ? Loop(p.Value, identifier, value)
            : Put(p.Value, identifier, value))));

    private static JsonNode? Put(JsonNode? node, string identifier, string value) => node switch
    {
        JsonObject { Count: 1 } map when map["Ref"] is JsonValue name && Json.Scalar(name) == identifier => JsonValue.Create(value),
        JsonObject { Count: 1 } map when map["Fn::Sub"] is { } text => new JsonObject { ["Fn::Sub"] = Sub(text, identifier, value) },
        JsonObject map => new JsonObject(map.Select(p => KeyValuePair.Create(p.Key,
            Loops.IsLoop(p.Key) ? Loop(p.Value, identifier, value) : Put(p.Value, identifier, value)))),
        JsonArray items => new JsonArray([.. items.Select(item => Put(item, identifier, value))]),
        _ => node?.DeepClone(),
    };

    /// <summary>A loop within the loop: its own fragment's keys may name the outer identifier, too.</summary>
    private static JsonNode? Loop(JsonNode? loop, string identifier, string value) =>
        loop is JsonArray { Count: 3 } parts && parts[2] is JsonObject fragment
            ? new JsonArray(parts[0]?.DeepClone(), Put(parts[1], identifier, value), Fragment(fragment, identifier, value))
            : loop?.DeepClone();

    /// <summary>The text, and the values of the map beside it; what the map names itself is not the loop's.</summary>
    private static JsonNode? Sub(JsonNode text, string identifier, string value) => text switch
    {
        JsonArray { Count: 2 } pair when pair[1] is JsonObject locals => new JsonArray(
            locals.ContainsKey(identifier) ? pair[0]?.DeepClone() : Sub(pair[0]!, identifier, value), Put(locals, identifier, value)),
        JsonValue written when written.GetValueKind() == JsonValueKind.String =>
            JsonValue.Create(Json.Scalar(written).Replace($"${{{identifier}}}", value, StringComparison.Ordinal)),
        _ => text.DeepClone(),
    };

    private static string Key(string key, string identifier, string value) => key
        .Replace($"${{{identifier}}}", value, StringComparison.Ordinal)
        .Replace($"&{{{identifier}}}", string.Concat(value.Where(char.IsAsciiLetterOrDigit)), StringComparison.Ordinal);
}
