using Paco.Diagnostics;

namespace Paco.Global.Iam;

/// <summary>PACO307x: users.</summary>
internal static class IamCodes
{
    public static readonly DiagnosticCode SameUserName = new("PACO3070", Severity.Error, "two users of one name",
        "Two users would have one name in IAM, which does not tell large letters from small ones. Give one of them another `username`.");

    public static readonly DiagnosticCode SameKey = new("PACO3071", Severity.Error, "two users whose keys differ only in case",
        "The policy that lets a user into other accounts is named after the user's key in `resource/iam.yaml` without regard to case, as Paco 9 named it. Rename the key of one of the two; a user keeps its name in IAM where `username` says it.");

    public static readonly DiagnosticCode OutsideWhitelist = new("PACO3072", Severity.Error, "a permission outside of the whitelist",
        "A permission names an account that is not in the user's `account_whitelist`, so the user has no role there to be permitted anything. Add the account to the whitelist, or take it out of the permission. Every user is checked.");

    public static readonly DiagnosticCode ElsewhereThanMaster = new("PACO3073", Severity.Warning, "a user of another account",
        "Users are made in the management account, whatever `account` says, as with Paco 9: from there their roles in the other accounts are taken on. An `IAMUser` of an application is made in the account it names.");
}
