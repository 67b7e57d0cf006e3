using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Drifting;

/// <summary>Makes change sets of a stack and waits for them.</summary>
internal sealed class RevertSet(ICloudFormation client, DriftOptions options)
{
    private readonly Patience _patience = new(options);

    /// <summary>A change set that is ready, empty or failed. Its name holds the time, so that none left behind is in the way.</summary>
    public async Task<ChangeSet> Make(StackRequest stack, bool revertsDrift, CancellationToken cancel)
    {
        var name = $"paco-{(revertsDrift ? "revert" : "compare")}-{Names.Md5($"{stack.StackName} {options.Time.GetUtcNow():O}")[..12]}";
        var request = new ChangeSetRequest(stack with { ClientRequestToken = name }, name, ChangeSetType.Update) { RevertDrift = revertsDrift };
        var id = await _patience.Ask(() => client.CreateChangeSet(request, cancel), cancel).ConfigureAwait(false);
        try
        {
            return await Ready(id, cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Whoever leaves leaves nothing behind.
            await Drop(id, CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<ChangeSet> Ready(string id, CancellationToken cancel)
    {
        while (true)
        {
            var set = await _patience.Ask(() => client.DescribeChangeSet(id, cancel), cancel).ConfigureAwait(false);
            if (set is null)
                return new ChangeSet(id, "", "FAILED", "somebody deleted the change set", "", []);
            if (!set.IsBusy)
                return set;
            await _patience.Wait(cancel).ConfigureAwait(false);
        }
    }

    /// <summary>Takes a set away; one that cannot be taken away now stays listed and harms nobody.</summary>
    public Task Drop(ChangeSet set, CancellationToken cancel) => Drop(set.Id, cancel);

    private async Task Drop(string id, CancellationToken cancel)
    {
        try
        {
            await client.DeleteChangeSet(id, cancel).ConfigureAwait(false);
        }
        catch (CloudException e) when (e.Kind != CloudErrorKind.ExpiredToken)
        {
            // It is ours by name, unexecuted, and goes with the next one that is executed.
        }
    }

    /// <summary>Why the set cannot be executed, or null.</summary>
    public static string? Obstacle(ChangeSet set) => set switch
    {
        { IsEmpty: true } => null,
        { Status: not "CREATE_COMPLETE" } => set.StatusReason ?? set.Status,
        { RevertsDrift: false } => "this cloud does not know drift-aware change sets",
        _ => null,
    };

    /// <summary>What of the set would lose data, or put something empty where it was.</summary>
    public static ImmutableArray<string> Destroys(ChangeSet set) => [.. set.Changes.Where(Destroys).Select(c => c.LogicalResourceId)];

    /// <summary>True for an entry that makes anew what was deleted behind CloudFormation's back.</summary>
    public static bool Recreates(ChangeSetChange entry) => entry.ResourceDriftStatus == "DELETED" && entry.Action is not "Remove";

    private static bool Destroys(ChangeSetChange entry) =>
        DataTypes.Holds(entry.ResourceType)
        && (Recreates(entry) || ((entry.Action == "Remove" || entry.Replacement == "True") && entry.PolicyAction is not ("Retain" or "ReplaceAndRetain")));
}
