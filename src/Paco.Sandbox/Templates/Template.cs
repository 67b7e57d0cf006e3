using System.Text.Json;
using System.Text.Json.Nodes;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Templates;

/// <summary>A template's parsed text. The sections are JSON whether it was written in JSON or YAML.</summary>
internal sealed class Template
{
    private static readonly JsonObject Nothing = [];

    private Template(JsonObject root) => Root = root;

    public JsonObject Root { get; }

    public string? Description => Root[nameof(Description)]?.ToString();

    public JsonObject Parameters => Section(nameof(Parameters));

    public JsonObject Mappings => Section(nameof(Mappings));

    public JsonObject Conditions => Section(nameof(Conditions));

    public JsonObject Resources => Section(nameof(Resources));

    public JsonObject Outputs => Section(nameof(Outputs));

    /// <summary>What a transform made of one.</summary>
    public static Template Of(JsonObject root) => new(root);

    /// <summary>Reads JSON or YAML; throws a ValidationError in AWS's words for what is neither.</summary>
    public static Template Parse(string text)
    {
        var node = text.AsSpan().TrimStart().StartsWith("{") ? Json(text) : YamlText.Read(text);
        return node is JsonObject root
            ? new Template(root)
            : throw AwsError.Validation("Template format error: unsupported structure.");
    }

    public JsonObject Resource(string logical) => Resources[logical]!.AsObject();

    public string Type(string logical) => Resources[logical]!["Type"]!.ToString();

    private JsonObject Section(string name) => Root[name] as JsonObject ?? Nothing;

    private static JsonNode? Json(string text)
    {
        try
        {
            return Templates.Json.Read(text);
        }
        catch (JsonException)
        {
            // Flow-style YAML begins with a brace too.
            return YamlText.Read(text);
        }
    }
}
