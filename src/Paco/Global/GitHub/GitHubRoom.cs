using System.Collections.Immutable;
using Paco.Binding;
using Paco.Diagnostics;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Global.GitHub;

public sealed class GitHubRoom : GlobalRoom
{
    public override string FileStem => "github";

    public override string Summary => "Repositories on GitHub whose workflows plan this project, without a key that is kept anywhere.";

    public override IEnumerable<DiagnosticCode> Codes =>
        [GitHubCodes.NotARepository, GitHubCodes.LetsOthersIn, GitHubCodes.LetsNobodyIn, GitHubCodes.SameKey, GitHubCodes.NotAName];

    public override GlobalResource Bind(Fields f) => new GitHubAccess(f);

    protected internal override bool LetsPeopleIn => true;

    protected internal override ObjectPath? PathOf(string stackName) => GitHubStacks.PathOf(stackName);
}

/// <summary>What <c>resource/github.yaml</c> holds: who of GitHub's is let in.</summary>
public sealed class GitHubAccess(Fields f) : GlobalResource(f)
{
    /// <summary>An account has one provider of an address.</summary>
    public bool HasProvider { get; } = f.Flag("existing_provider",
        "The management account has GitHub's identity provider already (token.actions.githubusercontent.com): none is made.", false);

    public ImmutableArray<GitHubRepository> Repositories { get; } =
        f.Map("repositories", "Repositories, each with a name of your choice.", x => new GitHubRepository(x));

    protected internal override void Rules(Fields f)
    {
        foreach (var same in Repositories.GroupBy(r => Names.Stack(r.Name), StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            f.Report(GitHubCodes.SameKey, same.Last().Location,
                $"the keys {same.First().Name} and {same.Last().Name} would have roles of one name", "rename one of the two");
        }
    }

    protected internal override void Build(GlobalScope scope)
    {
        var provider = GitHubStacks.BuildProvider(scope, this);
        foreach (var repository in Repositories)
            GitHubStacks.BuildRoles(scope, repository, provider);
    }
}
