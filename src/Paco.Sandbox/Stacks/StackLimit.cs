using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Stacks;

/// <summary>How many stacks an account may have in a region, nested ones among them.</summary>
internal static class StackLimit
{
    private const int Most = 2_000;

    public static void Check(Store store, string account, string region)
    {
        if (store.Number("SELECT count(*) FROM stacks WHERE account = $1 AND region = $2 AND live = 1", account, region) >= Most)
        {
            throw new AwsError("LimitExceededException", $"Limit of {Most} stacks has been exceeded");
        }
    }
}
