using System.Text.Json;
using Paco.Linking;
using Paco.Project;
using Paco.Stacks;

namespace Paco.Cli.Views;

/// <summary>What <c>paco synth</c> writes: a template a stack and an index of all of them, the same bytes for the same project.</summary>
internal static class SynthFiles
{
    public const string IndexName = "stacks.json";

    // It is written to its file in pieces of some such length: a writer that is flushed makes a call to the system of it.
    private const int Piece = 64 * 1024;

    /// <summary>Where a stack's template is written, relative to the output directory.</summary>
    public static string FileOf(Stack stack) => $"{stack.Id.Key}.yaml";

    /// <summary>What there is in <see cref="IndexName"/>.</summary>
    public static void WriteIndex(Stream stream, StackGraph graph, PacoProject project)
    {
        var ids = project.Accounts.ToDictionary(a => a.Name, a => a.AccountId, StringComparer.Ordinal);
        using (var json = new Utf8JsonWriter(stream, JsonFields.Indented))
        {
            json.Begin("stacks");
            json.WriteStartArray("stacks");
            foreach (var node in graph.Nodes.OfType<StackNode>())
            {
                Stack(json, node, ids.GetValueOrDefault(node.Id.Place.Account));
                if (json.BytesPending > Piece)
                    json.Flush();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        stream.WriteByte((byte)'\n');
    }

    private static void Stack(Utf8JsonWriter json, StackNode node, string? accountId)
    {
        var stack = node.Stack;
        json.WriteStartObject();
        json.NodeInFull(stack.Id, stack.Title, stack.Ref);
        json.WriteString("accountId", accountId);
        json.WriteBoolean("enabled", stack.Enabled);
        json.WriteString("file", FileOf(stack));
        json.WriteStartArray("parameters");
        foreach (var parameter in stack.Parameters)
            Parameter(json, parameter);
        json.WriteEndArray();
        json.WriteStartObject("tags");
        foreach (var (key, value) in stack.Tags)
            json.WriteString(key, value);
        json.WriteEndObject();
        json.WriteStartObject("outputs");
        foreach (var output in stack.Outputs)
            json.Texts(output.Key, output.Refs);
        json.WriteEndObject();
        json.Nodes("dependsOn", node.DependsOn);
        json.WriteEndObject();
    }

    private static void Parameter(Utf8JsonWriter json, Parameter parameter)
    {
        json.WriteStartObject();
        json.WriteString("name", parameter.Name);
        json.WriteString("type", parameter.Type);
        parameter.Source.Write(json);
        json.WriteEndObject();
    }
}
