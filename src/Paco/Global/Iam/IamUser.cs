using System.Collections.Immutable;
using Paco.Binding;
using Paco.Diagnostics;
using Paco.Resources.Users;
using Paco.Stacks;

namespace Paco.Global.Iam;

/// <summary>A person, or a machine, with a user in the management account and a role in each account of the whitelist.</summary>
public sealed class IamUser(Fields f) : Model(f)
{
    // Source: IAM API Reference, User (userNameType); 64 is the quota of a name.
    private static readonly Check NameForm =
        Check.Matching("a name IAM takes: at most 64 letters, digits and _+=,.@-", "^[A-Za-z0-9_+=,.@-]{1,64}$");

    public string Title { get; } = f.Text("title", "Free text for people.", "");

    public Enablement Enabled { get; } = f.Enabled(false);

    public Ref? Account { get; } = f.Ref("account", "The management account, where all users are made.", "Account", required: true);

    internal AccountList Whitelist { get; } = AccountList.Read(f, "account_whitelist", "The accounts the user may work in.");

    public Given<bool> HasConsole { get; } = f.Flag("console_access_enabled",
        "Give the user a password for AWS's console. It is made by chance, shown once, and must be changed at the first sign-in.", false);

    public string Description { get; } = f.Text("description", "Free text for people.", "");

    public string? WrittenName { get; } = f.Text("username", "The user's name in IAM; by default its key here.", NameForm);

    public ProgrammaticAccess? ProgrammaticAccess { get; } = f.Object("programmatic_access",
        "Access keys. Without it the keys there are become inactive.", x => new ProgrammaticAccess(x));

    internal ImmutableArray<Permission> Permissions { get; } =
        f.Map("permissions", "What the user may do in the accounts, each with a name of your choice.", Permission.Bind);

    public string UserName => WrittenName ?? Name;

    public override string Kind => "IAMUser";

    internal WantedKeys Keys => ProgrammaticAccess?.Wanted ?? WantedKeys.None;

    protected internal override void Rules(Fields f)
    {
        if (Account is { Path.Account: not ProjectAccount.Master } elsewhere)
        {
            f.Report(IamCodes.ElsewhereThanMaster, elsewhere.Location, $"{Name} is made in the management account",
                "write account: paco.ref accounts.master");
        }
    }

    /// <summary>Reports accounts that nobody knows, and those of permissions that the user may not enter.</summary>
    internal void CheckAccounts(BuildContext build, ImmutableArray<ProjectAccount> accounts)
    {
        string[] known = [.. accounts.SelectMany(a => a.Names)];
        Unknown(build, known, Whitelist, PlaceOf("account_whitelist"));
        foreach (var permission in Permissions)
        {
            Unknown(build, known, permission.Accounts, permission.PlaceOf("accounts"));
            var outside = Whitelist.IsAll ? [] : permission.Accounts.Names.Where(known.Contains).Except(Whitelist.Names).ToList();
            if (outside.Count > 0)
            {
                build.Bag.Add(IamCodes.OutsideWhitelist, permission.PlaceOf("accounts"),
                    $"{Name} is permitted something in {string.Join(", ", outside)}, which its account_whitelist leaves out",
                    "add to account_whitelist what is missing, or take it out here",
                    new RelatedPlace(PlaceOf("account_whitelist"), "the whitelist"), permission.Path);
            }
        }
    }

    private void Unknown(BuildContext build, string[] known, AccountList list, Location place)
    {
        foreach (var name in list.IsAll ? [] : list.Names.Except(known))
        {
            build.Bag.Add(StackCodes.UnknownReference, place, $"there is no account {name}",
                Spelling.DidYouMean(name, known) ?? $"there is: {string.Join(", ", known)}", subject: Path);
        }
    }
}
