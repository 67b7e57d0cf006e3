using System.Text.Json.Nodes;
using System.Xml.Linq;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.Iam;

/// <summary>
/// What else a user may have, and must lose before it is deleted: devices, certificates, passwords of single services, policies, groups.
/// Nothing is done with any of them.
/// </summary>
internal static class UserBelongings
{
    public static XElement? Do(Call call, QueryForm form, string operation) => operation switch
    {
        "CreateVirtualMFADevice" => CreateDevice(call, form),
        "EnableMFADevice" => Add(call, form, CredentialKind.MfaDevice, form.Required("SerialNumber")),
        "ListMFADevices" => List(call, form, CredentialKind.MfaDevice, "MFADevices", d => [.. Owner(form), new("SerialNumber", d.Id),
            new("EnableDate", d.Created.Iso())]),
        "DeactivateMFADevice" => Remove(call, form, CredentialKind.MfaDevice, "SerialNumber", "MFA Device with serial number"),
        "DeleteVirtualMFADevice" => DeleteDevice(call, form),
        "CreateServiceSpecificCredential" => CreateServicePassword(call, form),
        "ListServiceSpecificCredentials" => List(call, form, CredentialKind.ServiceSpecificCredential, "ServiceSpecificCredentials",
            c => [.. ServicePassword(form, c)]),
        "DeleteServiceSpecificCredential" => Remove(call, form, CredentialKind.ServiceSpecificCredential, "ServiceSpecificCredentialId",
            "Service Specific Credential"),
        "UploadSigningCertificate" => UploadCertificate(call, form),
        "ListSigningCertificates" => List(call, form, CredentialKind.SigningCertificate, "Certificates", c => [.. Certificate(form, c)]),
        "DeleteSigningCertificate" => Remove(call, form, CredentialKind.SigningCertificate, "CertificateId", "Certificate with id"),
        "AttachUserPolicy" => Add(call, form, CredentialKind.AttachedPolicy, form.Required("PolicyArn")),
        "ListAttachedUserPolicies" => Policies(call, form),
        "DetachUserPolicy" => Remove(call, form, CredentialKind.AttachedPolicy, "PolicyArn", "Policy"),
        "PutUserPolicy" => Add(call, form, CredentialKind.InlinePolicy, form.Required("PolicyName"), form.Required("PolicyDocument")),
        "ListUserPolicies" => IamService.Page(form, "PolicyNames",
            All(call, IamService.Find(call, form), CredentialKind.InlinePolicy).Select(p => new XElement("member", p.Id))),
        "DeleteUserPolicy" => Remove(call, form, CredentialKind.InlinePolicy, "PolicyName", "The user policy with name"),
        "AddUserToGroup" => Add(call, form, CredentialKind.Group, Group(call, form).Physical),
        "ListGroupsForUser" => List(call, form, CredentialKind.Group, "Groups", g => [.. Describe(call, g)]),
        "RemoveUserFromGroup" => Remove(call, form, CredentialKind.Group, "GroupName", "User not in the group"),
        _ => throw AwsError.NotEmulated($"iam:{operation}"),
    };

    private static List<UserCredential> All(Call call, LiveResource user, CredentialKind kind) =>
        UserCredentials.Of(call.Store, user.Account, user.Physical, kind);

    private static XElement List(Call call, QueryForm form, CredentialKind kind, string list, Func<UserCredential, XElement[]> members) =>
        IamService.Page(form, list, All(call, IamService.Find(call, form), kind).Select(c => IamService.Member(members(c))));

    private static XElement? Add(Call call, QueryForm form, CredentialKind kind, string id, string body = "")
    {
        var user = IamService.Find(call, form);
        UserCredentials.Put(call.Store, user.Account, user.Physical, new(kind, id, body, call.Now));
        return null;
    }

    private static XElement? Remove(Call call, QueryForm form, CredentialKind kind, string member, string what)
    {
        var (user, id) = (IamService.Find(call, form), form.Required(member));
        return UserCredentials.Remove(call.Store, user.Account, user.Physical, kind, id)
            ? null
            : throw IamService.Missing($"{what} {id} cannot be found.");
    }

    private static XElement[] Owner(QueryForm form) => [new("UserName", form.Required("UserName"))];

