using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Global.Iam;

/// <summary>An account of the project with all names it has there.</summary>
internal sealed record ProjectAccount(string Name, ImmutableArray<string> Names)
{
    public const string Master = "master";

    public bool IsMaster => Names.Contains(Master);

    /// <summary>Its id in a template.</summary>
    public Value Id => new InputValue(new Ref($"accounts.{Name}.id", $"accounts.{Name}.id", default));

    /// <summary>Those of the project, the management account first, each once.</summary>
    public static ImmutableArray<ProjectAccount> All(BuildContext build) =>
    [
        .. build.Index.Children("accounts").Order(StringComparer.Ordinal).GroupBy(build.AccountOf)
            .Select(g => new ProjectAccount(g.Key, [.. g])).OrderBy(a => !a.IsMaster),
    ];
}

/// <summary>Accounts as a file names them: a list, or names with commas between them, or <c>all</c>.</summary>
internal sealed record AccountList(ImmutableArray<string> Names)
{
    private const string Everything = "all";

    public bool IsAll => Names.Contains(Everything);

    public static AccountList Read(Fields f, string field, string doc) =>
        new([.. f.Texts(field, $"{doc} `all`, or names of accounts.").SelectMany(t => t.Split(',',
            StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))]);

    public bool Holds(ProjectAccount account) => IsAll || account.Names.Any(Names.Contains);
}
