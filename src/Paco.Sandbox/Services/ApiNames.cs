using System.Globalization;
using System.Text.Json.Nodes;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Services;

/// <summary>
/// Properties as a service's own API names and types them, where that says the same as CloudFormation with a small letter in front:
/// <c>TimeoutInMinutes: "60"</c> is <c>timeoutInMinutes: 60</c> there.
/// </summary>
/// <param name="keep">Members whose names are a user's own; their values become text.</param>
/// <param name="numbers">Members that are whole numbers.</param>
/// <param name="flags">Members that are true or false.</param>
/// <param name="renamed">What is called otherwise than that.</param>
internal sealed class ApiNames(IReadOnlySet<string> keep, IReadOnlySet<string> numbers, IReadOnlySet<string> flags,
    IReadOnlyDictionary<string, string> renamed)
{
    /// <param name="properties">As a template writes them.</param>
    /// <param name="without">Those that the API tells in another way, or not at all.</param>
    public JsonObject Of(JsonObject properties, IReadOnlyCollection<string> without) =>
        new(properties.Where(p => !without.Contains(p.Key)).Select(p => Member(p.Key, p.Value)));

    public JsonNode? Of(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(m => Member(m.Key, m.Value))),
        JsonArray items => new JsonArray([.. items.Select(Of)]),
        _ => node?.DeepClone(),
    };

    private KeyValuePair<string, JsonNode?> Member(string property, JsonNode? value)
    {
        var name = renamed.GetValueOrDefault(property) ?? $"{char.ToLowerInvariant(property[0])}{property[1..]}";
        return KeyValuePair.Create(name, value switch
        {
            JsonObject own when keep.Contains(property) =>
                new JsonObject(own.Select(o => KeyValuePair.Create(o.Key, (JsonNode?)Json.Scalar(o.Value)))),
            JsonValue when numbers.Contains(property) => int.Parse(Json.Scalar(value), CultureInfo.InvariantCulture),
            JsonValue when flags.Contains(property) => Json.Scalar(value).Equals("true", StringComparison.OrdinalIgnoreCase),
            JsonValue => Json.Scalar(value),
            _ => Of(value),
        });
    }
}
