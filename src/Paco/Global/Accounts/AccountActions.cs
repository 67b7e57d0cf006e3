using System.Collections.Immutable;
using Paco.Binding;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Global.Accounts;

/// <summary>The actions of the scope <c>accounts</c>.</summary>
internal static class AccountActions
{
    public static void Build(GlobalScope scope, ImmutableArray<Account> accounts)
    {
        if (accounts.FirstOrDefault(a => a.Name == "master") is not { } master)
            return;
        foreach (var account in accounts.Where(a => a.AccountId is null && a != master && !master.OrganizationAccountIds.Contains(a.Name)))
        {
            scope.Build.Bag.Add(BindingCodes.MissingField, account.Location,
                $"the account {account.Name} has no account_id, and nobody makes it",
                "write its id, or its name below organization_account_ids of accounts/master.yaml", subject: account.Path);
        }
        if (master.OrganizationAccountIds.IsEmpty)
            return;
        var place = new Place("master", scope.DefaultRegion);
        var organization = new OrganizationAction
        {
            Id = new NodeId(place, "organization"),
            Ref = "accounts",
            Title = "organization",
            ManagementAccountId = master.AccountId,
        };
        scope.Build.Add(organization);
        foreach (var twins in accounts.GroupBy(a => a.RootEmail, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            foreach (var twin in twins.Skip(1).Where(t => t.AccountId is null))
            {
                scope.Build.Bag.Add(BindingCodes.BrokenRule, twin.PlaceOf("root_email"),
                    $"{twin.Name} and {twins.First().Name} have the same root_email, and AWS makes one account an address",
                    "many mail providers deliver name+account@… to name@…", subject: twin.Path);
            }
        }
        foreach (var name in master.OrganizationAccountIds.Where(n => n != "master").Distinct())
        {
            if (accounts.FirstOrDefault(a => a.Name == name) is { } account)
            {
                scope.Build.Add(Action(account, organization, place));
            }
            else
            {
                scope.Build.Bag.Add(StackCodes.UnknownReference, master.Location,
                    $"organization_account_ids names {name}, but there is no accounts/{name}.yaml",
                    "paco init accounts writes it", subject: master.Path);
            }
        }
    }

    private static AccountAction Action(Account account, OrganizationAction organization, Place place) => new()
    {
        Id = new NodeId(place, $"account {account.Name}"),
        Ref = "accounts",
        Title = $"account {account.Name}",
        // An account that exists already waits for nothing: planned after an organization still to be made it would look new.
        After = account.AccountId is null ? [organization.Id] : [],
        AccountName = account.Name,
        Email = account.RootEmail,
        RoleName = account.AdminDelegateRoleName,
        File = account.Location.File?.Path ?? $"accounts/{account.Name}.yaml",
        Inputs = [new(AccountAction.IdInput, new AccountIdSource(account.Name, MayBeMissing: true))],
    };
}
