using System.Text.Json.Nodes;
using Paco.CloudFormation;
using Paco.CloudFormation.Schemas;

namespace Paco.Cli.Tests.Golden;

/// <summary>A resource as far as adopting it goes: change one of these and AWS makes another, or loses this one.</summary>
internal sealed record ResourceFacts(string Type, IReadOnlyDictionary<string, string> CreateOnly, string DeletionPolicy);

/// <summary>What must not change about a deployed stack for it to be taken over.</summary>
internal sealed record StackFacts(
    string Name,
    string Account,
    string Region,
    bool Enabled,
    string Ref,
    IReadOnlyDictionary<string, string> Parameters,
    IReadOnlyDictionary<string, string> Outputs,
    IReadOnlyDictionary<string, string> Tags,
    IReadOnlyDictionary<string, ResourceFacts> Resources)
{
    /// <summary>A stack of tests/projects/golden, which the original made from its starter.</summary>
    public static StackFacts OfGolden(JsonObject stack) => new(
        stack["stack"]!.ToString(), stack["account"]!.ToString(), stack["region"]!.ToString(), stack["enabled"]!.GetValue<bool>(),
        stack["ref"]!.ToString(),
        Map(stack["parameters"],
            p => p is JsonArray from
                ? Joined(from.SelectMany(f => f!["outputs"]!.AsArray().Select(o => $"{f["account"]}/{f["stack"]}.{o}")))
                : p!.ToString()),
        Map(stack["outputs"], o => o!.ToString()),
        Map(stack["tags"], t => t!.ToString()),
        Map(stack["resources"],
            r => new ResourceFacts(r!["type"]!.ToString(), Present(Map(r["createOnly"], Canonical)),
                r["deletionPolicy"]?.ToString() ?? "Delete")));

    /// <summary>A stack as <c>paco synth</c> writes it: its entry in stacks.json and its template.</summary>
    public static StackFacts OfSynth(JsonObject entry, string template)
    {
        var parameters = entry["parameters"]!.AsArray().ToDictionary(p => p!["name"]!.ToString(), p => p!.AsObject());
        var resources = TemplateReader.Read(template)!.ToJson()[nameof(Resources)]!.AsObject();
        return new(
            entry["name"]!.ToString(), entry["account"]!.ToString(), entry["region"]!.ToString(), entry["enabled"]!.GetValue<bool>(),
            entry["ref"]!.ToString(),
            parameters.ToDictionary(p => p.Key, p => From(p.Value) is { Length: > 0 } from ? Joined(from) : "literal"),
            Map(entry["outputs"], o => Joined(o!.AsArray().Select(r => r!.ToString()))),
            Map(entry["tags"], t => t!.ToString()),
            Map(resources, r => OfResource(r!.AsObject(), parameters)));
    }

    private static ResourceFacts OfResource(JsonObject resource, Dictionary<string, JsonObject> parameters)
    {
        var type = resource["Type"]!.ToString();
        var schema = ResourceSchemas.Shared.Find(type);
        var properties = (resource["Properties"] as JsonObject ?? []).Where(p => schema?.IsCreateOnly(p.Key) == true);
        return new(type, properties.ToDictionary(p => p.Key, p => Canonical(Resolved(p.Value!, parameters))),
            resource["DeletionPolicy"]?.ToString() ?? "Delete");
    }

    /// <summary>The outputs a parameter's value comes from; none for a value from the files.</summary>
    private static string[] From(JsonObject parameter) => parameter switch
    {
        _ when parameter["from"] is { } from => [$"{AccountAndName(from["node"]!.ToString().Split('/'))}.{from["output"]}"],
        _ when parameter["list"] is JsonArray items => [.. items.SelectMany(i => From(i!.AsObject()))],
        _ => [],
    };

    private static string AccountAndName(string[] node) => $"{node[0]}/{node[2]}";

    // A parameter stands for its value: its name alone tells AWS nothing.
    private static JsonNode Resolved(JsonNode node, Dictionary<string, JsonObject> parameters) => node switch
    {
        JsonObject { Count: 1 } o when o[nameof(Ref)] is { } name && parameters.TryGetValue(name.ToString(), out var parameter) =>
            From(parameter) is { Length: > 0 } from
                ? new JsonObject
                {
                    ["output"] = new JsonArray([.. from.Select(f => (JsonNode)f[(f.IndexOf('/', StringComparison.Ordinal) + 1)..])]),
                }
                : parameter["value"]?.DeepClone() ?? "looked up",
        JsonObject o => new JsonObject(o.Select(e => KeyValuePair.Create(e.Key, (JsonNode?)Resolved(e.Value!, parameters)))),
        JsonArray a => new JsonArray([.. a.Select(e => Resolved(e!, parameters))]),
        _ => node.DeepClone(),
    };

    private static string Canonical(JsonNode? node) => node switch
    {
        JsonObject o =>
            $"{{{string.Join(", ", o.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Key}: {Canonical(e.Value)}"))}}}",
        JsonArray a => $"[{string.Join(", ", a.Select(Canonical))}]",
        null => "null",
        _ => node.ToString(),
    };

    private static Dictionary<string, string> Present(Dictionary<string, string> properties) =>
        properties.Where(p => p.Value != "{Ref: AWS::NoValue}").ToDictionary();

    private static string Joined(IEnumerable<string> texts) => string.Join(",", texts.Order(StringComparer.Ordinal));

    private static Dictionary<string, T> Map<T>(JsonNode? map, Func<JsonNode?, T> value) =>
        map is JsonObject o ? o.ToDictionary(e => e.Key, e => value(e.Value)) : [];
}
