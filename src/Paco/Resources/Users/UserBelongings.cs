using System.Collections.Immutable;
using Paco.Clouds;

namespace Paco.Resources.Users;

/// <summary>Something a user has that CloudFormation did not give it, and that IAM wants gone before it deletes the user.</summary>
/// <param name="What">Its kind, as people read it: <c>access key</c>.</param>
internal sealed record Belonging(string What, string Id, Func<CancellationToken, Task> Remove);

/// <summary>All of that. Source: IAM API Reference, DeleteUser.</summary>
internal static class UserBelongings
{
    /// <param name="stackPolicies">Managed policies that CloudFormation takes away itself.</param>
    /// <param name="hasPassword">CloudFormation gave the user a password, and takes it away itself.</param>
    public static async Task<ImmutableArray<Belonging>> Of(IIam iam, string user, ImmutableArray<string> stackPolicies, bool hasPassword,
        CancellationToken cancel)
    {
        var lists = await CloudException.WhenAll(
        [
            All("access key", Ids(iam.ListAccessKeys(user, cancel)), id => c => iam.DeleteAccessKey(user, id, c)),
            All("password", Password(iam, user, hasPassword, cancel), _ => c => iam.DeleteLoginProfile(user, c)),
            All("SSH key", iam.ListSshPublicKeys(user, cancel), id => c => iam.DeleteSshPublicKey(user, id, c)),
            All("password of a service", iam.ListServiceSpecificCredentials(user, cancel),
                id => c => iam.DeleteServiceSpecificCredential(user, id, c)),
            All("signing certificate", iam.ListSigningCertificates(user, cancel), id => c => iam.DeleteSigningCertificate(user, id, c)),
            All("MFA device", iam.ListMfaDevices(user, cancel), id => c => RemoveDevice(iam, user, id, c)),
            All("attached policy", Except(iam.ListAttachedUserPolicies(user, cancel), stackPolicies),
                id => c => iam.DetachUserPolicy(user, id, c)),
            All("policy of its own", iam.ListUserPolicies(user, cancel), id => c => iam.DeleteUserPolicy(user, id, c)),
            All("group", iam.ListGroupsForUser(user, cancel), id => c => iam.RemoveUserFromGroup(user, id, c)),
        ]);
        return [.. lists.SelectMany(l => l)];
    }

    private static async Task<ImmutableArray<Belonging>> All(string what, Task<ImmutableArray<string>> ids,
        Func<string, Func<CancellationToken, Task>> remove) => [.. (await ids).Select(id => new Belonging(what, id, remove(id)))];

    private static async Task<ImmutableArray<string>> Ids(Task<ImmutableArray<AccessKey>> keys) => [.. (await keys).Select(k => k.Id)];

    private static async Task<ImmutableArray<string>> Password(IIam iam, string user, bool isOfStack, CancellationToken cancel) =>
        !isOfStack && await iam.GetLoginProfile(user, cancel) is not null ? [""] : [];

    private static async Task<ImmutableArray<string>> Except(Task<ImmutableArray<string>> all, ImmutableArray<string> known) =>
        [.. (await all).Except(known)];

    // A hardware device has no ARN, and stays somebody's.
    private static async Task RemoveDevice(IIam iam, string user, string serial, CancellationToken cancel)
    {
        await iam.DeactivateMfaDevice(user, serial, cancel);
        if (serial.StartsWith("arn:", StringComparison.Ordinal))
            await iam.DeleteVirtualMfaDevice(serial, cancel);
    }
}
