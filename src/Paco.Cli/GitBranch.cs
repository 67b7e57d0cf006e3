using Paco.Project;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Cli;

/// <summary>Holds a command against the git branch the project asks for. Reads <c>.git/HEAD</c>; needs no git.</summary>
internal static class GitBranch
{
    public static void Enforce(string home, PacoProject project, Scope scope)
    {
        if (project.Settings.VersionControl is not { EnforceBranchEnvironments: true } rules)
            return;
        var branches = Environments(project, scope, rules).Select(rules.BranchOf).Distinct().ToList();
        if (branches.Count > 1)
        {
            throw new CommandError(
                $"the project allows each environment only on its git branch, and {scope} is of several: {string.Join(", ", branches)}",
                "name one environment");
        }
        var wanted = branches[0];
        var current = Current(home)
            ?? throw new CommandError($"{home} is not on a git branch, and the project allows {scope} only on {wanted}",
                $"git switch {wanted}");
        if (current != wanted)
        {
            throw new CommandError($"the project allows {scope} only on the git branch {wanted}; this is {current}",
                $"git switch {wanted}");
        }
    }

    // Of a scope that is wider than an environment, all that were read for it; what is outside of any has a branch of its own.
    private static IEnumerable<string> Environments(PacoProject project, Scope scope, VersionControl rules)
    {
        if (scope.Path.Environment is { } one)
            return [one.Name];
        var covered = project.NetworkEnvironments.SelectMany(n => n.Environments, (n, e) => (Path: $"netenv.{n.Name}.{e.Name}", e.Name))
            .Where(e => scope.Covers(e.Path)).Select(e => e.Name);
        return scope.Path.First == "netenv" ? covered.DefaultIfEmpty(rules.GlobalEnvironmentName)
            : covered.Append(rules.GlobalEnvironmentName);
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
            throw new CommandError($"{path} cannot be read: {FileTrouble.Why(e, path)}",
                "the project's version_control asks for a git branch");
        }
    }
}
