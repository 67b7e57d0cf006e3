using System.Text.Json.Nodes;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Templates.Transforms;

/// <summary>What only AWS::LanguageExtensions understands, in a template that does not declare it.</summary>
internal static class ExtendedFunctions
{
    private const string Keys =
        "Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value";

    private const string Supported =
        "[Fn::Base64, Fn::GetAtt, Fn::GetAZs, Fn::ImportValue, Fn::Join, Fn::Split, Fn::FindInMap, Fn::Select, Ref, Fn::Equals, Fn::If, "
            + "Fn::Not, Condition, Fn::And, Fn::Or, Fn::Contains, Fn::EachMemberEquals, Fn::EachMemberIn, Fn::ValueOf, Fn::ValueOfAll, "
            + "Fn::RefAll, Fn::Sub, Fn::Cidr]";

    public static void Refuse(Template template)
    {
        if (template.Resources.Select(r => r.Key).FirstOrDefault(Loops.IsLoop) is { } loop)
        {
            throw AwsError.Validation($"Template format error: [/Resources/{loop}] resource definition is malformed");
        }

        foreach (var node in new[] { template.Conditions, template.Resources, template.Outputs })
        {
            Refuse(node);
        }
    }

    private static void Refuse(JsonNode? node)
    {
        foreach (var (key, value) in node as JsonObject ?? [])
        {
            if (key is "Fn::Length" or "Fn::ToJsonString" || Loops.IsLoop(key))
            {
                throw AwsError.Validation($"Template error: Encountered unsupported function: {key} Supported functions are: {Supported}");
            }

            if (key == "Fn::FindInMap" && !IsPlain(value))
            {
                throw AwsError.Validation(Keys);
            }

            Refuse(value);
        }

        foreach (var item in node as JsonArray ?? [])
        {
            Refuse(item);
        }
    }

    /// <summary>Three texts, each written, a parameter's or out of another map.</summary>
    private static bool IsPlain(JsonNode? argument) => argument is JsonArray { Count: 3 } parts && parts.All(part => part is JsonValue
        || (Intrinsics.IsFunction(part, out var name, out _) && name is "Ref" or "Fn::FindInMap"));
}
