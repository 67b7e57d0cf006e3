using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Global.GitHub;
using Paco.Stacks;

namespace Paco.Cli.Commands;

/// <summary>
/// <c>paco init github [SCOPE…]</c>: the workflow that plans pull requests with the roles of <c>resource/github.yaml</c>.
/// </summary>
internal static class InitGitHubCommand
{
    private const string File = "resource/github.yaml";

    public static int Run(Terminal terminal, string? home, string[] scopes, string? key)
    {
        var found = ProjectHome.Find(terminal, home);
        var compilation = Toolkit.Compile(found.Path, new Scope("resource.github"));
        if (compilation.HasErrors)
            throw new CommandError("the project has mistakes", $"{terminal.Command} validate resource.github shows them");
        var project = compilation.Project!;
        var repository = Chosen([.. project.Globals.OfType<GitHubAccess>().SelectMany(g => g.Repositories).Where(r => r.IsEnabled)], key);
        var master = project.Master?.AccountId ?? throw new CommandError(
            "accounts/master.yaml has no account_id, which is part of the role's name", "write it there; aws sts get-caller-identity shows it");
        if (repository.Provision is { IsEnabled: true } provision)
            CheckProvision(repository, provision);
        var root = Root(found.Path);
        var below = Path.GetRelativePath(root, found.Path).Replace('\\', '/');
        var workflow = new GitHubWorkflow(repository, master, Partition.Of(project.Region).Name, project.Region,
            scopes.Length == 0 ? [""] : [.. scopes.Select(s => ScopeOffer.Parse(s, found).Path.Text)], below == "." ? "" : $"/{below}");
        var file = Path.Combine(root, GitHubWorkflow.Path);
        if (System.IO.File.Exists(file))
            throw new CommandError($"{file} is there already", "move it away, then run this again");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        System.IO.File.WriteAllText(file, workflow.Text());
        terminal.Screen.Line($"Written: {file}");
        terminal.Screen.Line(
            $"Next: {terminal.Command} provision resource.github makes the roles; set the variable PACO_REPOSITORY of {repository.Repository} to the repository of Paco (docs/github.md).");
        return ExitCode.Success;
    }

    private static GitHubRepository Chosen(ImmutableArray<GitHubRepository> all, string? key) => (all, key) switch
    {
        ({ IsEmpty: true }, _) => throw new CommandError($"{File} names no repository that is enabled",
            "repositories: {infrastructure: {enabled: true, repository: OWNER/NAME}}"),
        ([var only], null) => only,
        (_, null) => throw new CommandError(
            $"{File} names several repositories: {string.Join(", ", all.Select(r => r.Name))}", "choose one with --repository"),
        _ => all.FirstOrDefault(r => r.Name == key) ?? throw new CommandError($"{File} has no enabled repository {key}",
            Diagnostics.Spelling.DidYouMean(key!, all.Select(r => r.Name))),
    };

    // What is provisioned was planned on the branch before, by the role that plans.
    private static void CheckProvision(GitHubRepository repository, ProvisionAccess provision)
    {
        if (repository.Plan.Branches.IsEmpty)
        {
            throw new CommandError($"{repository.Name} provisions, and nothing says which branch",
                $"add plan: branches: [main] in {File}: what is merged there is planned first");
        }
        if (provision.Environments.IsEmpty && !provision.Branches.Contains(repository.Plan.Branches[0]))
        {
            throw new CommandError($"{repository.Name} may not provision from {repository.Plan.Branches[0]}",
                $"add it to provision: branches in {File}, or an environment");
        }
    }

    // Workflows are the repository's, wherever in it the project is.
    private static string Root(string home)
    {
        for (var at = new DirectoryInfo(home); at is not null; at = at.Parent)
        {
            if (Path.Combine(at.FullName, ".git") is var git && (Directory.Exists(git) || System.IO.File.Exists(git)))
                return at.FullName;
        }
        return home;
    }
}
