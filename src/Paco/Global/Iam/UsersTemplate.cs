using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Resources.Iam;
using Paco.Stacks;

namespace Paco.Global.Iam;

/// <summary>The stack of all users: each with a policy to change its own password and MFA device, and to take on its roles.</summary>
internal static class UsersTemplate
{
    /// <summary>What must work before there is an MFA device. The roles themselves insist on one (decision 0032).</summary>
    private static readonly string[] WithoutMfa =
    [
        "iam:ChangePassword", "iam:CreateVirtualMFADevice", "iam:EnableMFADevice", "iam:GetAccountPasswordPolicy", "iam:GetUser",
        "iam:ListMFADevices", "iam:ListVirtualMFADevices", "iam:ResyncMFADevice", "sts:AssumeRole", "sts:GetSessionToken",
    ];

    public static void Write(StackBuilder stack, ImmutableArray<IamUser> users, ImmutableArray<ProjectAccount> accounts)
    {
        foreach (var user in users)
        {
            var name = stack.Parameter($"Username{Names.Md5(user.UserName)}", user.UserName);
            var id = $"IAMUser{Names.LogicalId(user.Name)}";
            stack.Resource(id, "AWS::IAM::User", new MapValue { ["UserName"] = name, ["LoginProfile"] = LoginProfile(stack, user) },
                user.Location);
            stack.Resource($"IAMUserPolicy{Names.LogicalId(user.Name)}", "AWS::IAM::ManagedPolicy", new MapValue
            {
                ["ManagedPolicyName"] = $"IAM-User-AssumeRole-Policy-{Names.UpperFirst(user.Name.ToLowerInvariant())}",
                ["PolicyDocument"] = PolicyDocument.Of(Statements(user, [.. accounts.Where(user.Whitelist.Holds)])),
                ["Users"] = Value.List(Fn.Ref(id)),
            }, user.Location);
        }
        if (!users.Any(u => u.HasConsole))
            return;
        stack.Output("ConsoleUrl", Fn.Sub(SignIn.Console(stack.Id.Place.Partition)));
        stack.Address("sign in", "ConsoleUrl");
    }

    // The parameter is called as with Paco 9, where the password followed from the user's name: a deployed one stays the user's.
    private static MapValue? LoginProfile(StackBuilder stack, IamUser user) => !user.HasConsole ? null : new MapValue
    {
        ["Password"] = stack.Input($"Password{Names.Md5($"{Names.Md5(user.UserName)[..8]}@Aim19!")}",
            new MadeSecretSource($"password of {user.UserName}", $"{user.Name}.password")),
        ["PasswordResetRequired"] = true,
    };

    private static IEnumerable<MapValue> Statements(IamUser user, ImmutableArray<ProjectAccount> accounts)
    {
        if (!accounts.IsEmpty)
        {
            yield return PolicyDocument.AllowMany(accounts.Select(a => Fn.Sub(
                $"arn:${{AWS::Partition}}:iam::${{Account}}:role/{DelegateTemplate.RoleName(user)}", new MapValue { ["Account"] = a.Id })),
                "sts:AssumeRole");
        }
        yield return Allow("AllowViewAccountInfo", "*", "iam:GetAccountPasswordPolicy", "iam:GetAccountSummary",
            "iam:ListVirtualMFADevices");
        yield return Allow("AllowManageOwnPasswords", Own("user", user), "iam:ChangePassword", "iam:GetUser");
        yield return Allow("AllowManageOwnVirtualMFADevice", Own("mfa", user), "iam:CreateVirtualMFADevice",
            "iam:DeleteVirtualMFADevice");
        yield return Allow("AllowManageOwnUserMFA", Own("user", user), "iam:DeactivateMFADevice", "iam:EnableMFADevice",
            "iam:ListMFADevices", "iam:ResyncMFADevice");
        yield return new MapValue
        {
            ["Sid"] = "DenyAllExceptListedIfNoMFA",
            ["Effect"] = "Deny",
            ["NotAction"] = Value.OfMany(WithoutMfa),
            ["Resource"] = "*",
            ["Condition"] = new MapValue { ["BoolIfExists"] = new MapValue { ["aws:MultiFactorAuthPresent"] = "false" } },
        };
    }

    private static MapValue Allow(string sid, Value resource, params IEnumerable<string> actions) =>
        MapValue.Of([KeyValuePair.Create<string, Value>("Sid", sid), .. PolicyDocument.Allow(resource, actions)]);

    private static Value Own(string kind, IamUser user) =>
        Fn.Sub($"arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:{kind}/{user.UserName}");
}
