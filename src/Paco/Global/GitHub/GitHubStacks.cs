using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Resources.Iam;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Global.GitHub;

/// <summary>
/// GitHub's identity provider in the management account, the roles its tokens are good for there, and in every other account the one role
/// that a plan takes on from there. A session of CI has no MFA device, so none of the roles for people are of use to it.
/// </summary>
internal static class GitHubStacks
{
    private const string Master = "master";
    private const string Issuer = "token.actions.githubusercontent.com";
    private const string Audience = "sts.amazonaws.com";
    private const string Begin = "Resource-GitHub-";
    private const string End = "-Roles";
    private const string ProviderName = "Resource-GitHub-Provider";
    private const int LongestRoleName = 64;

    /// <summary>The object a stack of that name lets in; null for every other stack.</summary>
    public static ObjectPath? PathOf(string stackName) => stackName == ProviderName ? new ObjectPath("resource.github")
        : stackName.StartsWith(Begin, StringComparison.Ordinal) && stackName.EndsWith(End, StringComparison.Ordinal)
            && stackName.Length > Begin.Length + End.Length
            ? new ObjectPath($"resource.github.repositories.{stackName[Begin.Length..^End.Length]}")
            : (ObjectPath?)null;

    /// <summary>The provider, which stays also when all of this goes.</summary>
    public static NodeId? BuildProvider(GlobalScope scope, GitHubAccess access)
    {
        if (access.HasProvider || access.Repositories.IsEmpty)
            return null;
        var id = new NodeId(MasterPlace(scope), ProviderName);
        var stack = scope.Build.Stack(id, access.Path, "GitHub's identity provider", enabled: true, access.Location);
        // AWS checks the certificate itself: no thumbprint is written. By itself it lets nobody in, and roles of others may need it.
        stack.Add(new Resource("Provider", "AWS::IAM::OIDCProvider", new MapValue
        {
            ["Url"] = $"https://{Issuer}",
            ["ClientIdList"] = Value.List(Audience),
        })
        {
            DeletionPolicy = DeletionPolicy.Retain,
            UpdateReplacePolicy = DeletionPolicy.Retain,
        });
        stack.Output("ProviderArn", Fn.Ref("Provider"), $"{access.Path}.provider.arn");
        return id;
    }

    /// <summary>The stacks of one repository, in every account of the project; emptied where it is disabled.</summary>
    public static void BuildRoles(GlobalScope scope, GitHubRepository repository, NodeId? provider)
    {
        var accounts = scope.Build.Index.Children("accounts").Select(scope.Build.AccountOf).Distinct()
            .Order(StringComparer.Ordinal).ToList();
        var master = scope.Build.AccountOf(Master);
        var others = accounts.Where(a => a != master).ToList();
        CheckName(scope, repository, others.Count > 0 ? repository.PlanDelegate : repository.PlanRole);
        var roles = Begun(scope, repository, new NodeId(MasterPlace(scope), StackName(repository)), $"GitHub roles of {repository.Name}");
        if (provider is { } needed)
            roles.After.Add(needed);
        if (repository.IsEnabled)
            WriteRoles(scope.Build, roles, repository, others);
        foreach (var account in others)
        {
            var stack = Begun(scope, repository, new NodeId(new Place(account, scope.DefaultRegion), StackName(repository)),
                $"GitHub plan role of {repository.Name}");
            if (repository.IsEnabled)
                WriteDelegate(scope.Build, stack, repository);
        }
    }

    private static string StackName(GitHubRepository repository) => $"{Begin}{Names.Stack(repository.Name)}{End}";

    private static Place MasterPlace(GlobalScope scope) => new(scope.Build.AccountOf(Master), scope.DefaultRegion);

    private static StackBuilder Begun(GlobalScope scope, GitHubRepository repository, NodeId id, string title)
    {
        var stack = scope.Build.Stack(id, repository.Path, title, repository.IsEnabled, repository.Location);
        stack.Capabilities = ["CAPABILITY_NAMED_IAM"];
        return stack;
    }

