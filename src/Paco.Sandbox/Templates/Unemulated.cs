using System.Text.Json.Nodes;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Templates;

/// <summary>What a template may say on AWS and means nothing here: it is refused at the call, by the sandbox's own code.</summary>
internal static class Unemulated
{
    public static void RefuseSections(Template template)
    {
        if (template.Root["Hooks"] is JsonObject { Count: > 0 })
        {
            throw AwsError.NotEmulated("the section Hooks of templates");
        }
    }

    public static void RefuseFunctions(Template template)
    {
        // Rules have functions of their own.
        if (template.Root.Where(s => s.Key is not ("Metadata" or "Rules")).SelectMany(s => Functions(s.Value))
            .FirstOrDefault(f => !Evaluator.Knows(f)) is { } function)
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
