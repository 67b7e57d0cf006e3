using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Global.Iam;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>
/// Users whom Paco 9 made, and who have never signed in: their passwords follow from their names, so anybody can. Once this version has
/// updated the stack nobody can tell its passwords from theirs any more.
/// </summary>
internal static class GuessablePasswords
{
    public static async Task<IEnumerable<PlanProblem>> Find(ImmutableArray<PlannedNode> nodes, ICloud cloud, CancellationToken cancel)
    {
        var adopted = nodes.OfType<PlannedStack>()
            .Where(s => s.Id.Name == IamStacks.Users && s.Deployed?.Tags.ContainsKey(StackTags.Project) == false).ToList();
        var found = adopted.SelectMany(s => Users(s), (s, user) => Look(s, user, cloud.Iam(s.Id.Place), cancel));
        return (await Task.WhenAll(found)).OfType<PlanProblem>();
    }

    // Those whose password stays.
    private static IEnumerable<string> Users(PlannedStack stack) =>
        from resource in stack.Stack.Template.Resources
        where resource.Properties["LoginProfile"] is MapValue profile && profile["Password"] is RefValue password
            && stack.Deployed!.Parameters.ContainsKey(password.LogicalId)
        let name = resource.Properties["UserName"] is RefValue parameter ? stack.Parameters.GetValueOrDefault(parameter.LogicalId) : null
        where name is not null
        select name;

    private static async Task<PlanProblem?> Look(PlannedStack stack, string user, IIam iam, CancellationToken cancel)
    {
        try
        {
            return await iam.GetLoginProfile(user, cancel) is { IsResetRequired: true } ? Warning(stack, user) : null;
        }
        catch (CloudException e) when (e.Kind is CloudErrorKind.AccessDenied or CloudErrorKind.Unsupported)
        {
            return null;
        }
    }

    private static PlanProblem Warning(PlannedStack stack, string user) => new(stack.Id,
        $"{user} has never changed the password that Paco 9 derived from the name: whoever knows the name can sign in",
        "let the user sign in now, or set console_access_enabled to false, provision, and to true again");
}
