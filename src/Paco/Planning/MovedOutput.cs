using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Linking;

namespace Paco.Planning;

/// <summary>An output that this run gives another value, or may give one.</summary>
/// <param name="Causes">What moves it, as people read it.</param>
/// <param name="Value">What it will say, where the template alone says it; null where that comes of a resource.</param>
internal sealed record MovedOutput(Movement Movement, ImmutableArray<string> Causes, string? Value)
{
    /// <summary>The outputs of a stack that do not stay, by key.</summary>
    /// <param name="inputs">What moves the stack's own parameters: an output may hand one of them on.</param>
    public static ImmutableDictionary<string, MovedOutput> Of(StackNode node, TemplateComparison compared, MovedInputs inputs)
    {
        var moved = ImmutableDictionary.CreateBuilder<string, MovedOutput>(StringComparer.Ordinal);
        foreach (var output in node.Stack.Template.Outputs)
        {
            var (movement, causes, value) = TemplateDiff.MovementOfOutput(output.Key, compared);
            if (movement != Movement.Stays)
            {
                moved[output.Key] = new MovedOutput(movement, Named(node.Title, output.Key, causes, inputs),
                    PlannedValues.IsMasked(value) ? null : value);
            }
        }
        return moved.ToImmutable();
    }

    public static string Named(string title, string reference) => $"{title} ▸ {reference}";

    private static ImmutableArray<string> Named(string title, string key, ImmutableArray<string> causes, MovedInputs inputs) =>
        causes.IsEmpty
            ? [Named(title, key)]
            : [.. causes.SelectMany(c => inputs.CausesOf(c) is { IsEmpty: false } outside ? outside : [Named(title, c)]).Distinct()];
}