    private static void CheckName(GlobalScope scope, GitHubRepository repository, string longest)
    {
        if (longest.Length > LongestRoleName)
        {
            scope.Build.Bag.Add(StackCodes.NameTooLong, repository.Location,
                $"the role would be called {longest}: {longest.Length} characters; AWS allows {LongestRoleName}",
                "shorten the repository's key", subject: repository.Path);
        }
    }

    private static void WriteRoles(BuildContext build, StackBuilder stack, GitHubRepository repository, List<string> others)
    {
        var statements = PlanRights.Statements().Concat(PlanRights.OfOrganization());
        if (others.Count > 0)
        {
            statements = statements.Append(PolicyDocument.AllowMany(others.Select(account => Fn.Sub(
                $"arn:${{AWS::Partition}}:iam::${{Account}}:role/{repository.PlanDelegate}",
                new MapValue { ["Account"] = build.AccountId(account) })), "sts:AssumeRole"));
        }
        stack.Resource("PlanRole", "AWS::IAM::Role", new MapValue
        {
            ["RoleName"] = repository.PlanRole,
            ["AssumeRolePolicyDocument"] = Trust(repository, repository.Plan),
            ["Policies"] = Value.List(Policy(statements)),
        });
        stack.Output("PlanRoleArn", Fn.GetAtt("PlanRole", "Arn"), $"{repository.Path}.plan_role.arn");
        stack.Address("role that plans", "PlanRoleArn");
        if (repository.Provision is not { IsEnabled: true } provision)
            return;
        // It makes whatever the project says, roles among it: any fence would be one that it can move.
        stack.Resource("ProvisionRole", "AWS::IAM::Role", new MapValue
        {
            ["RoleName"] = repository.ProvisionRole,
            ["AssumeRolePolicyDocument"] = Trust(repository, provision),
            ["ManagedPolicyArns"] = Value.List(Fn.Sub("arn:${AWS::Partition}:iam::aws:policy/AdministratorAccess")),
        });
        stack.Output("ProvisionRoleArn", Fn.GetAtt("ProvisionRole", "Arn"), $"{repository.Path}.provision_role.arn");
        stack.Address("role that provisions", "ProvisionRoleArn");
    }

    // The management account is trusted and the role a condition, so that a role that is made anew is the same one.
    private static void WriteDelegate(BuildContext build, StackBuilder stack, GitHubRepository repository)
    {
        var master = new MapValue { ["Master"] = build.AccountId(Master) };
        stack.Resource("PlanDelegateRole", "AWS::IAM::Role", new MapValue
        {
            ["RoleName"] = repository.PlanDelegate,
            ["AssumeRolePolicyDocument"] = PolicyDocument.TrustRole(
                Fn.Sub("arn:${AWS::Partition}:iam::${Master}:root", master),
                Fn.Sub($"arn:${{AWS::Partition}}:iam::${{Master}}:role/{repository.PlanRole}", master)),
            ["Policies"] = Value.List(Policy(PlanRights.Statements())),
        });
    }

    private static MapValue Policy(IEnumerable<MapValue> statements) => new()
    {
        ["PolicyName"] = "plan",
        ["PolicyDocument"] = PolicyDocument.Of(statements),
    };

    private static MapValue Trust(GitHubRepository repository, RefAccess access) => PolicyDocument.Of(new MapValue
    {
        ["Effect"] = "Allow",
        ["Principal"] = new MapValue
        {
            ["Federated"] = Fn.Sub($"arn:${{AWS::Partition}}:iam::${{AWS::AccountId}}:oidc-provider/{Issuer}"),
        },
        ["Action"] = Value.List("sts:AssumeRoleWithWebIdentity"),
        ["Condition"] = new MapValue
        {
            ["StringEquals"] = new MapValue
            {
                [$"{Issuer}:aud"] = Audience,
                [$"{Issuer}:sub"] = Value.OfMany(repository.Subjects(access)),
            },
        },
    });
}
