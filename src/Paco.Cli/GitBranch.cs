using Paco.Project;
using Paco.Stacks;
using Paco.Syntax;

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
        if (Text(git) is { } text && text.StartsWith("gitdir: ", StringComparison.Ordinal))
            git = Path.GetFullPath(Path.Combine(top, text["gitdir: ".Length..]));
        return Text(Path.Combine(git, "HEAD")) is { } line && line.StartsWith(Prefix, StringComparison.Ordinal)
            ? line[Prefix.Length..]
            : null;
    }

    private static string? Text(string path)
    {
        try
        {
            return FileStatus.Of(path) is { Kind: not FileKind.Directory } ? UserFile.ReadText(path).Trim() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandError($"{path} cannot be read: {e.Message}", "the project's version_control asks for a git branch");
        }
    }
}
