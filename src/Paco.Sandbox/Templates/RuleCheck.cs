using System.Text.Json.Nodes;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Templates;

/// <summary>
/// The section Rules: what parameters must be to each other. The CDK writes one into each template, about the version of its bootstrap
/// stack. AWS says the description of the assertion that fails.
/// </summary>
internal static class RuleCheck
{
    /// <param name="parameters">Values by name.</param>
    /// <param name="pseudo"><c>AWS::Region</c> and those that are known before there is a stack.</param>
    public static void Refuse(Template template, IReadOnlyDictionary<string, JsonNode> parameters,
        IReadOnlyDictionary<string, JsonNode> pseudo)
    {
        if (template.Root["Rules"] is not { } rules)
        {
            return;
        }

        var evaluator = new Evaluator(template, new Bindings
        {
            Parameters = parameters,
            Pseudo = pseudo,
            Ref = name => throw Elsewhere(name),
            GetAtt = (name, _) => throw Elsewhere(name),
            Import = name => throw Elsewhere(name),
        });
        foreach (var (name, node) in rules as JsonObject ?? throw AwsError.Validation("Template format error: Rules must be an object."))
        {
            Refuse(evaluator, name, node as JsonObject ?? []);
        }
    }

    private static void Refuse(Evaluator evaluator, string name, JsonObject rule)
    {
        var assertions = rule["Assertions"] as JsonArray
            ?? throw AwsError.Validation($"Template format error: Rule {name} must have Assertions.");
        if (rule["RuleCondition"] is { } condition && !evaluator.Holds(condition))
        {
            return;
        }

        if (assertions.FirstOrDefault(a => !evaluator.Holds(a?["Assert"])) is { } broken)
        {
            throw AwsError.Validation(
                broken["AssertDescription"]?.ToString() ?? $"Template error: an assertion of the rule {name} does not hold");
        }
    }

    private static AwsError Elsewhere(string name) =>
        AwsError.Validation($"Template error: rules can only refer to parameters, not to {name}");
}
