using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;

namespace Paco.Sandbox.Made;

/// <summary>Roles as others use them: who may take one on, and what it may do then.</summary>
internal static class Roles
{
    public const string Type = "AWS::IAM::Role";

    /// <summary>The role of an ARN, in whichever account; null where there is none.</summary>
    public static LiveResource? Find(Store store, string arn) =>
        arn.Split(':') is ["arn", _, "iam", "", var account, var role] && role.StartsWith("role/", StringComparison.Ordinal)
            ? store.Find(account, ResourceRegions.Global, Type, role[(role.LastIndexOf('/') + 1)..])
            : null;

    /// <summary>True where a service may take the role on for something of its own.</summary>
    /// <param name="source">The ARN of that something, which the service sends.</param>
    /// <param name="account">The account of that something, where the service sends it too.</param>
    public static bool Trusts(Store store, string arn, string service, string source, string? account = null)
    {
        var context = new Dictionary<string, string> { ["aws:SourceArn"] = source };
        if (account is not null)
        {
            context["aws:SourceAccount"] = account;
        }

        return Find(store, arn) is { } role && new ServicePermission([service], context).Allows(Trust(role), "sts:AssumeRole", arn);
    }

    /// <summary>True where one role may take another on: its own policies say so, and so does the other's trust.</summary>
    public static bool MayAssume(Store store, string from, string to)
    {
        if (Find(store, from) is not { } one || Find(store, to) is not { } other)
        {
            return false;
        }

        string[] names = [from, one.Account, $"arn:{from.Split(':')[1]}:iam::{one.Account}:root"];
        var asks = new ServicePermission(names, new Dictionary<string, string>
        {
            ["aws:PrincipalArn"] = from,
            ["aws:PrincipalAccount"] = one.Account,
            ["aws:PrincipalType"] = "AssumedRole",
        });
        return asks.Allows(Trust(other), "sts:AssumeRole", to) && Allows(store, one, "sts:AssumeRole", to);
    }

    // A policy of AWS's own is not in the sandbox: what it allows is not known, and so not denied.
    private static bool Allows(Store store, LiveResource role, string action, string resource)
    {
        var asks = new ServicePermission([], new Dictionary<string, string>());
        return RolePolicies.Of(store, role).Any(p => p.Arn?.Contains(":iam::aws:policy/", StringComparison.Ordinal) == true
            || asks.Allows(p.Document, action, resource));
    }

    private static JsonNode? Trust(LiveResource role) => role.Properties["AssumeRolePolicyDocument"];
}
