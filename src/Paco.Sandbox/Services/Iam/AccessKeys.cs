using System.Security.Cryptography;
using System.Xml.Linq;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.Iam;

/// <summary>Access keys: those IAM's API made, and those of stacks.</summary>
internal static class AccessKeys
{
    private const int Most = 2;

    public static IEnumerable<XElement> List(Call call, LiveResource user) => All(call, user).Select(k => IamService.Member(
        new XElement("UserName", user.Physical), new XElement("AccessKeyId", k.Id), new XElement("Status", k.Body),
        new XElement("CreateDate", k.Created.Iso())));

    public static XElement Create(Call call, LiveResource user)
    {
        if (All(call, user).Count >= Most)
        {
            throw IamService.Limit("AccessKeysPerUser", Most);
        }

        // Random, as a private key is: somebody may sign in to something else with it.
        var secret = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 40);
        var seed = new DeterministicIds($"access key {UserCredentials.Next(call.Store)} {user.Account} {user.Physical}");
        var key = new UserCredential(CredentialKind.AccessKey, $"AKIA{seed.Capitals(16)}", "Active", call.Now);
        UserCredentials.Put(call.Store, user.Account, user.Physical, key);
        return new("r", new XElement("AccessKey",
            new XElement("UserName", user.Physical), new XElement("AccessKeyId", key.Id), new XElement("Status", key.Body),
            new XElement("SecretAccessKey", secret), new XElement("CreateDate", key.Created.Iso())));
    }

    public static XElement? Update(Call call, LiveResource user, QueryForm form)
    {
        var status = form.Required("Status");
        if (status is not ("Active" or "Inactive"))
        {
            throw AwsError.Validation(
                $"1 validation error detected: Value '{status}' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Expired, Inactive]");
        }

        var key = Find(call, user, form);
        if (OfStack(call, user, key.Id) is { } made)
        {
            made.Properties["Status"] = status;
            call.Store.Insert(made);
        }
        else
        {
            UserCredentials.Put(call.Store, user.Account, user.Physical, key with { Body = status });
        }

        return null;
    }

    public static XElement? Delete(Call call, LiveResource user, QueryForm form)
    {
        var key = Find(call, user, form);
        UserCredentials.Remove(call.Store, user.Account, user.Physical, CredentialKind.AccessKey, key.Id);
        call.Store.Remove(user.Account, ResourceRegions.Global, UserCredentials.AccessKeyType, key.Id);
        return null;
    }

    private static UserCredential Find(Call call, LiveResource user, QueryForm form)
    {
        var id = form.Required("AccessKeyId");
        return All(call, user).Find(k => k.Id == id) ?? throw IamService.Missing($"The Access Key with id {id} cannot be found.");
    }

    private static List<UserCredential> All(Call call, LiveResource user) =>
    [
        .. call.Store.OfType(user.Account, ResourceRegions.Global, UserCredentials.AccessKeyType)
            .Where(k => $"{k.Properties["UserName"]}" == user.Physical)
            .Select(k => new UserCredential(
                CredentialKind.AccessKey, k.Physical, k.Properties["Status"]?.ToString() ?? "Active", k.Created)),
        .. UserCredentials.Of(call.Store, user.Account, user.Physical, CredentialKind.AccessKey),
    ];

    private static LiveResource? OfStack(Call call, LiveResource user, string id) =>
        call.Store.Find(user.Account, ResourceRegions.Global, UserCredentials.AccessKeyType, id);
}
