using System.Collections.Immutable;
using Paco.Binding;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Global.Iam;

public sealed class IamRoom : GlobalRoom
{
    public override string FileStem => "iam";

    public override string Summary => "People: users of the management account, and what each may do in which account.";

    public override IEnumerable<DiagnosticCode> Codes =>
        [IamCodes.SameUserName, IamCodes.SameKey, IamCodes.OutsideWhitelist, IamCodes.ElsewhereThanMaster];

    public override GlobalResource Bind(Fields f) => new IamResources(f);

    protected internal override bool LetsPeopleIn => true;

    protected internal override ObjectPath? PathOf(string stackName) => IamStacks.PathOf(stackName);
}

/// <summary>
/// What <c>resource/iam.yaml</c> holds: one stack of all users in the management account, and in every account a stack with the role of
/// each.
/// </summary>
public sealed class IamResources(Fields f) : GlobalResource(f)
{
    public ImmutableArray<IamUser> Users { get; } = f.Map("users", "Users by name.", x => new IamUser(x));

    protected internal override void Rules(Fields f)
    {
        Twice(f, Users.Where(u => u.IsEnabled), u => u.UserName, IamCodes.SameUserName,
            (one, other) => $"{one.Name} and {other.Name} would both be called {other.UserName} in IAM");
        Twice(f, Users, u => u.Name, IamCodes.SameKey, (one, other) => $"the keys {one.Name} and {other.Name} differ only in case");
    }

    private static void Twice(Fields f, IEnumerable<IamUser> users, Func<IamUser, string> name, DiagnosticCode code,
        Func<IamUser, IamUser, string> words)
    {
        foreach (var same in users.GroupBy(name, StringComparer.OrdinalIgnoreCase).Where(g => g.Key.Length > 0 && g.Count() > 1))
            f.Report(code, same.Last().Location, words(same.First(), same.Last()));
    }

    protected internal override void Build(GlobalScope scope)
    {
        var accounts = ProjectAccount.All(scope.Build);
        foreach (var user in Users)
            user.CheckAccounts(scope.Build, accounts);
        var id = new NodeId(new Place(scope.Build.AccountOf(ProjectAccount.Master), scope.DefaultRegion), IamStacks.Users);
        var stack = scope.Build.Stack(id, Path.Below("users"), "users", Users.Any(u => u.IsEnabled), Location);
        stack.Capabilities = ["CAPABILITY_NAMED_IAM"];
        UsersTemplate.Write(stack, [.. Users.Where(u => u.IsEnabled)], accounts);
        foreach (var user in Users)
        {
            foreach (var account in accounts)
                DelegateTemplate.Build(scope, user, account, id);
        }
        foreach (var user in Users.Where(u => u.IsEnabled))
        {
            var name = new LiteralSource(user.UserName) { MadeBy = id };
            foreach (var action in user.Keys.Actions(user, id.Place, user.Name, name))
                scope.Build.Add(action);
        }
    }
}
