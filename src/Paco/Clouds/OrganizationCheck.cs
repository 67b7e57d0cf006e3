using System.Collections.Immutable;

namespace Paco.Clouds;

/// <summary>What the organization says of a project's accounts, as far as it may be asked.</summary>
/// <param name="Refusal">Why it says nothing; empty where nobody could sign in to ask, which is told there.</param>
internal sealed record OrganizationCheck(ImmutableArray<ExpectedAccount> Accounts, ImmutableArray<OrganizationAccount> Members,
    string? Refusal)
{
    public static async Task<OrganizationCheck> Ask(ICloud cloud, ExpectedAccount management, ImmutableArray<ExpectedAccount> accounts,
        CancellationToken cancel)
    {
        try
        {
            return new(accounts, await cloud.Organizations(new Place(management.Name, management.Region)).ListAccounts(cancel), null);
        }
        catch (CloudException e)
        {
            return new(accounts, [], e.Code == "AWSOrganizationsNotInUseException" ? "there is no organization"
                : e.IsSignIn ? "" : $"{e.Operation}: {e.Message} ({e.Code})");
        }
    }

    public IEnumerable<AccountCheck> Of(ExpectedAccount account) => (account.Id, Refusal) switch
    {
        (null, _) or (_, "") => [],
        (_, { } refusal) => [new(CheckKind.Name, CheckState.Unknown, refusal)],
        _ => Members.FirstOrDefault(m => m.Id == account.Id) is { } member ? [Name(account, member), Status(member)] : [Missing(account)],
    };

    private AccountCheck Name(ExpectedAccount account, OrganizationAccount member) =>
        !IsCalled(account, member.Name)
        && Accounts.FirstOrDefault(a => a.Id is not null && a.Id != account.Id && IsCalled(a, member.Name)) is { } other
            ? new(CheckKind.Name, CheckState.Wrong,
                $"the organization calls it {member.Name}, which is another account of the project", null,
                $"are the account_id of accounts/{account.Name}.yaml and of accounts/{other.Name}.yaml exchanged?")
            : new(CheckKind.Name, CheckState.Good, member.Name);

    private static AccountCheck Status(OrganizationAccount member) => member.Status == OrganizationAccount.Active
        ? new(CheckKind.Status, CheckState.Good, member.Status)
        : new(CheckKind.Status, CheckState.Wrong, $"the organization says {member.Status}", null, member.StatusRemedy);

    private static AccountCheck Missing(ExpectedAccount account) => new(CheckKind.Name, CheckState.Unknown,
        "the organization has no account of this id", null, $"is account_id in accounts/{account.Name}.yaml right?");

    private static bool IsCalled(ExpectedAccount account, string name) =>
        string.Equals(account.Name, name, StringComparison.OrdinalIgnoreCase);
}