    private static string Id(Call call, string prefix, int length) =>
        $"{prefix}{new DeterministicIds($"{prefix} {UserCredentials.Next(call.Store)}").Capitals(length)}";

    // ---- MFA devices: any two codes will do --------------------------------------------------------------------------------

    private static XElement CreateDevice(Call call, QueryForm form)
    {
        var name = form.Required("VirtualMFADeviceName");
        return new("r", new XElement("VirtualMFADevice",
            new XElement("SerialNumber", $"arn:{SandboxContext.Partition(call.Region)}:iam::{call.Account}:mfa/{name}")));
    }

    private static XElement? DeleteDevice(Call call, QueryForm form) => call.Store.Number(
        "SELECT count(*) FROM credentials WHERE account = $1 AND kind = 'MfaDevice' AND id = $2", call.Account,
        form.Required("SerialNumber")) > 0
            ? throw new AwsError("DeleteConflict", "Cannot delete entity, must deactivate MFA device first.", 409)
            : null;

    // ---- passwords of single services ---------------------------------------------------------------------------------------

    private static XElement CreateServicePassword(Call call, QueryForm form)
    {
        var it = new UserCredential(CredentialKind.ServiceSpecificCredential, Id(call, "ACCA", 16), form.Required("ServiceName"), call.Now);
        Add(call, form, it.Kind, it.Id, it.Body);
        return new("r", new XElement("ServiceSpecificCredential", ServicePassword(form, it),
            new XElement("ServicePassword", System.Security.Cryptography.RandomNumberGenerator.GetHexString(40))));
    }

    private static XElement[] ServicePassword(QueryForm form, UserCredential it) =>
    [
        .. Owner(form), new("Status", "Active"), new("ServiceUserName", $"{form.Required("UserName")}-at-{it.Id}"),
        new("CreateDate", it.Created.Iso()), new("ServiceSpecificCredentialId", it.Id), new("ServiceName", it.Body),
    ];

    // ---- signing certificates -----------------------------------------------------------------------------------------------

    private static XElement UploadCertificate(Call call, QueryForm form)
    {
        var it = new UserCredential(CredentialKind.SigningCertificate, Id(call, "", 32), form.Required("CertificateBody"), call.Now);
        Add(call, form, it.Kind, it.Id, it.Body);
        return new("r", new XElement("Certificate", Certificate(form, it)));
    }

    private static XElement[] Certificate(QueryForm form, UserCredential it) =>
    [
        .. Owner(form), new("CertificateId", it.Id), new("CertificateBody", it.Body), new("Status", "Active"),
        new("UploadDate", it.Created.Iso()),
    ];

    // ---- policies and groups ------------------------------------------------------------------------------------------------

    // Those attached by hand, those of the user's stack, and those that name the user.
    private static XElement Policies(Call call, QueryForm form)
    {
        var user = IamService.Find(call, form);
        var naming = call.Store.OfType(user.Account, ResourceRegions.Global, "AWS::IAM::ManagedPolicy")
            .Where(p => (p.Properties["Users"] as JsonArray)?.Any(u => $"{u}" == user.Physical) == true).Select(p => p.Physical);
        var own = (user.Properties["ManagedPolicyArns"] as JsonArray ?? []).Select(a => $"{a}");
        var all = All(call, user, CredentialKind.AttachedPolicy).Select(p => p.Id).Concat(own).Concat(naming).Distinct();
        return IamService.Page(form, "AttachedPolicies", all.Select(arn => IamService.Member(
            new XElement("PolicyName", arn[(arn.LastIndexOf('/') + 1)..]), new XElement("PolicyArn", arn))));
    }

    private static LiveResource Group(Call call, QueryForm form)
    {
        var name = form.Required("GroupName");
        return call.Store.Find(call.Account, ResourceRegions.Global, "AWS::IAM::Group", name)
            ?? throw IamService.Missing($"The group with name {name} cannot be found.");
    }

    private static XElement[] Describe(Call call, UserCredential it) =>
    [
        new("Path", "/"), new("GroupName", it.Id), new("GroupId", $"AGPA{new DeterministicIds($"group {it.Id}").Capitals(17)}"),
        new("Arn", $"arn:{SandboxContext.Partition(call.Region)}:iam::{call.Account}:group/{it.Id}"),
        new("CreateDate", it.Created.Iso()),
    ];
}
