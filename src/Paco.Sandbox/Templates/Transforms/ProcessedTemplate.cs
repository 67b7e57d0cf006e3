using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Templates.Transforms;

/// <summary>A template after all its transforms: its text, or why there is none.</summary>
/// <param name="Text">JSON, without the section Transform; where they failed, a template without anything.</param>
/// <param name="Failure">The status reason of the stack or change set; null where all went well.</param>
internal sealed record ProcessedTemplate(string Text, string? Failure)
{
    // Enough to show that nothing came of it, and to be read by whoever reads a stack's template.
    private const string Nothing = "{}";

    /// <summary>Carries the transforms out: includes within sections, then what is declared at the top.</summary>
    public static ProcessedTemplate Of(Store store, string account, Template template, Bindings bindings)
    {
        try
        {
            var known = new Evaluator(template, bindings);
            var root = new Includes(store, account, known.Evaluate).Into(template.Root);
            var extended = DeclaredTransforms.AtTop(root).Any(t => DeclaredTransforms.Name(t) == DeclaredTransforms.LanguageExtensions);
            root = extended ? LanguageExtensions.Apply(root, bindings) : root;
            root.Remove("Transform");
            TemplateChecks.Check(Template.Of(root), extended);
            return new(root.ToText(), null);
        }
        catch (Exception e) when (e is TransformFailure or AwsError)
        {
            return new(Nothing, e.Message);
        }
    }
}
