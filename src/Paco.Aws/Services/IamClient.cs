using System.Collections.Immutable;
using System.Xml.Linq;
using Paco.Aws.Wire;
using Paco.Clouds;
using Paco.Diagnostics;

namespace Paco.Aws.Services;

/// <summary>IAM over the Query protocol; it answers in one place of a partition. Source: IAM API Reference, 2010-05-08.</summary>
internal sealed class IamClient(ServiceCaller caller) : IIam
{
    public Task<IamUser?> GetUser(string userName, CancellationToken cancel) =>
        OrNull(Read(Form("GetUser", userName), root => User(root.Within("User")), cancel));

    public Task TagUser(string userName, KeyValuePair<string, string> tag, CancellationToken cancel) =>
        Do(Form("TagUser", userName).Add("Tags.member.1.Key", tag.Key).Add("Tags.member.1.Value", tag.Value), cancel);

    public Task UntagUser(string userName, string tagKey, CancellationToken cancel) =>
        Do(Form("UntagUser", userName).Add("TagKeys.member.1", tagKey), cancel);

    public Task<ImmutableArray<AccessKey>> ListAccessKeys(string userName, CancellationToken cancel) =>
        List("ListAccessKeys", userName, "AccessKeyMetadata", Key, cancel);

    /// <summary>Not repeatable: a second try would leave a key whose secret nobody has.</summary>
    public Task<NewAccessKey> CreateAccessKey(string userName, CancellationToken cancel) => caller.Xml(
        Form("CreateAccessKey", userName).ToRequest(repeatable: false, answersSecret: true),
        root =>
        {
            var key = root.Within("AccessKey");
            return new NewAccessKey(key.Need("AccessKeyId"), new Secret(key.Need("SecretAccessKey")));
        },
        cancel);

    public Task UpdateAccessKey(string userName, string accessKeyId, bool active, CancellationToken cancel) =>
        Do(Form("UpdateAccessKey", userName).Add("AccessKeyId", accessKeyId).Add("Status", active ? "Active" : "Inactive"), cancel);

    public Task DeleteAccessKey(string userName, string accessKeyId, CancellationToken cancel) =>
        Remove(Form("DeleteAccessKey", userName).Add("AccessKeyId", accessKeyId), cancel);

    public Task<ImmutableArray<string>> ListSshPublicKeys(string userName, CancellationToken cancel) =>
        List("ListSSHPublicKeys", userName, "SSHPublicKeys", e => e.Need("SSHPublicKeyId"), cancel);

    public Task<SshPublicKey?> GetSshPublicKey(string userName, string sshPublicKeyId, CancellationToken cancel)
    {
        var form = Form("GetSSHPublicKey", userName).Add("SSHPublicKeyId", sshPublicKeyId).Add("Encoding", "SSH");
        return OrNull(Read(form, root => PublicKey(root.Within("SSHPublicKey")), cancel));
    }

    /// <summary>Not repeatable: a second try would be refused as a duplicate of the first.</summary>
    public Task<SshPublicKey> UploadSshPublicKey(string userName, string body, CancellationToken cancel) => caller.Xml(
        Form("UploadSSHPublicKey", userName).Add("SSHPublicKeyBody", body).ToRequest(repeatable: false),
        root => PublicKey(root.Within("SSHPublicKey")),
        cancel);

    public Task DeleteSshPublicKey(string userName, string sshPublicKeyId, CancellationToken cancel) =>
        Remove(Form("DeleteSSHPublicKey", userName).Add("SSHPublicKeyId", sshPublicKeyId), cancel);

    public Task<ImmutableArray<string>> ListMfaDevices(string userName, CancellationToken cancel) =>
        List("ListMFADevices", userName, "MFADevices", e => e.Need("SerialNumber"), cancel);

    public Task DeactivateMfaDevice(string userName, string serialNumber, CancellationToken cancel) =>
        Remove(Form("DeactivateMFADevice", userName).Add("SerialNumber", serialNumber), cancel);

    public Task DeleteVirtualMfaDevice(string serialNumber, CancellationToken cancel) =>
        Remove(Form("DeleteVirtualMFADevice").Add("SerialNumber", serialNumber), cancel);

    public Task<ImmutableArray<string>> ListServiceSpecificCredentials(string userName, CancellationToken cancel) => List(
        "ListServiceSpecificCredentials", userName, "ServiceSpecificCredentials", e => e.Need("ServiceSpecificCredentialId"), cancel);

