using System.Collections.Immutable;
using Paco.Binding;
using Paco.Clouds;

namespace Paco.Global.Accounts;

/// <summary>One AWS account: a file below <c>accounts/</c>, whose stem is its name.</summary>
public sealed class Account(Fields f) : Model(f)
{
    public string Title { get; } = f.Text("title", "Free text for people.", "");

    public string AccountType { get; } = f.Text("account_type", "Always AWS.", "AWS", Binding.Check.OneOf("AWS"));

    public Enablement Enabled { get; } = f.Enabled(true);

    /// <summary>12 digits; null until the account is made.</summary>
    public string? AccountId { get; } =
        f.Text("account_id", "Its 12-digit id; written by `paco provision accounts` for accounts it makes.", Binding.Check.AccountId);

    public string AdminDelegateRoleName { get; } =
        f.Text("admin_delegate_role_name", "The role that is assumed to work in the account.", "Paco-Organization-Account-Delegate-Role");

    public bool IsMaster { get; } = f.Flag("is_master", "The organization's management account.", false);

    public ImmutableArray<string> OrganizationAccountIds { get; } =
        f.Texts("organization_account_ids", "Names of the accounts to make in the organization.");

    public string? Region { get; } = Regions.Given(f.Text("region", "Where its global resources live.", Regions.None, Regions.OrNone));

    public string RootEmail { get; } = f.RequiredText("root_email", "The address of its root user.", Binding.Check.Email);

    public ImmutableArray<AdminIamUser> AdminIamUsers { get; } =
        f.Map("admin_iam_users", "Read, but without effect.", x => new AdminIamUser(x));

}

/// <summary>Read, but without effect, as in the original.</summary>
public sealed class AdminIamUser(Fields f) : Model(f)
{
    public Enablement Enabled { get; } = f.Enabled(false);

    public string Username { get; } = f.Text("username", "The user's name.", "");
}
