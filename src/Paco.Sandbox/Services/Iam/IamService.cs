using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.Iam;

/// <summary>IAM: what the users that stacks made can do with, and its refusals. Policies are kept and not evaluated.</summary>
internal sealed partial class IamService() : QueryService("iam", "https://iam.amazonaws.com/doc/2010-05-08/")
{
    protected override XElement? Do(Call call, QueryForm form) => call.Operation switch
    {
        "GetUser" => new("r", User(call, Find(call, form))),
        "ListUserTags" => Page(form, "Tags", Tags(call, Find(call, form))),
        "TagUser" => Tag(call, form),
        "UntagUser" => Untag(call, form),
        "ListAccessKeys" => Page(form, "AccessKeyMetadata", AccessKeys.List(call, Find(call, form))),
        "CreateAccessKey" => AccessKeys.Create(call, Find(call, form)),
        "UpdateAccessKey" => AccessKeys.Update(call, Find(call, form), form),
        "DeleteAccessKey" => AccessKeys.Delete(call, Find(call, form), form),
        "ListSSHPublicKeys" => Page(form, "SSHPublicKeys", SshPublicKeys.List(call, Find(call, form))),
        "GetSSHPublicKey" => SshPublicKeys.Get(call, Find(call, form), form),
        "UploadSSHPublicKey" => SshPublicKeys.Upload(call, Find(call, form), form),
        "DeleteSSHPublicKey" => SshPublicKeys.Delete(call, Find(call, form), form),
        "GetLoginProfile" => GetLoginProfile(Find(call, form)),
        "DeleteLoginProfile" => DeleteLoginProfile(call, Find(call, form)),
        "ListOpenIDConnectProviders" => IdentityProviders.List(call),
        "GetOpenIDConnectProvider" => IdentityProviders.Get(call, form),
        var other => UserBelongings.Do(call, form, other),
    };

    /// <summary>The user a request names. Throws <c>NoSuchEntity</c>.</summary>
    internal static LiveResource Find(Call call, QueryForm form)
    {
        var name = form.Required("UserName");
        if (!UserName().IsMatch(name) || name.Length > 128)
        {
            throw AwsError.Validation("The specified value for userName is invalid. It must contain only alphanumeric characters and/or "
                + "the following: +=,.@_-");
        }

        return call.Store.Find(call.Account, ResourceRegions.Global, UserCredentials.UserType, name)
            ?? throw Missing($"The user with name {name} cannot be found.");
    }

    internal static AwsError Missing(string message) => new("NoSuchEntity", message, 404);

    internal static AwsError Limit(string quota, int most) => new("LimitExceeded", $"Cannot exceed quota for {quota}: {most}", 409);

    internal static XElement Member(params IEnumerable<object?> content) => new("member", content);

    /// <summary>The part of a list that a request asks for.</summary>
    internal static XElement Page(QueryForm form, string list, IEnumerable<XElement> members)
    {
        var from = int.TryParse(form["Marker"], out var marker) && marker > 0 ? marker : 0;
        var most = Math.Clamp(form.Number("MaxItems") ?? 100, 1, 1000);
        var rest = members.Skip(from).ToList();
        return new("r", new XElement(list, rest.Take(most)), new XElement("IsTruncated", rest.Count > most ? "true" : "false"),
            rest.Count > most ? new XElement("Marker", from + most) : null);
    }

    private static XElement User(Call call, LiveResource user) => new(
        "User",
        new XElement("Path", user.Properties["Path"]?.ToString() ?? "/"),
        new XElement("UserName", user.Physical),
        new XElement("UserId", $"AIDA{new DeterministicIds($"user {user.Account} {user.Physical} {user.Created:O}").Capitals(17)}"),
        new XElement("Arn", user.Attributes["Arn"]?.ToString()),
        new XElement("CreateDate", user.Created.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ")),
        new XElement("Tags", Tags(call, user)));

    // Those of the stack, and those somebody gave the user later.
    private static IEnumerable<XElement> Tags(Call call, LiveResource user)
    {
        var later = UserCredentials.Of(call.Store, user.Account, user.Physical, CredentialKind.Tag);
        var made = (user.Properties["Tags"] as JsonArray ?? []).Select(t => ($"{t?["Key"]}", $"{t?["Value"]}"))
            .Where(t => !t.Item1.StartsWith("aws:", StringComparison.Ordinal) && later.All(l => !IsSame(l.Id, t.Item1)));
        return made.Concat(later.Select(l => (l.Id, l.Body)))
            .Select(t => Member(new XElement("Key", t.Item1), new XElement("Value", t.Item2)));
    }

    private static XElement? Tag(Call call, QueryForm form)
    {
        var user = Find(call, form);
        foreach (var at in form.Items("Tags"))
        {
            var (key, value) = (form.Required($"{at}Key"), form[$"{at}Value"] ?? "");
            if (key.Length > 128 || value.Length > 256 || !TagText().IsMatch(key + value))
            {
                throw new AwsError("InvalidInput",
                    "The request was rejected because an invalid or out-of-range value was supplied for a tag.");
            }

            var known = UserCredentials.Of(call.Store, user.Account, user.Physical, CredentialKind.Tag).Find(t => IsSame(t.Id, key));
            UserCredentials.Put(call.Store, user.Account, user.Physical, new(CredentialKind.Tag, known?.Id ?? key, value, call.Now));
        }

        return Tags(call, user).Count() > 50 ? throw Limit("TagsPerUser", 50) : null;
    }

    private static XElement? Untag(Call call, QueryForm form)
    {
        var user = Find(call, form);
        foreach (var key in form.List("TagKeys"))
        {
            UserCredentials.Remove(call.Store, user.Account, user.Physical, CredentialKind.Tag, key);
            var kept = (user.Properties["Tags"] as JsonArray ?? []).Where(t => !IsSame($"{t?["Key"]}", key)).Select(t => t?.DeepClone());
            user.Properties["Tags"] = new JsonArray([.. kept]);
        }

        call.Store.Insert(user);
        return null;
    }

    private static XElement GetLoginProfile(LiveResource user) => user.Properties["LoginProfile"] is JsonObject profile
        ? new("r", new XElement("LoginProfile",
            new XElement("UserName", user.Physical),
            new XElement("CreateDate", user.Created.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ")),
            new XElement("PasswordResetRequired", Templates.Json.Scalar(profile["PasswordResetRequired"]) is "true" ? "true" : "false")))
        : throw Missing($"Login Profile for User {user.Physical} cannot be found.");

    private static XElement? DeleteLoginProfile(Call call, LiveResource user)
    {
        if (!user.Properties.Remove("LoginProfile"))
        {
            throw Missing($"Login Profile for User {user.Physical} cannot be found.");
        }

        call.Store.Insert(user);
        return null;
    }

    private static bool IsSame(string key, string other) => string.Equals(key, other, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"^[A-Za-z0-9_+=,.@-]+$")]
    private static partial Regex UserName();

    [GeneratedRegex(@"^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$")]
    private static partial Regex TagText();
}
