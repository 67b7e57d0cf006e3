using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Made;

/// <summary>
/// EventBridge's patterns: what is one, and which events it takes. Source: EventBridge User Guide, "Comparison operators for use in event
/// patterns", and the open implementation of the same language, aws/event-ruler.
/// </summary>
internal static class EventPatterns
{
    private static readonly HashSet<string> Operators = new(StringComparer.Ordinal)
    {
        "prefix", "suffix", "anything-but", "exists", "numeric", "equals-ignore-case", "wildcard", "cidr",
    };

    /// <summary>Why it is no pattern, as EventBridge goes on after "Reason:"; null where it is one.</summary>
    /// <param name="pattern">As an object, or as text.</param>
    public static string? Mistake(JsonNode? pattern) => Read(pattern) switch
    {
        null => "Filter is not an object",
        { Count: 0 } => "Empty objects are not allowed",
        var fields => InFields(fields),
    };

    /// <summary>The pattern as an object; null for what is none.</summary>
    public static JsonObject? Read(JsonNode? pattern)
    {
        try
        {
            return pattern as JsonObject ?? (pattern is JsonValue text ? Json.Read(Json.Scalar(text)) as JsonObject : null);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>True where an event has all that the pattern asks for.</summary>
    public static bool Matches(JsonObject pattern, JsonObject @event) => pattern.All(field => field.Key == "$or"
        ? (field.Value as JsonArray ?? []).OfType<JsonObject>().Any(one => Matches(one, @event))
        : field.Value is JsonObject below
            ? @event[field.Key] is JsonObject inner ? Matches(below, inner) : Matches(below, [])
            : (field.Value as JsonArray ?? []).Any(wanted => Fits(wanted, @event.ContainsKey(field.Key), @event[field.Key])));

    private static string? InFields(JsonObject fields)
    {
        foreach (var (name, value) in fields)
        {
            var mistake = value switch
            {
                JsonArray { Count: 0 } => "Empty arrays are not allowed",
                JsonArray many when name == "$or" => many
                    .Select(one => one is JsonObject o ? InFields(o) : "\"$or\" must be an array of objects")
                    .FirstOrDefault(m => m is not null),
                JsonArray many => many.Select(InValue).FirstOrDefault(m => m is not null),
                JsonObject { Count: 0 } => "Empty objects are not allowed",
                JsonObject below => InFields(below),
                _ => $"\"{name}\" must be an object or an array",
            };
            if (mistake is not null)
            {
                return mistake;
            }
        }

        return null;
    }

    private static string? InValue(JsonNode? value) => value switch
    {
        JsonArray => "Match value must be String, number, true, false, or null",
        JsonObject { Count: 1 } match => match.Select(m => m.Key).Single() is var name && Operators.Contains(name)
            ? null
            : $"Unrecognized match type {match.Select(m => m.Key).Single()}",
        JsonObject => "Only one key allowed in match expression",
        _ => null,
    };

    private static bool Fits(JsonNode? wanted, bool isThere, JsonNode? value) => value is JsonArray many
        ? many.Any(one => Fits(wanted, isThere: true, one))
        : wanted is JsonObject match
            ? match.All(m => FitsMatch(m.Key, m.Value, isThere, value))
            : isThere && Json.Same(wanted, value);

    private static bool FitsMatch(string name, JsonNode? operand, bool isThere, JsonNode? value) => name switch
    {
        "exists" => Json.Scalar(operand).Equals(isThere ? "true" : "false", StringComparison.OrdinalIgnoreCase),
        _ when !isThere => false,
        "anything-but" => !Excluded(operand, value),
        "numeric" => value is JsonValue && value.GetValueKind() == JsonValueKind.Number && FitsNumbers(operand as JsonArray ?? [], value),
        _ => value?.GetValueKind() == JsonValueKind.String && FitsText(name, operand, Json.Scalar(value)),
    };

    private static bool FitsText(string name, JsonNode? operand, string text) => operand is JsonObject { Count: 1 } folded
        ? folded["equals-ignore-case"] is { } any && FitsText(name, Json.Scalar(any).ToLowerInvariant(), text.ToLowerInvariant())
        : name switch
        {
            "prefix" => text.StartsWith(Json.Scalar(operand), StringComparison.Ordinal),
            "suffix" => text.EndsWith(Json.Scalar(operand), StringComparison.Ordinal),
            "equals-ignore-case" => text.Equals(Json.Scalar(operand), StringComparison.OrdinalIgnoreCase),
            "wildcard" => Regex.IsMatch(text, $"^{Regex.Escape(Json.Scalar(operand)).Replace(@"\*", ".*", StringComparison.Ordinal)}$",
                RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromSeconds(1)),
            "cidr" => IPNetwork.TryParse(Json.Scalar(operand), out var network) && IPAddress.TryParse(text, out var address)
                && network.Contains(address),
            _ => false,
        };

    private static bool Excluded(JsonNode? operand, JsonNode? value) => operand switch
    {
        JsonArray many => many.Any(one => Json.Same(one, value)),
        JsonObject match => match.All(m => m.Value is JsonArray several
            ? several.Any(one => FitsMatch(m.Key, one, isThere: true, value))
            : FitsMatch(m.Key, m.Value, isThere: true, value)),
        _ => Json.Same(operand, value),
    };

    // [">", 0, "<=", 5]
    private static bool FitsNumbers(JsonArray tests, JsonNode value)
    {
        var actual = Number(value);
        return tests.Chunk(2).All(pair => pair is [var sign, var limit] && Number(limit) is var bound && Json.Scalar(sign) switch
        {
            "=" => actual == bound,
            ">" => actual > bound,
            ">=" => actual >= bound,
            "<" => actual < bound,
            "<=" => actual <= bound,
            _ => false,
        });
    }

    private static double Number(JsonNode? node) =>
        double.TryParse(Json.Scalar(node), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
}
