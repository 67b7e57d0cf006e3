using Paco.Clouds;
using Paco.Drifting;
using Paco.Planning;

namespace Paco.Applying;

/// <summary>
/// Bringing drifted stacks back: planned with CloudFormation's help, done with a change set of its own that does no worse than the plan
/// said.
/// </summary>
public static class RevertWork
{
    /// <summary>The plan in which every drifted stack is brought back.</summary>
    public static Task<Plan> Plan(Plan plan, ICloud cloud, ApplyOptions options, CancellationToken cancel) =>
        RevertPlanner.Revert(plan, cloud, Options(options), new TemplateStore(cloud, options).Source, cancel);

    /// <summary>The change set that brings back, ready to be executed unless it is empty, or why it must not be.</summary>
    internal static async Task<(ChangeSet Set, NodeFailure? Failure)> Prepare(ChangeSetMaker sets, PlannedStack planned,
        StackRequest request, CancellationToken leave)
    {
        var set = await sets.Make(sets.Request(request, "revert") with { RevertDrift = true }, leave);
        return (set, (DriftAwareChangeSet.Obstacle(set) ?? Worse(planned, set)) is { } why
            ? new NodeFailure(why) { Hint = "nothing was changed; plan again and look" }
            : null);
    }

    // What would be lost now and was not in the plan that somebody agreed to.
    private static string? Worse(PlannedStack planned, ChangeSet set)
    {
        var agreed = planned.Changes.Where(c => c.DestroysData).Select(c => c.LogicalId).ToHashSet(StringComparer.Ordinal);
        var more = DriftAwareChangeSet.Destroys(set, planned.Stack.Template).Where(id => !agreed.Contains(id)).ToList();
        return more.Count == 0
            ? null
            : $"since the plan was made things have changed: bringing it back would now lose the data of {string.Join(", ", more)}";
    }

    private static DriftOptions Options(ApplyOptions options) => new() { Time = options.Time, PollInterval = options.PollInterval };
}
