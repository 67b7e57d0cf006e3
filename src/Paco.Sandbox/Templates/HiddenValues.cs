using System.Text.Json;
using System.Text.Json.Nodes;
using Paco.Sandbox.Stacks;

namespace Paco.Sandbox.Templates;

/// <summary>Values of NoEcho parameters, which read <c>****</c> wherever AWS tells properties.</summary>
internal sealed class HiddenValues(params IEnumerable<StackDefinition> definitions)
{
    // The longest first: one may be a part of another.
    private readonly List<string> _values =
    [
        .. definitions.SelectMany(d => d.Parameters).Where(p => p.NoEcho && p.Value.Length > 0).Select(p => p.Value).Distinct()
            .OrderByDescending(v => v.Length),
    ];

    /// <summary>A copy in which they are masked.</summary>
    public JsonNode? Mask(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(p => KeyValuePair.Create(p.Key, Mask(p.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Mask)]),
        JsonValue value when _values.Count > 0 && value.GetValueKind() == JsonValueKind.String =>
            _values.Aggregate(value.ToString(), (text, secret) => text.Replace(secret, "****", StringComparison.Ordinal)),
        _ => node?.DeepClone(),
    };
}