    public Task DeleteServiceSpecificCredential(string userName, string credentialId, CancellationToken cancel) =>
        Remove(Form("DeleteServiceSpecificCredential", userName).Add("ServiceSpecificCredentialId", credentialId), cancel);

    public Task<ImmutableArray<string>> ListSigningCertificates(string userName, CancellationToken cancel) =>
        List("ListSigningCertificates", userName, "Certificates", e => e.Need("CertificateId"), cancel);

    public Task DeleteSigningCertificate(string userName, string certificateId, CancellationToken cancel) =>
        Remove(Form("DeleteSigningCertificate", userName).Add("CertificateId", certificateId), cancel);

    public Task<ImmutableArray<string>> ListAttachedUserPolicies(string userName, CancellationToken cancel) =>
        List("ListAttachedUserPolicies", userName, "AttachedPolicies", e => e.Need("PolicyArn"), cancel);

    public Task DetachUserPolicy(string userName, string policyArn, CancellationToken cancel) =>
        Remove(Form("DetachUserPolicy", userName).Add("PolicyArn", policyArn), cancel);

    public Task<ImmutableArray<string>> ListUserPolicies(string userName, CancellationToken cancel) =>
        List("ListUserPolicies", userName, "PolicyNames", e => e.Value, cancel);

    public Task DeleteUserPolicy(string userName, string policyName, CancellationToken cancel) =>
        Remove(Form("DeleteUserPolicy", userName).Add("PolicyName", policyName), cancel);

    public Task<ImmutableArray<string>> ListGroupsForUser(string userName, CancellationToken cancel) =>
        List("ListGroupsForUser", userName, "Groups", e => e.Need("GroupName"), cancel);

    public Task RemoveUserFromGroup(string userName, string groupName, CancellationToken cancel) =>
        Remove(Form("RemoveUserFromGroup", userName).Add("GroupName", groupName), cancel);

    public Task<LoginProfile?> GetLoginProfile(string userName, CancellationToken cancel) => OrNull(Read(
        Form("GetLoginProfile", userName), root => new LoginProfile(root.Within("LoginProfile").IsTrue("PasswordResetRequired")), cancel));

    public Task DeleteLoginProfile(string userName, CancellationToken cancel) => Remove(Form("DeleteLoginProfile", userName), cancel);

    private static QueryForm Form(string action, string? userName = null) =>
        new QueryForm(AwsService.Iam, "2010-05-08", action).Add("UserName", userName);

    private Task<T> Read<T>(QueryForm form, Func<XElement, T> read, CancellationToken cancel) =>
        caller.Xml(form.ToRequest(repeatable: true), read, cancel);

    private Task Do(QueryForm form, CancellationToken cancel) => caller.Do(form.ToRequest(repeatable: true), cancel);

    // Page by page.
    private async Task<ImmutableArray<T>> List<T>(string action, string userName, string list, Func<XElement, T> item,
        CancellationToken cancel)
    {
        var all = await Pages.All(marker => Read(
            Form(action, userName).Add("Marker", marker),
            root =>
            {
                var result = root.Within($"{action}Result");
                var next = result.IsTrue("IsTruncated") ? result.Text("Marker") : null;
                return (result.List(list).Select(item).ToList().AsEnumerable(), next);
            },
            cancel));
        return [.. all];
    }

    private async Task Remove(QueryForm form, CancellationToken cancel)
    {
        try
        {
            await Do(form, cancel);
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.NotFound)
        {
            // Gone already, perhaps by the first of two tries.
        }
    }

    private static async Task<T?> OrNull<T>(Task<T> call)
        where T : class
    {
        try
        {
            return await call;
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.NotFound)
        {
            return null;
        }
    }

    private static IamUser User(XElement e) => new(e.Need("UserName"), e.Need("Arn"),
        e.List("Tags").ToImmutableSortedDictionary(t => t.Need("Key"), t => t.Text("Value") ?? "", StringComparer.Ordinal));

    private static AccessKey Key(XElement e) =>
        new(e.Need("AccessKeyId"), e.Text("Status") == "Active", e.Text("CreateDate") is { } time ? WireXml.Time(time) : default);

    private static SshPublicKey PublicKey(XElement e) =>
        new(e.Need("SSHPublicKeyId"), e.Need("Fingerprint"), e.Need("SSHPublicKeyBody"), e.Text("Status") == "Active");
}
