using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Paco.Sandbox.Templates;

/// <summary>JSON values as CloudFormation sees them: 80 and "80", true and "true" are the same.</summary>
internal static class Json
{
    private static readonly JsonDocumentOptions Foreign = new() { AllowDuplicateProperties = false, MaxDepth = 100 };

    /// <summary>
    /// JSON that somebody sent. Throws <see cref="JsonException"/> also for a key written twice, more than a hundred levels, and halves of
    /// characters (<c>\ud800</c>), which are no text to anybody later.
    /// </summary>
    public static JsonNode? Read(string text)
    {
        try
        {
            var node = JsonNode.Parse(text, documentOptions: Foreign);
            ReadTexts(node);
            return node;
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    /// <summary>A scalar's text as a template's string.</summary>
    public static string Scalar(JsonNode? node) => node switch
    {
        null => "",
        JsonValue value when value.GetValueKind() == JsonValueKind.True => "true",
        JsonValue value when value.GetValueKind() == JsonValueKind.False => "false",
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => node.ToJsonString(),
    };

    /// <summary>What stands at a path (<c>Policies.PolicyDocument</c>): of a list, in every item.</summary>
    public static IEnumerable<JsonNode> At(JsonNode? node, string path) => (node, path) switch
    {
        (null, _) => [],
        (_, "") => [node],
        (JsonArray list, _) => list.SelectMany(item => At(item, path)),
        (JsonObject map, _) when path.Split('.', 2) is [var first, .. var rest] => At(map[first], string.Concat(rest)),
        _ => [],
    };

    public static bool Same(JsonNode? left, JsonNode? right) => (left, right) switch
    {
        (null, null) => true,
        (JsonObject a, JsonObject b) => a.Count == b.Count
            && a.All(p => b.TryGetPropertyValue(p.Key, out var other) && Same(p.Value, other)),
        (JsonArray a, JsonArray b) => a.Count == b.Count && a.Zip(b).All(pair => Same(pair.First, pair.Second)),
        (JsonValue a, JsonValue b) => Scalar(a) == Scalar(b),
        _ => false,
    };

    /// <summary>One text for all spellings of a value: members in order, scalars as strings.</summary>
    public static string Canonical(JsonNode? node)
    {
        var text = new StringBuilder();
        Write(node, text);
        return text.ToString();
    }

    /// <summary>Paths (<c>Name</c>, <c>Endpoint/Port</c>, <c>*</c> for a list's items) where two trees differ; lists are compared as a
    /// whole.</summary>
    public static IEnumerable<string> Differences(JsonNode? before, JsonNode? after, string path = "")
    {
        if (before is JsonObject or null && after is JsonObject or null && (before ?? after) is JsonObject some
            && (path.Length == 0 || some.Count > 0))
        {
            var (a, b) = (before as JsonObject, after as JsonObject);
            var keys = (a?.Select(p => p.Key) ?? []).Union(b?.Select(p => p.Key) ?? []);
            return keys.SelectMany(key => Differences(a?[key], b?[key], path.Length == 0 ? key : $"{path}/{key}"));
        }

        return Same(before, after) ? [] : [path];
    }

    private static void ReadTexts(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (_, value) in map)
                {
                    ReadTexts(value);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    ReadTexts(item);
                }

                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                value.GetValue<string>();
                break;
        }
    }

    private static void Write(JsonNode? node, StringBuilder text)
    {
        switch (node)
        {
            case JsonObject map:
                text.Append('{');
                foreach (var (key, value) in map.OrderBy(p => p.Key, StringComparer.Ordinal))
                {
                    text.Append(key).Append(':');
                    Write(value, text);
                    text.Append(',');
                }

                text.Append('}');
                break;
            case JsonArray items:
                text.Append('[');
                foreach (var item in items)
                {
                    Write(item, text);
                    text.Append(',');
                }

                text.Append(']');
                break;
            default:
                text.Append('"').Append(Scalar(node)).Append('"');
                break;
        }
    }
}
