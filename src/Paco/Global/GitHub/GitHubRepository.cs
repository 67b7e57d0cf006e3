using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Paco.Binding;
using Paco.Stacks;

namespace Paco.Global.GitHub;

/// <summary>A repository, and what its workflows may do.</summary>
public sealed partial class GitHubRepository(Fields f) : Model(f)
{
    public string Title { get; } = f.Text("title", "Free text for people.", "");

    public Enablement Enabled { get; } = f.Enabled(false);

    public string Repository { get; } = f.RequiredText("repository", "Its owner and name on GitHub: `acme/infrastructure`.");

    public string? OwnerId { get; } = f.Text("owner_id",
        "The owner's number, where GitHub's tokens hold it: always for repositories made or renamed since July 15, 2026.", Check.Digits);

    public string? RepositoryId { get; } = f.Text("repository_id", "The repository's number, likewise.", Check.Digits);

    public PlanAccess Plan { get; } = f.Always("plan", "Who may plan: reading in every account of the project.", x => new PlanAccess(x));

    public ProvisionAccess? Provision { get; } =
        f.Object("provision", "Who may provision. Without it nobody.", x => new ProvisionAccess(x));

    public override string Kind => "GitHubRepository";

    /// <summary>The role that GitHub's workflows take on to plan, in the management account.</summary>
    public string PlanRole => $"Paco-GitHub-Plan-{Names.Stack(Name)}";

    /// <summary>The role that the one above takes on in each of the other accounts.</summary>
    public string PlanDelegate => $"Paco-GitHub-Plan-Delegate-{Names.Stack(Name)}";

    /// <summary>The role that provisions, in the management account.</summary>
    public string ProvisionRole => $"Paco-GitHub-Provision-{Names.Stack(Name)}";

    protected internal override void Rules(Fields f)
    {
        if (f.Has("repository") && !Form().IsMatch(Repository))
        {
            f.Report(GitHubCodes.NotARepository, PlaceOf("repository"), $"\"{Repository}\" is not the owner and name of one repository",
                $"repository: {(Meant() is { } meant && Form().IsMatch(meant) ? meant : "OWNER/NAME")}");
        }
        if ((OwnerId is null) != (RepositoryId is null))
        {
            f.Broken(OwnerId is null ? "repository_id" : "owner_id", "owner_id and repository_id go together",
                $"gh api repos/{Repository} --jq '.owner.id, .id'");
        }
        if (!Plan.LetsSomebodyIn)
        {
            f.Report(GitHubCodes.LetsNobodyIn, PlaceOf("plan"), $"nobody may plan with {Name}",
                "leave pull_requests on, or name branches or environments");
        }
        if (Provision is { IsEnabled: true, LetsSomebodyIn: false })
        {
            f.Report(GitHubCodes.LetsNobodyIn, PlaceOf("provision"), $"nobody may provision with {Name}",
                "environments: [production], and people who approve in the environment's settings on GitHub");
        }
    }

    /// <summary>
    /// The subjects of tokens that are meant, as GitHub writes them. Source: GitHub Docs, OpenID Connect reference; the numbers: GitHub
    /// changelog, 2026-04-23, immutable subject claims.
    /// </summary>
    internal IEnumerable<string> Subjects(RefAccess access)
    {
        var (owner, name) = (Repository.Split('/')[0], Repository.Split('/')[^1]);
        var whose = OwnerId is null ? $"repo:{Repository}" : $"repo:{owner}@{OwnerId}/{name}@{RepositoryId}";
        if (access is PlanAccess { PullRequests: true })
            yield return $"{whose}:pull_request";
        foreach (var branch in access.Branches)
            yield return $"{whose}:ref:refs/heads/{branch}";
        foreach (var environment in access.Environments)
            yield return $"{whose}:environment:{environment.Replace(":", "%3A", StringComparison.Ordinal)}";
    }

    // Of an address that was copied, what counts.
    private string? Meant() => Repository.Split('/', StringSplitOptions.RemoveEmptyEntries) is [.., var owner, var name]
        ? $"{owner}/{(name.EndsWith(".git", StringComparison.Ordinal) ? name[..^".git".Length] : name)}"
        : null;

    // Source: GitHub's rules for names of users, organizations and repositories.
    [GeneratedRegex("^[A-Za-z0-9](?:[A-Za-z0-9-]{0,37}[A-Za-z0-9])?/[A-Za-z0-9._-]{1,100}$")]
    private static partial Regex Form();
}

/// <summary>Branches and environments that are let in, each by its name.</summary>
public abstract class RefAccess(Fields f) : Model(f)
{
    public ImmutableArray<string> Branches { get; } = f.Texts("branches", "Workflows that run on these branches.");

    public ImmutableArray<string> Environments { get; } = f.Texts("environments",
        "Jobs of these environments of the repository. A job with an `environment` counts by it alone, whatever its branch.");

    public virtual bool LetsSomebodyIn => !Branches.IsEmpty || !Environments.IsEmpty;

    protected internal override void Rules(Fields f)
    {
        foreach (var branch in Branches)
            Check(f, "branches", "branch", branch, RefName.ProblemWithBranch(branch));
        foreach (var environment in Environments)
            Check(f, "environments", "environment", environment, RefName.ProblemWithEnvironment(environment));
    }

    private void Check(Fields f, string field, string what, string name, string? problem)
    {
        if (name.Contains('*', StringComparison.Ordinal) || name.Contains('?', StringComparison.Ordinal))
        {
            f.Report(GitHubCodes.LetsOthersIn, PlaceOf(field), $"the {what} \"{name}\" holds a wildcard",
                "name each one; an environment can be allowed to several branches in its settings on GitHub");
        }
        else if (problem is not null)
        {
            f.Report(GitHubCodes.NotAName, PlaceOf(field), $"\"{name}\" is no {what}: {problem}");
        }
    }
}

/// <summary>Who may plan.</summary>
public sealed class PlanAccess(Fields f) : RefAccess(f)
{
    public bool PullRequests { get; } = f.Flag("pull_requests",
        "Workflows of pull requests within the repository. GitHub gives none of a fork a token.", true);

    public override bool LetsSomebodyIn => PullRequests || base.LetsSomebodyIn;
}

/// <summary>Who may provision: as good as an administrator of every account.</summary>
public sealed class ProvisionAccess(Fields f) : RefAccess(f)
{
    public Enablement Enabled { get; } = f.Enabled(true);
}
