using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Templates.Transforms;

/// <summary>A template after all its transforms: its text, or why there is none.</summary>
/// <param name="Text">JSON, without the section Transform; where they failed, a template without anything.</param>
/// <param name="Failure">The status reason of the stack or change set; null where all went well.</param>
internal sealed partial record ProcessedTemplate(string Text, string? Failure)
{
    /// <summary>Carries the transforms out: includes within sections, then what is declared at the top.</summary>
    public static ProcessedTemplate Of(Store store, string account, Template template, Bindings bindings)
    {
        try
        {
            var known = new Evaluator(template, bindings);
            var root = new Includes(store, account, known.Evaluate).Into(template.Root);
            RefuseNestedVariables(root);
            var extended = DeclaredTransforms.AtTop(root).Any(t => DeclaredTransforms.Name(t) == DeclaredTransforms.LanguageExtensions);
            root = extended ? LanguageExtensions.Apply(root, bindings) : root;
            root.Remove("Transform");
            TemplateChecks.Check(Template.Of(root), extended);
            return new(root.ToText(), null);
        }
        catch (Exception e) when (e is TransformFailure or AwsError { IsNotEmulated: false })
        {
            return Failed(template, e.Message);
        }
    }

    /// <summary>Nothing comes of it.</summary>
    public static ProcessedTemplate Failed(Template template, string reason) => new(Nothing(template), reason);

    /// <summary>What there is to read of a template that nothing came of.</summary>
    private static string Nothing(Template template) => new JsonObject
    {
        ["Description"] = template.Description,
        ["Parameters"] = template.Parameters.DeepClone(),
    }.ToText();

    /// <summary>A variable cannot be named by another one: <c>${Topic${Name}}</c>.</summary>
    private static void RefuseNestedVariables(JsonNode root)
    {
        if (Intrinsics.SubTexts(root).Any(text => NestedVariable().IsMatch(text)))
        {
            throw AwsError.Validation(
                "Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons");
        }
    }

    [GeneratedRegex(@"\$\{[^}]*\$\{")]
    private static partial Regex NestedVariable();
}
