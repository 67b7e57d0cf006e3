using System.Text.Json;
using System.Text.Json.Nodes;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>JSON Patch (RFC 6902), as Cloud Control takes it.</summary>
internal static class JsonPatch
{
    /// <summary>A patched copy. Throws AWS's ValidationException for a patch that does not fit.</summary>
    public static JsonObject Apply(JsonObject document, string patch)
    {
        var root = document.DeepClone();
        foreach (var step in Read(patch))
        {
            var (path, from) = (Parts(step["path"]?.ToString()), step["from"]?.ToString());
            root = step["op"]?.ToString() switch
            {
                "add" => Set(root, path, step["value"], isNew: true),
                "replace" => Set(root, path, step["value"], isNew: false),
                "remove" => Remove(root, path),
                "copy" => Set(root, path, Get(root, Parts(from)), isNew: true),
                "move" => Set(Remove(root, Parts(from), out var moved), path, moved, isNew: true),
                "test" when Json.Same(Get(root, path), step["value"]) => root,
                "test" => throw Unfit($"the value at {step["path"]} is another"),
                var other => throw Unfit($"there is no operation \"{other}\""),
            };
        }

        return root as JsonObject ?? throw Unfit("the result is no object");
    }

    private static List<JsonObject> Read(string patch)
    {
        try
        {
            return Json.Read(patch) is JsonArray steps
                ? [.. steps.Select(s => s as JsonObject ?? throw new JsonException())]
                : throw new JsonException();
        }
        catch (JsonException)
        {
            throw Unfit("it is not an array of operations");
        }
    }

    private static string[] Parts(string? pointer) => pointer is { Length: > 1 } && pointer[0] == '/'
        ? [.. pointer[1..].Split('/')
            .Select(p => p.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))]
        : throw Unfit("every operation needs a path such as /Name");

    private static JsonNode? Get(JsonNode? root, string[] path) => Child(Parent(root, path), path[^1], out _);

    private static JsonNode? Set(JsonNode? root, string[] path, JsonNode? value, bool isNew)
    {
        switch (Parent(root, path))
        {
            case JsonObject map when isNew || map.ContainsKey(path[^1]):
                map[path[^1]] = value?.DeepClone();
                return root;
            case JsonArray items when isNew && path[^1] == "-":
                items.Add(value?.DeepClone());
                return root;
            case JsonArray items when int.TryParse(path[^1], out var i) && i >= 0 && i <= items.Count - (isNew ? 0 : 1):
                if (!isNew)
                {
                    items.RemoveAt(i);
                }

                items.Insert(i, value?.DeepClone());
                return root;
            default:
                throw Unfit($"there is nothing at /{string.Join('/', path)}");
        }
    }

    private static JsonNode? Remove(JsonNode? root, string[] path) => Remove(root, path, out _);

    private static JsonNode? Remove(JsonNode? root, string[] path, out JsonNode? removed)
    {
        var parent = Parent(root, path);
        removed = Child(parent, path[^1], out var at)?.DeepClone();
        if (parent is JsonArray items)
        {
            items.RemoveAt(at);
        }
        else
        {
            ((JsonObject)parent!).Remove(path[^1]);
        }

        return root;
    }

    private static JsonNode? Parent(JsonNode? root, string[] path)
    {
        foreach (var part in path[..^1])
        {
            root = Child(root, part, out _);
        }

        return root;
    }

    private static JsonNode? Child(JsonNode? parent, string name, out int at)
    {
        at = -1;
        return parent switch
        {
            JsonObject map when map.TryGetPropertyValue(name, out var child) => child,
            JsonArray items when int.TryParse(name, out at) && at >= 0 && at < items.Count => items[at],
            _ => throw Unfit($"there is no {name}"),
        };
    }

    private static AwsError Unfit(string why) => new("ValidationException", $"Invalid patch document: {why}.");
}
