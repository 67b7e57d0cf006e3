using Paco.Clouds;
using Paco.Resources.Users;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>
/// IAM deletes no user with keys, devices or policies. All of them go first: of one who is replaced as well, since he has another name
/// afterwards and the old one must let nobody in. Revoking is never guarded (decision 0024).
/// </summary>
internal sealed class UserAccess(ICloud cloud) : IObstacle
{
    public string Type => "AWS::IAM::User";

    public async Task<Standing> Look(DoomedResource user, CancellationToken cancel)
    {
        var place = user.Stack.Id.Place;
        var policies = user.Beside.Where(r => r.ResourceType == "AWS::IAM::ManagedPolicy").Select(r => r.PhysicalResourceId);
        var revoked = new RevokedAccess(user.PhysicalId, [.. policies.OfType<string>()], user.Change.Before?["LoginProfile"] is not null)
        {
            Id = new NodeId(place, $"Access-{user.PhysicalId}"),
            Ref = user.Stack.Node.Ref,
            Title = $"access of {user.PhysicalId}",
        };
        var state = await revoked.Look(cloud, cancel);
        return state.Exists ? new Standing(revoked, state, []) : Standing.Nothing;
    }
}
