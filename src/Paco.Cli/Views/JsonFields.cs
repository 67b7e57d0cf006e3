using System.Text.Encodings.Web;
using System.Text.Json;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Cli.Views;

/// <summary>
/// What all documents for programs have in common: how they begin, how nodes, lines of the project and lists are written.
/// </summary>
internal static class JsonFields
{
    /// <summary>The version of all formats: it rises when a field or a word goes or means something else, not when one comes.</summary>
    public const int Format = 1;

    /// <summary>For a document that a person may look into.</summary>
    public static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };

    /// <summary>For a document that is one line among others.</summary>
    public static readonly JsonWriterOptions OneLine = Indented with { Indented = false };

    /// <summary>Opens a document with its format and its type.</summary>
    public static void Begin(this Utf8JsonWriter json, string type)
    {
        json.WriteStartObject();
        json.WriteNumber("format", Format);
        json.WriteString("type", type);
    }

    /// <summary>The node that the object at hand is about or belongs to.</summary>
    public static void Node(this Utf8JsonWriter json, NodeId node) => json.WriteString("node", node.Key);

    public static void Nodes(this Utf8JsonWriter json, string name, IEnumerable<NodeId> nodes) =>
        json.Texts(name, nodes.Select(n => n.Key));

    /// <summary>A node with its parts and names, in the one table of a document that lists the nodes.</summary>
    public static void NodeInFull(this Utf8JsonWriter json, NodeId node, string title, string reference)
    {
        json.Node(node);
        json.WriteString("account", node.Place.Account);
        json.WriteString("region", node.Place.Region);
        json.WriteString("name", node.Name);
        json.WriteString("title", title);
        json.WriteString("ref", reference);
    }

    public static void Texts(this Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>A field that is left out where it has no value.</summary>
    public static void Optional(this Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
            json.WriteString(name, text);
    }

    /// <summary>The line of the project that something comes from, where there is one.</summary>
    public static void Source(this Utf8JsonWriter json, Location? source) =>
        json.Optional("source", source is { IsNone: false } known ? known.ToString() : null);

    public static void Seconds(this Utf8JsonWriter json, string name, TimeSpan time) =>
        json.WriteNumber(name, Math.Round(time.TotalSeconds, 3));
}
