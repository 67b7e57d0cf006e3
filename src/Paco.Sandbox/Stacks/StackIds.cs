using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;

namespace Paco.Sandbox.Stacks;

/// <summary>Ids of stacks that somebody names.</summary>
internal static class StackIds
{
    /// <summary>The id of the live stack of a name, or the one it gets when it is made.</summary>
    public static string Of(Store store, string account, string region, string name)
    {
        if (store.FindStack(account, region, name) is { } present)
        {
            return present.Id;
        }

        var count = store.Number("SELECT count(*) FROM stacks WHERE account = $1 AND region = $2 AND name = $3", account, region, name);
        var uuid = new DeterministicIds($"stack {account} {region} {name} {count}").Uuid();
        return $"arn:{SandboxContext.Partition(region)}:cloudformation:{region}:{account}:stack/{name}/{uuid}";
    }
}
