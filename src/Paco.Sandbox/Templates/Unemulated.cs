using System.Text.Json.Nodes;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Templates;

/// <summary>What a template may say on AWS and means nothing here: it is refused at the call, by the sandbox's own code.</summary>
internal static class Unemulated
{
    public static void Refuse(Template template)
    {
        foreach (var section in (string[])["Rules", "Hooks"])
        {
            if (template.Root[section] is JsonObject { Count: > 0 })
            {
                throw AwsError.NotEmulated($"the section {section} of templates");
            }
        }

        if (template.Root.Where(s => s.Key != "Metadata").SelectMany(s => Functions(s.Value)).FirstOrDefault(f => !Evaluator.Knows(f))
            is { } function)
        {
            throw AwsError.NotEmulated($"the function {function}");
        }
    }

    private static IEnumerable<string> Functions(JsonNode? node) => node switch
    {
        JsonObject map => map.Where(p => p.Key.StartsWith("Fn::", StringComparison.Ordinal)).Select(p => p.Key)
            .Concat(map.SelectMany(p => Functions(p.Value))),
        JsonArray items => items.SelectMany(Functions),
        _ => [],
    };
}
