using Paco.Diagnostics;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Cli;

/// <summary>
/// Holds <c>--allow-destroy</c> against the project and the cloud: a permission that names nothing is a misspelling or a leftover, and
/// is told before anything is done, needed or not.
/// </summary>
internal static class PermissionCheck
{
    public static void Hold(Session session, Plan plan, IEnumerable<string> permitted) =>
        Hold(session, permitted, [.. plan.Nodes.Select(n => n.Node.Ref.Text), .. plan.Deployed.Keys.Select(id => id.Name)],
            AllowDestroyRefs.Of(plan, plan.Destructive));

    /// <summary>The options that permit what some references name, as they are typed.</summary>
    public static string Permits(IEnumerable<string> references) => string.Join(' ', references.Select(r => $"--allow-destroy {r}"));

    /// <param name="known">What is there, by reference or, where the project has none, by the name of its stack.</param>
    /// <param name="wanted">What needs permission: nobody means anything else as readily.</param>
    public static void Hold(Session session, IEnumerable<string> permitted, IReadOnlyCollection<string> known,
        IReadOnlyCollection<string> wanted)
    {
        foreach (var given in permitted.Where(given => !Exists(session, given, known)))
        {
            var near = Spelling.Nearest(given, wanted) ?? Spelling.Nearest(given, known);
            throw new CommandError($"--allow-destroy {given} names nothing of the project or the cloud",
                near is null ? null : $"did you mean {near}?");
        }
    }

    private static bool Exists(Session session, string given, IEnumerable<string> known) =>
        given.Length > 0 && (known.Any(path => new Scope(given).Covers(path)) || IsInProject(session, given));

    // An environment beside the scope is read only now that somebody names it.
    private static bool IsInProject(Session session, string given)
    {
        if (Scope.Parse(given, out _) is not { } scope)
            return false;
        var compilation = session.Project.Index.IsUnread(scope.Path) ? Toolkit.Compile(session.Home.Path, scope) : session.Compilation;
        return compilation.ProblemWith(scope) is null;
    }
}
