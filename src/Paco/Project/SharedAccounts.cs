using System.Collections.Immutable;
using Paco.Diagnostics;
using Paco.Global.Accounts;

namespace Paco.Project;

/// <summary>
/// Several names of one AWS account: an organization that was drawn together. What is made under any of them stands in one place, so it
/// is one account for everybody who asks what collides, what is deployed, and what left the configuration.
/// </summary>
internal static class SharedAccounts
{
    public static readonly DiagnosticCode Shared = new("PACO5040", Severity.Warning, "two accounts with one id",
        "Several files below accounts/ state the same `account_id`, so they are one account. That works as long as nothing collides in it: stacks, roles and key pairs of one name are an error that names both. Plans show the account under one of its names, the management account's where it is among them. Give each file the id of its own account where this was not meant.");

    /// <summary>For each name but the one that stands for them, that one.</summary>
    public static ImmutableDictionary<string, string> Of(IEnumerable<Account> accounts) =>
        Groups(accounts).SelectMany(g => g.Skip(1).Select(a => KeyValuePair.Create(a.Name, g[0].Name))).ToImmutableDictionary();

    public static void Report(IEnumerable<Account> accounts, DiagnosticBag bag)
    {
        foreach (var group in Groups(accounts))
        {
            foreach (var other in group.Skip(1))
            {
                bag.Add(Shared, other.PlaceOf("account_id"),
                    $"{other.Name} and {group[0].Name} are one account: both have the id {other.AccountId}",
                    $"plans call it {group[0].Name}; give each its own id where that was not meant",
                    new RelatedPlace(group[0].PlaceOf("account_id"), "the other one"), other.Path);
            }
        }
    }

    private static IEnumerable<ImmutableArray<Account>> Groups(IEnumerable<Account> accounts) =>
        from account in accounts
        where account.AccountId is not null
        group account by account.AccountId into same
        where same.Count() > 1
        select same.OrderBy(a => a.Name != "master").ThenBy(a => !a.IsMaster).ThenBy(a => a.Name, StringComparer.Ordinal)
            .ToImmutableArray();
}
