using System.IO.Enumeration;

namespace Paco.Tests.Rights.Evaluation;

/// <summary>Whether a text fits what a policy writes: <c>*</c> is any text, <c>?</c> any one character.</summary>
internal static class Wildcards
{
    // arn:partition:service:region:account:resource
    private const int ArnParts = 6;

    // FileSystemName takes an empty text for no name at all.
    public static bool Fits(string pattern, string text, bool ignoreCase = false) => text.Length == 0
        ? pattern.All(c => c == '*')
        : FileSystemName.MatchesSimpleExpression(pattern.Replace(@"\", @"\\", StringComparison.Ordinal), text, ignoreCase);

    /// <summary>The six parts of an ARN are compared one by one: a <c>*</c> does not reach into the next.</summary>
    public static bool FitsArn(string pattern, string arn)
    {
        var (left, right) = (pattern.Split(':', ArnParts), arn.Split(':', ArnParts));
        return left.Length == ArnParts && right.Length == ArnParts && left.Zip(right).All(part => Fits(part.First, part.Second));
    }

    /// <summary>A statement's resource: <c>*</c> alone is everything, also what is no ARN.</summary>
    public static bool FitsResource(string pattern, string resource) => pattern == "*" || FitsArn(pattern, resource);
}
