using System.Text.Json.Nodes;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Templates.Transforms;

/// <summary>The transforms a template asks for, at its top and within its sections.</summary>
internal static class DeclaredTransforms
{
    public const string LanguageExtensions = "AWS::LanguageExtensions";
    public const string Include = "AWS::Include";

    private const string Section = "Transform";
    private const string Embedded = "Fn::Transform";

    /// <summary>Their names, those of the top first.</summary>
    public static List<string> Of(Template template) =>
        [.. AtTop(template.Root).Select(Name).Concat(Within(template.Root).Select(Name)).Distinct()];

    /// <summary>The declarations at the top, in the order they are carried out.</summary>
    public static IEnumerable<JsonNode> AtTop(JsonObject root) => root[Section] switch
    {
        null => [],
        JsonArray several => several.OfType<JsonNode>(),
        var one => [one],
    };

    /// <summary>All that can be said of a template whose parameters nobody knows. Throws AWS's words.</summary>
    public static void Check(Template template)
    {
        Refuse(template);
        if (Of(template).Count > 0)
        {
            TemplateChecks.CheckUnprocessed(template);
        }
        else
        {
            TemplateChecks.Check(template);
        }
    }

    // What no rehearsal can carry out: somebody's own code, and SAM.
    private static void Refuse(Template template)
    {
        foreach (var name in Of(template))
        {
            if (name is not (LanguageExtensions or Include))
            {
                throw AwsError.NotEmulated($"the transform {name}");
            }
        }

        if (Within(template.Root).Any(t => Name(t) == LanguageExtensions))
        {
            throw AwsError.Validation($"{LanguageExtensions} can only be declared at the top level of a template.");
        }
    }

    public static string Name(JsonNode declared) => declared switch
    {
        JsonValue text => Json.Scalar(text),
        JsonObject map when map["Name"] is JsonValue name => Json.Scalar(name),
        _ => throw AwsError.Validation("Template format error: every Transform must be a string or an object with a Name."),
    };

    private static IEnumerable<JsonNode> Within(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(p => p.Key == Embedded && p.Value is { } transform ? [transform] : Within(p.Value)),
        JsonArray items => items.SelectMany(Within),
        _ => [],
    };
}
