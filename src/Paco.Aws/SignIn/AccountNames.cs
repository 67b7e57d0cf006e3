using System.Collections.Immutable;
using Paco.Clouds;

namespace Paco.Aws.SignIn;

/// <summary>
/// Ids that are another account's. GetCallerIdentity proves that a session belongs to the id a project states, not that the id is the
/// one that was meant; the organization knows its accounts by name too.
/// </summary>
internal static class AccountNames
{
    /// <summary>
    /// Why an account is another one of the project, or null. An organization may have names of its own: one counts where it is that of
    /// another account of the project, whose id is not this.
    /// </summary>
    public static CloudException? Mistaken(ImmutableArray<AwsAccount> project, IReadOnlyCollection<string> asked,
        IEnumerable<OrganizationAccount> organization)
    {
        var names = organization.ToLookup(a => a.Id, a => a.Name, StringComparer.Ordinal);
        var mistaken =
            from account in project
            where asked.Contains(account.Name) && account.Id is not null
            let said = names[account.Id!].FirstOrDefault()
            where said is not null && !Is(account, said)
            let other = project.FirstOrDefault(o => o.Id is not null && o.Id != account.Id && Is(o, said))
            where other is not null && !names[other.Id!].Any(name => Is(other, name))
            select (Account: account, Said: said, Other: other);
        return mistaken.FirstOrDefault() is { Account: { } wrong, Said: { } real, Other: { } meant }
            ? new CloudException(CloudErrorKind.Refused, "WrongAccount",
                $"The project says that {wrong.Name} is account {wrong.Id}, but the organization calls that one {real}, and {meant.Name} is {meant.Id} in the project. Nothing was read or changed.\nAre the account_id of accounts/{wrong.Name}.yaml and of accounts/{meant.Name}.yaml exchanged? Where they are right, rename the accounts in AWS Organizations.",
                "organizations:ListAccounts")
            : null;
    }

    /// <summary>
    /// That the account which could not be entered is suspended or closed, as its own refusal does not say; null where it is not.
    /// </summary>
    public static CloudException? Asleep(ImmutableArray<AwsAccount> project, IEnumerable<OrganizationAccount> organization,
        CloudException refusal) =>
        project.FirstOrDefault(a => a.Name == refusal.Where?.Account) is { Id: { } id } account
        && organization.FirstOrDefault(m => m.Id == id) is { } member && member.Status != OrganizationAccount.Active
            ? new CloudException(CloudErrorKind.Refused, "AccountSuspended",
                $"The account {account.Name} ({id}) cannot be entered: the organization says {member.Status}.\n{char.ToUpperInvariant(member.StatusRemedy[0])}{member.StatusRemedy[1..]}.",
                refusal.Operation, refusal).At(refusal.Where!)
            : null;

    private static bool Is(AwsAccount account, string name) => string.Equals(account.Name, name, StringComparison.OrdinalIgnoreCase);
}
