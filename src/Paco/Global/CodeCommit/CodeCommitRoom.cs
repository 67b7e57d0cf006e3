using System.Collections.Immutable;
using Paco.Binding;
using Paco.Diagnostics;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Global.CodeCommit;

public sealed class CodeCommitRoom : GlobalRoom
{
    public override string FileStem => "codecommit";

    public override string Summary => "Git repositories of CodeCommit, in groups, and the users who may work with each and nothing else.";

    public override IEnumerable<DiagnosticCode> Codes => [PublicKey.Unusable];

    public override GlobalResource Bind(Fields f) => new CodeCommit(f);

    protected internal override ObjectPath? PathOf(string stackName) =>
        stackName.EndsWith("-CodeCommit-Git-Repositories", StringComparison.Ordinal) ? new("resource.codecommit") : null;
}

/// <summary>What <c>resource/codecommit.yaml</c> holds.</summary>
public sealed class CodeCommit(Fields f) : GlobalResource(f)
{
    public ImmutableArray<RepositoryGroup> Groups { get; } = f.Rest("A group of repositories.", x => new RepositoryGroup(x));

    protected internal override void Rules(Fields f)
    {
        foreach (var same in Groups.SelectMany(g => g.Repositories).Where(r => r.RepositoryName.Length > 0)
            .GroupBy(r => (r.AccountName, r.Region, r.RepositoryName)).Where(g => g.Count() > 1))
        {
            f.Report(BindingCodes.BrokenRule, same.Last().PlaceOf("repository_name"),
                $"two repositories of the account {same.Key.AccountName} are called {same.Key.RepositoryName}", "rename one");
        }
    }

    protected internal override void Build(GlobalScope scope) =>
        new RepositoryStacks(scope.Build, [.. Groups.SelectMany(g => g.Repositories).Where(r => r.AccountName.Length > 0)]).Build();
}

/// <summary>Repositories that belong together.</summary>
public sealed class RepositoryGroup(Fields f) : Model(f)
{
    public ImmutableArray<Repository> Repositories { get; } = f.Rest("A repository.", x => new Repository(x));
}
