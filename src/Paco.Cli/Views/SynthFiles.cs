using System.Text;
using System.Text.Json;
using Paco.CloudFormation;
using Paco.Linking;
using Paco.Project;
using Paco.Stacks;

namespace Paco.Cli.Views;

/// <summary>What <c>paco synth</c> writes: a template a stack and an index of all of them, the same bytes for the same project.</summary>
internal static class SynthFiles
{
    /// <summary>Paths relative to the output directory, with their bytes.</summary>
    public static IEnumerable<(string Path, byte[] Content)> Of(StackGraph graph, PacoProject project)
    {
        foreach (var stack in graph.Stacks)
            yield return (FileOf(stack), Encoding.UTF8.GetBytes(TemplateWriter.ToYaml(stack.Template)));
        yield return ("stacks.json", Index(graph, project));
    }

    private static string FileOf(Stack stack) => $"{stack.Id.Key}.yaml";

    private static byte[] Index(StackGraph graph, PacoProject project)
    {
        var ids = project.Accounts.ToDictionary(a => a.Name, a => a.AccountId, StringComparer.Ordinal);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonFields.Indented))
        {
            json.Begin("stacks");
            json.WriteStartArray("stacks");
            foreach (var node in graph.Nodes.OfType<StackNode>())
                Stack(json, node, ids.GetValueOrDefault(node.Id.Place.Account));
            json.WriteEndArray();
            json.WriteEndObject();
        }
        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
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
