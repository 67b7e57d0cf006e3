using System.Collections.Immutable;
using Paco.Diagnostics;

namespace Paco.Clouds;

/// <summary>
/// IAM, for what a user can do with besides what CloudFormation gives: keys, devices, passwords. It is the account's, whatever region is
/// asked. What concerns a user that does not exist is refused (<see cref="CloudErrorKind.NotFound"/>); deleting or taking away what is
/// gone already is no error.
/// </summary>
public interface IIam
{
    /// <summary>The user of that name, or null.</summary>
    Task<IamUser?> GetUser(string userName, CancellationToken cancel);

    /// <summary>Gives a user a tag, in place of one of that name. IAM tells names that differ only in case not apart.</summary>
    Task TagUser(string userName, KeyValuePair<string, string> tag, CancellationToken cancel);

    Task UntagUser(string userName, string tagKey, CancellationToken cancel);

    /// <summary>The access keys of a user, at most two, as IAM orders them.</summary>
    Task<ImmutableArray<AccessKey>> ListAccessKeys(string userName, CancellationToken cancel);

    /// <summary>Makes an access key; the only moment its secret can be read. A third is refused (<c>LimitExceeded</c>).</summary>
    Task<NewAccessKey> CreateAccessKey(string userName, CancellationToken cancel);

    /// <summary>Makes a key <c>Active</c> or <c>Inactive</c>.</summary>
    Task UpdateAccessKey(string userName, string accessKeyId, bool active, CancellationToken cancel);

    Task DeleteAccessKey(string userName, string accessKeyId, CancellationToken cancel);

    /// <summary>The ids (<c>APKA…</c>) of a user's public keys for CodeCommit, at most five.</summary>
    Task<ImmutableArray<string>> ListSshPublicKeys(string userName, CancellationToken cancel);

    /// <summary>One public key as <c>ssh-keygen</c> writes it, or null.</summary>
    Task<SshPublicKey?> GetSshPublicKey(string userName, string sshPublicKeyId, CancellationToken cancel);

    /// <summary>
    /// Uploads a public key. What is none is refused (<c>InvalidPublicKey</c>), so is one the user has (<c>DuplicateSSHPublicKey</c>) and
    /// a sixth (<c>LimitExceeded</c>).
    /// </summary>
    Task<SshPublicKey> UploadSshPublicKey(string userName, string body, CancellationToken cancel);

    Task DeleteSshPublicKey(string userName, string sshPublicKeyId, CancellationToken cancel);

    /// <summary>The serial numbers of a user's MFA devices: an ARN for a virtual one.</summary>
    Task<ImmutableArray<string>> ListMfaDevices(string userName, CancellationToken cancel);

    Task DeactivateMfaDevice(string userName, string serialNumber, CancellationToken cancel);

    /// <summary>Deletes a virtual device that no user has any longer.</summary>
    Task DeleteVirtualMfaDevice(string serialNumber, CancellationToken cancel);

    /// <summary>The ids (<c>ACCA…</c>) of user names and passwords for single services, such as Git over HTTPS.</summary>
    Task<ImmutableArray<string>> ListServiceSpecificCredentials(string userName, CancellationToken cancel);

    Task DeleteServiceSpecificCredential(string userName, string credentialId, CancellationToken cancel);

    Task<ImmutableArray<string>> ListSigningCertificates(string userName, CancellationToken cancel);

    Task DeleteSigningCertificate(string userName, string certificateId, CancellationToken cancel);

    /// <summary>The ARNs of the managed policies a user has, whoever attached them.</summary>
    Task<ImmutableArray<string>> ListAttachedUserPolicies(string userName, CancellationToken cancel);

    Task DetachUserPolicy(string userName, string policyArn, CancellationToken cancel);

    /// <summary>The names of a user's inline policies.</summary>
    Task<ImmutableArray<string>> ListUserPolicies(string userName, CancellationToken cancel);

    Task DeleteUserPolicy(string userName, string policyName, CancellationToken cancel);

    /// <summary>The names of the groups a user is in.</summary>
    Task<ImmutableArray<string>> ListGroupsForUser(string userName, CancellationToken cancel);

    Task RemoveUserFromGroup(string userName, string groupName, CancellationToken cancel);

    /// <summary>What there is to say of a user's console password, or null for one without.</summary>
    Task<LoginProfile?> GetLoginProfile(string userName, CancellationToken cancel);

    Task DeleteLoginProfile(string userName, CancellationToken cancel);
}

/// <summary>A user, and the tags somebody gave it.</summary>
public sealed record IamUser(string Name, string Arn, ImmutableSortedDictionary<string, string> Tags);

/// <summary>An access key without its secret.</summary>
/// <param name="Id"><c>AKIA…</c></param>
public sealed record AccessKey(string Id, bool IsActive, DateTimeOffset Created);

/// <summary>An access key just made. <see cref="Secret"/> is shown or written once and never logged.</summary>
public sealed record NewAccessKey(string Id, Secret Secret);

/// <summary>A public key for CodeCommit.</summary>
/// <param name="Id"><c>APKA…</c>, which is the user name in the address of a repository.</param>
/// <param name="Fingerprint">The MD5 of the key, as pairs of hex digits.</param>
/// <param name="Body"><c>ssh-rsa AAAA… comment</c>.</param>
public sealed record SshPublicKey(string Id, string Fingerprint, string Body, bool IsActive);

/// <param name="IsResetRequired">The user must choose another password at the next sign-in, so nobody has signed in with this one.</param>
public sealed record LoginProfile(bool IsResetRequired);
