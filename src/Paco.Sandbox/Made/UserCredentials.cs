using Paco.Sandbox.Storage;

namespace Paco.Sandbox.Made;

/// <summary>What IAM's own API gave a user, besides what stacks made.</summary>
internal enum CredentialKind
{
    AccessKey,
    SshPublicKey,
    MfaDevice,
    ServiceSpecificCredential,
    SigningCertificate,
    AttachedPolicy,
    InlinePolicy,
    Group,
    Tag,
}

/// <param name="Body">What the kind has besides its id: a key's status, a public key, a tag's value.</param>
internal sealed record UserCredential(CredentialKind Kind, string Id, string Body, DateTimeOffset Created);

/// <summary>The table of them, by account and user.</summary>
internal static class UserCredentials
{
    public const string UserType = "AWS::IAM::User";

    public const string AccessKeyType = "AWS::IAM::AccessKey";

    public static List<UserCredential> Of(Store store, string account, string user, CredentialKind kind) => store.Rows(
        "SELECT id, body, created FROM credentials WHERE account = $1 AND user = $2 AND kind = $3 ORDER BY seq",
        row => new UserCredential(kind, row.GetString(0), row.GetString(1), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2))),
        account, user, $"{kind}");

    /// <summary>Adds one, or takes the place of the one with its id.</summary>
    public static void Put(Store store, string account, string user, UserCredential it)
    {
        if (store.Run("UPDATE credentials SET body = $1 WHERE account = $2 AND user = $3 AND kind = $4 AND id = $5",
            it.Body, account, user, $"{it.Kind}", it.Id) == 0)
        {
            store.Run("INSERT INTO credentials(account, user, kind, id, body, created) VALUES($1, $2, $3, $4, $5, $6)",
                account, user, $"{it.Kind}", it.Id, it.Body, it.Created.ToUnixTimeMilliseconds());
        }
    }

    /// <summary>False where there is none of that id.</summary>
    public static bool Remove(Store store, string account, string user, CredentialKind kind, string id) => store.Run(
        "DELETE FROM credentials WHERE account = $1 AND user = $2 AND kind = $3 AND id = $4", account, user, $"{kind}", id) > 0;

    public static void RemoveAll(Store store, string account, string user) =>
        store.Run("DELETE FROM credentials WHERE account = $1 AND user = $2", account, user);

    /// <summary>A number that no credential of this cloud had before.</summary>
    public static long Next(Store store) => store.Number("SELECT seq FROM sqlite_sequence WHERE name = 'credentials'") + 1;
}

/// <summary>A user: what IAM's API gave it stands in the way of its deletion, as on AWS.</summary>
internal sealed class UserHandler : ResourceHandler
{
    // Source: IAM API DeleteUser; the words of each: terraform#8621, rebuy-de/aws-nuke#281, #470.
    private static readonly (CredentialKind Kind, string First)[] InTheWay =
    [
        (CredentialKind.AccessKey, "must delete access keys first."),
        (CredentialKind.MfaDevice, "must delete MFA device first."),
        (CredentialKind.SigningCertificate, "must delete signing certificates first."),
        (CredentialKind.SshPublicKey, "must remove referenced objects first."),
        (CredentialKind.ServiceSpecificCredential, "must remove referenced objects first."),
        (CredentialKind.AttachedPolicy, "must detach all policies first."),
        (CredentialKind.InlinePolicy, "must delete policies first."),
        (CredentialKind.Group, "must remove users from group first."),
    ];

    protected override void CheckDelete(Store store, LiveResource it)
    {
        if (InTheWay.FirstOrDefault(w => UserCredentials.Of(store, it.Account, it.Physical, w.Kind).Count > 0) is { First: { } first })
        {
            throw new ResourceFailure(
                $"Resource handler returned message: \"Cannot delete entity, {first} (Service: Iam, Status Code: 409)\" (HandlerErrorCode: ResourceConflict)");
        }
    }

    public override void Delete(Store store, LiveResource it)
    {
        UserCredentials.RemoveAll(store, it.Account, it.Physical);
        base.Delete(store, it);
    }
}
