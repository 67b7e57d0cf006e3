namespace Paco.Global.GitHub;

/// <summary>Names of branches and environments, as they may stand in the policy of a role.</summary>
internal static class RefName
{
    private const int LongestEnvironment = 255;
    private const string Heads = "refs/";

    /// <summary>Why it is none; null where it is one. Source: git check-ref-format.</summary>
    public static string? ProblemWithBranch(string name) => name switch
    {
        _ when name.StartsWith(Heads, StringComparison.Ordinal) => "write it as git branch shows it, without refs/heads/",
        "" or "@" => "git has no branch of that name",
        _ when name.Any(c => c <= ' ' || c == '\u007f' || "~^:[\\".Contains(c, StringComparison.Ordinal))
            || name.Contains("..", StringComparison.Ordinal) || name.Contains("@{", StringComparison.Ordinal)
            || name.Split('/').Any(part => part.Length == 0 || part[0] == '.' || part.EndsWith(".lock", StringComparison.Ordinal))
            || name[^1] == '.' => "git has no branch of that name",
        _ => ProblemWith(name),
    };

    public static string? ProblemWithEnvironment(string name) =>
        name.Length is 0 or > LongestEnvironment ? $"it has 1 to {LongestEnvironment} characters" : ProblemWith(name);

    // Source: IAM API Reference, policyDocumentType; IAM User Guide, policy variables.
    private static string? ProblemWith(string name) =>
        name.Contains("${", StringComparison.Ordinal) ? "${ means a variable in a policy of IAM"
        : name.FirstOrDefault(c => c is < ' ' or '\u007f' or > '\u00ff') is not '\0' and var odd
            ? $"IAM takes no \"{odd}\" in a policy; give it another name on GitHub"
        : null;
}
