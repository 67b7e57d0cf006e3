using System.Text.Json.Nodes;

namespace Paco.Sandbox.Templates.Transforms;

/// <summary>Fn::ForEach: a fragment written out once for each item of a collection.</summary>
/// <param name="known">Evaluates a collection.</param>
internal sealed class Loops(Func<JsonNode?, JsonNode?> known)
{
    public const string Function = "Fn::ForEach";

    // What a template may be lies far below; this only keeps loops within loops from filling the memory.
    private const int MaxTurns = 20_000;

    /// <summary>How many loops may stand within each other.</summary>
    public const int MaxDepth = 5;

    private int _turns;

    /// <summary>The keys of all loops below a node, as often as they are written.</summary>
    public static IEnumerable<string> Names(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(p => IsLoop(p.Key) ? Names(p.Value).Prepend(p.Key) : Names(p.Value)),
        JsonArray items => items.SelectMany(Names),
        _ => [],
    };

    public static int Depth(JsonNode? node) => node switch
    {
        JsonObject map => map.Select(p => Depth(p.Value) + (IsLoop(p.Key) ? 1 : 0)).DefaultIfEmpty().Max(),
        JsonArray items => items.Select(Depth).DefaultIfEmpty().Max(),
        _ => 0,
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
        if (!key.StartsWith($"{Function}::", StringComparison.Ordinal) || loop is not JsonArray { Count: 3 } parts
            || parts[2] is not JsonObject fragment || parts[1] is JsonValue || Identifiers(parts[0]) is not { } identifiers)
        {
            throw Failed($"{Function} layout is incorrect");
        }

        var items = Items(known(parts[1]), identifiers.Count)
            ?? throw Failed($"Could not find a collection or could not be resolved for {Function}");

        if ((_turns += items.Count) > MaxTurns)
        {
            throw Failed($"{Function} writes out more than a template may hold");
        }

        return [.. items.SelectMany(values => Unroll(identifiers.Zip(values).Aggregate(fragment,
            (text, one) => LoopVariable.Fragment(text, one.First, one.Second))).Select(Detached))];
    }

    /// <summary>One name, or a list of several that each item has values for; a name may be a parameter's value.</summary>
    private List<string>? Identifiers(JsonNode? written) => written switch
    {
        JsonValue one => [Json.Scalar(one)],
        JsonArray { Count: > 1 } several when several.Select(known).ToList() is var names && names.All(n => n is JsonValue) =>
            [.. names.Select(Json.Scalar)],
        _ => null,
    };

    /// <summary>The values of each turn: of a list its items, of a map each name with its value.</summary>
    private static List<List<string>>? Items(JsonNode? collection, int identifiers) => (collection, identifiers) switch
    {
        (JsonArray list, 1) when list.All(item => item is JsonValue) => [.. list.Select(item => new List<string> { Json.Scalar(item) })],
        (JsonArray list, > 1) when list.All(
            item => item is JsonArray values && values.Count == identifiers && values.All(v => v is JsonValue)) =>
            [.. list.Select(item => item!.AsArray().Select(Json.Scalar).ToList())],
        (JsonObject map, 2) when !Intrinsics.IsFunction(map, out _, out _) && map.All(p => p.Value is JsonValue) =>
            [.. map.Select(p => new List<string> { p.Key, Json.Scalar(p.Value) })],
        _ => null,
    };

    private static KeyValuePair<string, JsonNode?> Detached(KeyValuePair<string, JsonNode?> member) =>
        KeyValuePair.Create(member.Key, member.Value?.DeepClone());

    private static TransformFailure Failed(string message) => new(DeclaredTransforms.LanguageExtensions, message);
}
