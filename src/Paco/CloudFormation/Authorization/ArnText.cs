using System.Text.RegularExpressions;

namespace Paco.CloudFormation.Authorization;

/// <summary>
/// What can be said beforehand of a text that a template puts together, or that IAM does (<c>${aws:username}</c>): <c>*</c> stands for
/// what is only known to AWS.
/// </summary>
internal static partial class ArnText
{
    // arn:partition:service:region:account:resource
    private const int Parts = 6;

    public static string Of(Value value) => value switch
    {
        TextValue text => Substituted(text.Text),
        FunctionValue { Name: "Fn::Sub", Argument: TextValue template } => Substituted(template.Text),
        FunctionValue { Name: "Fn::Sub", Argument: ListValue { Items: [TextValue template, ..] } } => Substituted(template.Text),
        FunctionValue { Name: "Fn::Join", Argument: ListValue { Items: [TextValue between, ListValue parts] } } =>
            string.Join(between.Text, parts.Items.Select(Of)),
        _ => "*",
    };

    /// <summary>Whether two patterns of ARNs have an ARN in common. What stands for one part of it does not reach into the next.</summary>
    public static bool Meet(string one, string other)
    {
        var (left, right) = (one.Split(':', Parts), other.Split(':', Parts));
        return left.Length == Parts && right.Length == Parts
            ? left.Zip(right).All(part => Glob.Meet(part.First, part.Second))
            : Glob.Meet(one, other);
    }

    private static string Substituted(string text) => text.Contains("${", StringComparison.Ordinal) ? Name().Replace(text, "*") : text;

    [GeneratedRegex(@"\$\{[^}]*\}")]
    private static partial Regex Name();
}
