using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Resources.Iam;
using Paco.Stacks;

namespace Paco.Global.Iam;

/// <summary>
/// A user's role in one account, which only that user takes on, and only with an MFA device. Where the user is disabled or not let in the
/// stack is emptied, and so every right is gone.
/// </summary>
internal static class DelegateTemplate
{
    private const string Role = "UserAccountDelegateRole";
    private const int LongestRoleName = 64;

    public static string RoleName(IamUser user) => $"IAM-User-Account-Delegate-Role-{user.Name}";

    /// <param name="users">The stack of the users: a role trusts a user that is there.</param>
    public static void Build(GlobalScope scope, IamUser user, ProjectAccount account, NodeId users)
    {
        var id = new NodeId(new Place(account.Name, scope.DefaultRegion), IamStacks.Delegates(user.Name));
        var isIn = user.IsEnabled && user.Whitelist.Holds(account);
        var stack = scope.Build.Stack(id, user.Path, $"role of {user.Name}", isIn, user.Location);
        stack.Capabilities = ["CAPABILITY_NAMED_IAM"];
        stack.After.Add(users);
        if (!isIn)
            return;
        if (RoleName(user).Length > LongestRoleName)
        {
            scope.Build.Bag.Add(StackCodes.NameTooLong, user.Location,
                $"the role would be called {RoleName(user)}: {RoleName(user).Length} characters; AWS allows {LongestRoleName}",
                "shorten the user's key", subject: user.Path);
        }
        stack.Resource(Role, "AWS::IAM::Role", new MapValue
        {
            ["RoleName"] = RoleName(user),
            ["AssumeRolePolicyDocument"] = Trust(user),
            ["ManagedPolicyArns"] = Value.OfMany(ManagedPolicies(user, account).Distinct()
                .Select(name => Fn.Sub($"arn:${{AWS::Partition}}:iam::aws:policy/{name}"))),
        });
        foreach (var permission in user.Permissions.Where(p => p.IsEnabled))
            PermissionTemplate.Write(scope, stack, permission, account);
        stack.Output("SigninUrl", Fn.Sub(SignIn.SwitchRole(id.Place.Partition, RoleName(user), $"{user.Name}@{account.Name}")));
        stack.Address($"switch to {account.Name}", "SigninUrl");
    }

    /// <summary>A policy for the role alone, unnamed as with Paco 9.</summary>
    public static void AddPolicy(StackBuilder stack, string logicalId, IEnumerable<MapValue> statements) =>
        stack.Resource(logicalId, "AWS::IAM::ManagedPolicy", new MapValue
        {
            ["PolicyDocument"] = PolicyDocument.Of(statements),
            ["Roles"] = Value.List(Fn.Ref(Role)),
        });

    private static MapValue Trust(IamUser user) => PolicyDocument.Of(new MapValue
    {
        ["Effect"] = "Allow",
        ["Principal"] = new MapValue
        {
            ["AWS"] = Fn.Sub($"arn:${{AWS::Partition}}:iam::${{Master}}:user/{user.UserName}",
                new MapValue { ["Master"] = new ProjectAccount(ProjectAccount.Master, []).Id }),
        },
        ["Action"] = Value.List("sts:AssumeRole"),
        ["Condition"] = new MapValue { ["Bool"] = new MapValue { ["aws:MultiFactorAuthPresent"] = "true" } },
    });

    private static IEnumerable<string> ManagedPolicies(IamUser user, ProjectAccount account) => user.Permissions
        .Where(p => p.IsEnabled && p.Accounts.Holds(account)).SelectMany(p => p switch
        {
            Administrator { ReadOnly: true } => ["ReadOnlyAccess"],
            Administrator => ["AdministratorAccess"],
            CustomPolicy custom => custom.ManagedPolicies,
            _ => [],
        });
}
