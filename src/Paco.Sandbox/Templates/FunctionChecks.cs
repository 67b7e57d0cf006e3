using System.Text.Json.Nodes;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Templates;

/// <summary>What CloudFormation says of functions before it evaluates any: operands of conditions, maps that are not there.</summary>
internal static class FunctionChecks
{
    public static void Check(Template template)
    {
        foreach (var (name, argument) in Functions(template.Conditions))
        {
            Operands(name, argument);
        }

        foreach (var (name, argument) in new[] { template.Conditions, template.Resources, template.Outputs }.SelectMany(Functions))
        {
            Map(template, name, argument);
            Choice(template, name, argument);
        }
    }

    private static void Operands(string name, JsonNode? argument)
    {
        var count = (argument as JsonArray)?.Count ?? 0;
        switch (name)
        {
            case "Fn::Equals" when count != 2:
                throw AwsError.Validation("Template error: every Fn::Equals object requires a list of 2 string parameters.");
            case "Fn::Not" when count != 1:
                throw AwsError.Validation("Template error: every Fn::Not object requires one boolean parameter.");
            case "Fn::And" or "Fn::Or" when count is < 2 or > 10:
                throw AwsError.Validation(
                    $"Template error: every {name} object requires a list of at least 2 and at most 10 boolean parameters.");
        }
    }

    private static void Map(Template template, string name, JsonNode? argument)
    {
        if (name == "Fn::FindInMap" && argument is JsonArray { Count: 3 } keys && keys[0] is JsonValue map
            && !template.Mappings.ContainsKey(map.ToString()))
        {
            throw AwsError.Validation($"Template error: Mapping named '{map}' is not present in the 'Mappings' section of template.");
        }
    }

    private static void Choice(Template template, string name, JsonNode? argument)
    {
        if (name == "Fn::If" && argument is JsonArray { Count: > 0 } parts && parts[0] is JsonValue condition
            && !template.Conditions.ContainsKey(condition.ToString()))
        {
            throw AwsError.Validation($"Template error: unresolved condition dependency {condition} in Fn::If");
        }
    }

    // All functions below a node, from the outside in.
    private static IEnumerable<(string Name, JsonNode? Argument)> Functions(JsonNode? node)
    {
        if (Intrinsics.IsFunction(node, out var name, out var argument))
        {
            yield return (name, argument);
        }

        var children = node switch { JsonObject map => map.Select(p => p.Value), JsonArray items => items, _ => [] };
        foreach (var inner in children.SelectMany(Functions))
        {
            yield return inner;
        }
    }
}
