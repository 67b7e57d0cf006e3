using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudFormation;

/// <summary>The types a request says it works with: a template with any other is refused.</summary>
internal static class ResourceTypes
{
    /// <param name="allowed"><c>AWS::SNS::Topic</c>, <c>AWS::EC2::*</c>, <c>AWS::*</c>, <c>Custom::*</c>; empty where all are.</param>
    public static void Refuse(Template template, List<string> allowed)
    {
        if (allowed.Count > 0 && template.Resources.Select(r => template.Type(r.Key)).FirstOrDefault(
            type => !allowed.Exists(pattern => Covers(pattern, type))) is { } other)
        {
            throw AwsError.Validation(
                $"Resource type {other} is not allowed by parameter ResourceTypes [{string.Join(", ", allowed)}]");
        }
    }

    // A star stands for what follows a service's colons, and nowhere else: AWS::EC2:* is the name of no type.
    private static bool Covers(string pattern, string type) => pattern.EndsWith("::*", StringComparison.Ordinal)
        ? type.StartsWith(pattern[..^1], StringComparison.Ordinal)
        : pattern == type;
}
