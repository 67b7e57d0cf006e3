using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>What is deployed: one listing an account and region, all at once.</summary>
internal static class Sweep
{
    public static async Task<ImmutableDictionary<NodeId, DeployedStack>> Read(ICloud cloud, IEnumerable<Place> places, CancellationToken cancel)
    {
        var reads = places.Distinct().Select(async place =>
        {
            var stacks = await cloud.CloudFormation(place).DescribeStacks(cancel).ConfigureAwait(false);
            return stacks.Select(stack => KeyValuePair.Create(new NodeId(place, stack.StackName), stack));
        });
        return (await Task.WhenAll(reads).ConfigureAwait(false)).SelectMany(s => s).ToImmutableDictionary();
    }
}
