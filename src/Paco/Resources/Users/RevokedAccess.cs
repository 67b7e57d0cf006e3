using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Resources.Users;

/// <summary>
/// Takes from a user who is to go whatever he can sign in with, and what else IAM wants gone before. There is nothing to make of it: it is
/// planned only to be done before CloudFormation deletes the user.
/// </summary>
/// <param name="StackPolicies">ARNs of policies that his stack takes from him.</param>
/// <param name="HasPassword">His stack gave him a password, and takes it away.</param>
internal sealed record RevokedAccess(string UserName, ImmutableArray<string> StackPolicies, bool HasPassword) : CloudAction
{
    private const int Named = 3;

    public override Task<ActionState> Read(ICloud cloud, ImmutableDictionary<string, string> inputs, CancellationToken cancel) =>
        Look(cloud, cancel);

    /// <summary>What there is to take away, by name.</summary>
    public async Task<ActionState> Look(ICloud cloud, CancellationToken cancel) =>
        await All(cloud, cancel) is { IsEmpty: false } all
            ? new ActionState(Exists: true, IsCurrent: false, Words(all))
            : ActionState.Absent;

    public override Task<ActionResult> Apply(ICloud cloud, ImmutableDictionary<string, string> inputs, ActionContext context,
        CancellationToken cancel) => Task.FromResult(ActionResult.Done);

    /// <summary>All there is by now: whatever somebody gave him since the plan was made must not outlive him either.</summary>
    public override async Task Delete(ICloud cloud, CancellationToken cancel)
    {
        foreach (var one in await All(cloud, cancel))
            await one.Remove(cancel);
    }

    private async Task<ImmutableArray<Belonging>> All(ICloud cloud, CancellationToken cancel)
    {
        try
        {
            return await UserBelongings.Of(cloud.Iam(Id.Place), UserName, StackPolicies, HasPassword, cancel);
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.NotFound)
        {
            return [];
        }
    }

    private static string Words(ImmutableArray<Belonging> all) => string.Join(", ", all.GroupBy(b => b.What).Select(kind =>
    {
        var ids = kind.Select(b => b.Id).Where(id => id.Length > 0).ToList();
        return (kind.Key, ids.Count) switch
        {
            (var what, 0) => what,
            (var what, <= Named) => $"{what} {string.Join(" and ", ids)}",
            (var what, var count) => $"{what} {string.Join(", ", ids.Take(Named))} and {count - Named} more",
        };
    }));
}
