using Paco.Clouds;
using Paco.Drifting;
using Paco.Planning;

namespace Paco.Applying;

/// <summary>Bringing drifted stacks back: planned with CloudFormation's help, done with a change set of its own that does no worse than the plan said.</summary>
public static class RevertWork
{
    /// <summary>The plan in which every drifted stack is brought back.</summary>
    public static Task<Plan> Plan(Plan plan, ICloud cloud, ApplyOptions options, CancellationToken cancel) =>
        RevertPlanner.Revert(plan, cloud, Options(options), new TemplateStore(cloud, options).Source, cancel);

    /// <summary>Makes and starts the change set: false where there is nothing to do any more, or the reason why it is not started.</summary>
    internal static async Task<(bool Started, NodeFailure? Failure)> Start(
        ICloudFormation client, PlannedStack planned, StackRequest request, ApplyOptions options, CancellationToken leave)
    {
        var sets = new ChangeSetMaker(client, options.Time, options.PollInterval);
        var set = await sets.Make(sets.Request(request, "revert") with { RevertDrift = true }, leave).ConfigureAwait(false);
        if (!set.IsEmpty && RevertSet.Obstacle(set) is null && Worse(planned, set) is null)
        {
            await client.ExecuteChangeSet(set.Id, request.ClientRequestToken, leave).ConfigureAwait(false);
            return (true, null);
        }
        await sets.Drop(set.Id, leave).ConfigureAwait(false);
        return (false, set.IsEmpty ? null : new NodeFailure(RevertSet.Obstacle(set) ?? Worse(planned, set)!) { Hint = "nothing was changed; plan again and look" });
    }

    // What would be lost now and was not in the plan that somebody agreed to.
    private static string? Worse(PlannedStack planned, ChangeSet set)
    {
        var agreed = planned.Changes.Where(c => c.DestroysData).Select(c => c.LogicalId).ToHashSet(StringComparer.Ordinal);
        var more = RevertSet.Destroys(set).Where(id => !agreed.Contains(id)).ToList();
        return more.Count == 0 ? null : $"since the plan was made things have changed: bringing it back would now lose the data of {string.Join(", ", more)}";
    }

    private static DriftOptions Options(ApplyOptions options) => new() { Time = options.Time, PollInterval = options.PollInterval };
}
