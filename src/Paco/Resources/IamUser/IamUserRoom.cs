using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Resources.Iam;
using Paco.Resources.Users;
using Paco.Stacks;

namespace Paco.Resources.IamUser;

public sealed class IamUserRoom : Room
{
    public override string Type => "IAMUser";

    public override string Summary =>
        "A user for something outside of AWS that can take on no role. Where it can (OpenID Connect, Roles Anywhere), a role is better: it has no keys to lose.";

    public override AppResource Bind(Fields f) => new IamUser(f);
}

/// <summary>A user without a password; its name is CloudFormation's to choose, and its access keys are for a machine.</summary>
public sealed class IamUser(Fields f) : AppResource(f)
{
    public Ref? Account { get; } = f.Ref("account", "The account it is made in; by default that of the environment.", "Account");

    public ImmutableArray<Ref> Allows { get; } = f.Refs("allows",
        "What it may use: repositories for container images, to pull and to push.", "ECRRepository");

    public ProgrammaticAccess? ProgrammaticAccess { get; } = f.Object("programmatic_access",
        "Access keys; without it nothing is done to those there are.", x => new ProgrammaticAccess(x));

    protected internal override void Build(BuildScope scope)
    {
        var account = Account?.Path.Account is { } other ? scope.Build.AccountOf(other) : scope.Place.Account;
        var here = scope with { Place = new Place(account, scope.Place.Region) };
        var stack = here.Stack(this, "IAMUser");
        stack.Capabilities = ["CAPABILITY_NAMED_IAM"];
        if (!IsEnabled)
            return;
        stack.Resource("IAMUser", "AWS::IAM::User", []);
        stack.Output("IAMUserUserName", Fn.Ref("IAMUser"), $"{Path}.username");
        stack.Output("IAMUserArn", Fn.GetAtt("IAMUser", "Arn"), $"{Path}.arn");
        if (!Allows.IsEmpty)
            AddPolicy(stack);
        var user = new OutputSource(stack.Id, "IAMUserUserName");
        foreach (var action in ProgrammaticAccess?.Wanted.Actions(this, here.Place, Names.Stack(scope.Names), user) ?? [])
            scope.Build.Add(action);
    }

    private void AddPolicy(StackBuilder stack)
    {
        var repositories = Allows.Select(r => stack.Input($"Allow{Names.Md5(r.Text)}", r.Output("arn")));
        stack.Resource("IAMUserPolicy", "AWS::IAM::ManagedPolicy", new MapValue
        {
            ["PolicyDocument"] = PolicyDocument.Of(EcrRights.SignIn,
                PolicyDocument.AllowMany(repositories, EcrRights.PushAndPull)),
            ["Users"] = Value.List(Fn.Ref("IAMUser")),
        });
        stack.Output("IAMManagedPolicyArn", Fn.Ref("IAMUserPolicy"), $"{Path}.managedpolicy.arn");
    }
}
