using System.Text.Json;
using System.Text.Json.Nodes;
using Paco.Sandbox.Services.S3;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Templates.Transforms;

/// <summary>AWS::Include: the contents of an object of the sandbox's own S3 in the place of the transform.</summary>
/// <param name="known">Evaluates a location that is written with functions.</param>
internal sealed class Includes(Store store, string account, Func<JsonNode?, JsonNode?> known)
{
    private const string NoText = "The specified S3 object's content should be valid Yaml/JSON";

    /// <summary>The template with all snippets in their places, those within sections before those of the top.</summary>
    public JsonObject Into(JsonObject root)
    {
        var whole = new JsonObject(root.Select(p => KeyValuePair.Create(p.Key, Within(p.Value))));
        foreach (var declared in DeclaredTransforms.AtTop(root).Where(t => DeclaredTransforms.Name(t) == DeclaredTransforms.Include))
        {
            Merge(whole, Snippet(declared));
        }

        return whole;
    }

    private JsonNode? Within(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                var members = new JsonObject();
                foreach (var (key, value) in map.Where(p => p.Key != "Fn::Transform"))
                {
                    members[key] = Within(value);
                }

                return map["Fn::Transform"] is { } declared ? Placed(members, declared) : members;
            case JsonArray items:
                return new JsonArray([.. items.Select(Within)]);
            default:
                return node?.DeepClone();
        }
    }

    /// <summary>A snippet alone in its place may be of any form; beside others it is merged with them.</summary>
    private JsonNode Placed(JsonObject members, JsonNode declared)
    {
        var snippet = Snippet(declared);
        if (members.Count == 0)
        {
            return snippet;
        }

        Merge(members, snippet);
        return members;
    }

    /// <summary>What is written in the template itself counts before what is included.</summary>
    private static void Merge(JsonObject into, JsonNode snippet)
    {
        foreach (var (key, value) in snippet as JsonObject ?? throw Failed(NoText))
        {
            if (into[key] is JsonObject present && value is JsonObject further)
            {
                Merge(present, further);
            }
            else if (!into.ContainsKey(key))
            {
                into[key] = value?.DeepClone();
            }
        }
    }

    private JsonNode Snippet(JsonNode declared)
    {
        var written = ((declared as JsonObject)?["Parameters"] as JsonObject)?["Location"];
        var location = known(written) is JsonValue text ? Json.Scalar(text) : "";
        if (!location.StartsWith("s3://", StringComparison.Ordinal) || location[5..].Split('/', 2) is not [var bucket, { Length: > 0 } key])
        {
            throw Failed("The location parameter is not a valid S3 uri.");
        }

        if (store.FindBucket(bucket) is not { } owner)
        {
            throw Failed($"S3 bucket [{bucket}] does not exist.");
        }

        return owner.Account != account ? throw Failed($"Access denied for S3 bucket [{bucket}].")
            : Parse(store.FindObject(bucket, key, null)?.Content ?? throw Failed($"S3 key [{key}] does not exist."));
    }

    /// <summary>Short tags (<c>!Ref</c>) and further includes are no text AWS takes here.</summary>
    private static JsonNode Parse(byte[] content)
    {
        var text = System.Text.Encoding.UTF8.GetString(content);
        try
        {
            var snippet = text.AsSpan().TrimStart().StartsWith("{") ? Json.Read(text) : YamlText.Read(text, tags: false);
            return snippet is JsonObject or JsonArray && !snippet.ToJsonString().Contains("\"Fn::Transform\"", StringComparison.Ordinal)
                ? snippet : throw Failed(NoText);
        }
        catch (Exception e) when (e is JsonException or AwsError)
        {
            throw Failed(NoText);
        }
    }

    private static TransformFailure Failed(string message) => new(DeclaredTransforms.Include, message);
}
