using System.Text.Json.Nodes;

namespace Paco.Sandbox.Templates.Transforms;

/// <summary>What loops and their identifiers may not be called.</summary>
internal static class LoopNames
{
    /// <summary>The first that is called like a parameter or an identifier around it, in AWS's words; or null.</summary>
    public static string? Conflict(JsonNode? node, IReadOnlySet<string> parameters) => Conflict(node, parameters, []);

    private static string? Conflict(JsonNode? node, IReadOnlySet<string> parameters, IReadOnlyList<string> around) => node switch
    {
        JsonObject map => map.Select(p => Loops.IsLoop(p.Key) && p.Value is JsonArray { Count: 3 } parts
            ? OfLoop(p.Key, parts, parameters, around) : Conflict(p.Value, parameters, around)).FirstOrDefault(c => c is not null),
        JsonArray items => items.Select(item => Conflict(item, parameters, around)).FirstOrDefault(c => c is not null),
        _ => null,
    };

    private static string? OfLoop(string key, JsonArray parts, IReadOnlySet<string> parameters, IReadOnlyList<string> around)
    {
        var name = key.Split("::")[^1];
        if (parameters.Contains(name))
        {
            return $"{key}: loop name '{name}' conflicts with parameter name";
        }

        var own = (parts[0] as JsonArray ?? [parts[0]?.DeepClone()]).OfType<JsonValue>().Select(Json.Scalar).ToList();
        return own.Where(parameters.Contains).Select(i => $"{key}: identifier '{i}' conflicts with parameter name").FirstOrDefault()
            ?? own.Where(around.Contains).Select(i => $"{key}: identifier '{i}' conflicts with another loop identifier").FirstOrDefault()
            ?? Conflict(parts[2], parameters, [.. around, .. own]);
    }
}
