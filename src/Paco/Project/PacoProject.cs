using System.Collections.Immutable;
using Paco.Binding;
using Paco.Clouds;
using Paco.Global.Accounts;
using Paco.Global.GitHub;
using Paco.Stacks;

namespace Paco.Project;

/// <summary>A project as its files say, as far as it was read: every object bound, every override laid.</summary>
public sealed record PacoProject
{
    /// <summary>Its directory, absolute.</summary>
    public required string Home { get; init; }

    public required ProjectSettings Settings { get; init; }

    public required ImmutableArray<Account> Accounts { get; init; }

    public required ImmutableArray<GlobalResource> Globals { get; init; }

    /// <summary>Those that were read, with those of their environments that were.</summary>
    public required ImmutableArray<NetworkEnvironment> NetworkEnvironments { get; init; }

    public required ObjectIndex Index { get; init; }

    public required NotRead NotRead { get; init; }

    /// <summary>The management account, or null where its file is missing.</summary>
    public Account? Master => Accounts.FirstOrDefault(a => a.Name == "master");

    /// <summary>The project's <c>.credentials.yaml</c>; null without.</summary>
    public CredentialsFile? Credentials { get; init; }

    /// <summary>The roles that are tried to work in an account, in order.</summary>
    public ImmutableArray<string> RolesInto(Account account) =>
        Credentials?.AdminRoleName is { } first && first != account.AdminDelegateRoleName
            ? [first, account.AdminDelegateRoleName]
            : [account.AdminDelegateRoleName];

    /// <summary>
    /// By the name of a role that GitHub's workflows come with, the one that it takes on in an account; null in the management account,
    /// where it is itself.
    /// </summary>
    public ImmutableDictionary<string, string?> RolesOfCallers(Account account)
    {
        var isMaster = SharedAccounts.Of(Accounts).GetValueOrDefault(account.Name, account.Name) == "master";
        return Globals.OfType<GitHubAccess>().SelectMany(g => g.Repositories).Where(r => r.IsEnabled).DistinctBy(r => r.PlanRole)
            .ToImmutableDictionary(r => r.PlanRole, r => isMaster ? null : r.PlanDelegate, StringComparer.Ordinal);
    }

    /// <summary>Where what has no region lives: the management account's.</summary>
    public string Region => Master?.Region ?? Regions.Default;

    /// <summary>Builds every stack and action of what was read.</summary>
    internal BuildContext Build(Diagnostics.DiagnosticBag bag)
    {
        var build = new BuildContext(Settings.BucketHash, bag, Index)
        {
            Legacy = KnownLegacyFlags.Names(Settings.LegacyFlags),
            ProjectMark = Settings.Mark,
            Project = (Settings.ProjectName, Settings.Title),
            ActiveRegions = Settings.ActiveRegions,
            SameAccounts = SharedAccounts.Of(Accounts),
        };
        foreach (var account in Accounts)
            OfferAccount(build, account);
        var scope = new GlobalScope(build, Region);
        AccountActions.Build(scope, Accounts);
        Ask(scope);
        foreach (var global in Globals.Where(g => g.IsWhole))
            global.Build(scope);
        foreach (var (netenv, environment, regional) in Environments)
            regional.Build(build, netenv, environment);
        return build;
    }

    private void Ask(GlobalScope scope)
    {
        foreach (var global in Globals.Where(g => g.IsWhole))
            global.Ask(scope);
        foreach (var (netenv, environment, regional) in Environments)
            regional.Ask(scope.Build, netenv, environment);
    }

    private IEnumerable<(string NetworkEnvironment, NamedEnvironment Environment, RegionalEnvironment Regional)> Environments =>
        from netenv in NetworkEnvironments
        from environment in netenv.Environments
        from regional in environment.Regions
        select (netenv.Name, environment, regional);

    private static void OfferAccount(BuildContext build, Account account)
    {
        Source id = account.AccountId is { } known ? new LiteralSource(known) : new AccountIdSource(account.Name);
        build.Offers.Add(account.Path, id);
        build.Offers.Add($"{account.Path}.id", id);
        build.Offers.Add($"{account.Path}.name", account.Name);
        build.Offers.Add($"{account.Path}.region", account.Region ?? Regions.None);
    }
}
