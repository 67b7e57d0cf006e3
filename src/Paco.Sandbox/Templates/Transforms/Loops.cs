using System.Text.Json.Nodes;

namespace Paco.Sandbox.Templates.Transforms;

/// <summary>Fn::ForEach: a fragment written out once for each item of a collection.</summary>
/// <param name="known">Evaluates a collection.</param>
internal sealed class Loops(Func<JsonNode?, JsonNode?> known)
{
    public const string Function = "Fn::ForEach";

    // What a template may be lies far below; this only keeps loops within loops from filling the memory.
    private const int MaxTurns = 20_000;

    private int _turns;

    /// <summary>The keys of all loops below a node, as often as they are written.</summary>
    public static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(p => IsLoop(p.Key) ? Names(p.Value).Prepend(p.Key) : Names(p.Value)),
        JsonArray items => items.SelectMany(Names),
        _ => [],
    };

    public static bool IsLoop(string key) => key.StartsWith(Function, StringComparison.Ordinal);

    /// <summary>A copy without loops.</summary>
    public JsonNode? Unroll(JsonNode? node) => node switch
    {
        JsonObject map => Unroll(map),
        JsonArray items => new JsonArray([.. items.Select(Unroll)]),
        _ => node?.DeepClone(),
    };

    private JsonObject Unroll(JsonObject map)
    {
        var whole = new JsonObject();
        foreach (var (key, value) in map)
        {
            foreach (var (name, made) in IsLoop(key) ? Turns(key, value) : [KeyValuePair.Create(key, Unroll(value))])
            {
                if (!whole.TryAdd(name, made))
                {
                    throw Failed($"Duplicate key '{name}' when merging keys to parent object in {Function}");
                }
            }
        }

        return whole;
    }

    private List<KeyValuePair<string, JsonNode?>> Turns(string key, JsonNode? loop)
    {
        if (loop is not JsonArray { Count: 3 } parts || parts[0] is not JsonValue identifier || parts[2] is not JsonObject fragment
            || !key.StartsWith($"{Function}::", StringComparison.Ordinal) || known(parts[1]) is not JsonArray collection
            || collection.Any(item => item is not JsonValue))
        {
            throw Failed($"{Function} layout is incorrect");
        }

        if ((_turns += collection.Count) > MaxTurns)
        {
            throw Failed($"{Function} writes out more than a template may hold");
        }

        return [.. collection.SelectMany(item => Unroll(
            (JsonObject)LoopVariable.Put(fragment, Json.Scalar(identifier), Json.Scalar(item))!).Select(Detached))];
    }

    private static KeyValuePair<string, JsonNode?> Detached(KeyValuePair<string, JsonNode?> member) =>
        KeyValuePair.Create(member.Key, member.Value?.DeepClone());

    private static TransformFailure Failed(string message) => new(DeclaredTransforms.LanguageExtensions, message);
}
