using Paco.Project;
using Paco.Stacks;

namespace Paco.Cli;

/// <summary>Holds a command against the git branch the project asks for. Reads <c>.git/HEAD</c>; needs no git.</summary>
internal static class GitBranch
{
    public static void Enforce(string home, VersionControl? rules, Scope scope)
    {
        if (rules is not { EnforceBranchEnvironments: true })
            return;
        var wanted = rules.BranchOf(scope.Path.Environment?.Name ?? rules.GlobalEnvironmentName);
        var current = Current(home)
            ?? throw new CommandError($"{home} is not on a git branch, and the project allows {scope} only on {wanted}",
                $"git switch {wanted}");
        if (current != wanted)
        {
            throw new CommandError($"the project allows {scope} only on the git branch {wanted}; this is {current}",
                $"git switch {wanted}");
        }
    }

    private static string? Current(string home)
    {
        const string Prefix = "ref: refs/heads/";
        // A project may be a part of a repository.
        var top = home;
        while (!Path.Exists(Path.Combine(top, ".git")))
        {
            if (Path.GetDirectoryName(top) is not { } above)
                return null;
            top = above;
        }
        var git = Path.Combine(top, ".git");
        // A worktree or submodule has a file that says where the real directory is.
        if (File.Exists(git) && File.ReadAllText(git).Trim() is var text && text.StartsWith("gitdir: ", StringComparison.Ordinal))
            git = Path.GetFullPath(Path.Combine(top, text["gitdir: ".Length..]));
        var head = Path.Combine(git, "HEAD");
        return File.Exists(head) && File.ReadAllText(head).Trim() is var line && line.StartsWith(Prefix, StringComparison.Ordinal)
            ? line[Prefix.Length..]
            : null;
    }
}
