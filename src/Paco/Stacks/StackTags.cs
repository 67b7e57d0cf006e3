using Paco.Clouds;

namespace Paco.Stacks;

/// <summary>
/// The tags that say whose a stack is. All but one are the original's; <see cref="Project"/> came later, so a stack that was deployed
/// before may lack it (or have that of a project which has another name by now), and gets it with the next update that is due anyway.
/// </summary>
internal static class StackTags
{
    public const string NetworkEnvironment = "paco.netenv.name";
    public const string Environment = "paco.env.name";
    public const string Application = "Paco-Application-Name";
    public const string Group = "Paco-Application-Group-Name";
    public const string Resource = "Paco-Application-Resource-Name";
    public const string Project = "Paco-Project";

    /// <summary>The object that something was made for which is no stack.</summary>
    public const string Reference = "Paco-Reference";

    private const string Stack = "Paco-Stack";
    private const string Name = "Paco-Stack-Name";

    /// <summary>Those every stack carries.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Own(string stackName, string projectMark)
    {
        yield return new(Stack, "true");
        yield return new(Name, stackName);
        if (projectMark.Length > 0)
            yield return new(Project, projectMark);
    }

    /// <summary>What tells one project from another in an account both use.</summary>
    public static string Mark(string projectName, string hash) => string.Concat(
        (hash.Length == 0 ? projectName : $"{projectName}-{hash}").Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' ? c : '-'));

    /// <summary>True where a deployed stack has the tags that are wanted; the project's alone is worth no update.</summary>
    public static bool AreSame(IEnumerable<KeyValuePair<string, string>> wanted, IEnumerable<KeyValuePair<string, string>> deployed) =>
        wanted.Where(t => t.Key != Project).ToHashSet().SetEquals(deployed.Where(t => t.Key != Project));

    /// <summary>True for a stack that Paco made, of whatever project: a copy of another stack's tags does not count.</summary>
    public static bool IsPacos(DeployedStack stack) =>
        stack.Tags.GetValueOrDefault(Stack) == "true" && stack.Tags.GetValueOrDefault(Name, stack.StackName) == stack.StackName;
}
