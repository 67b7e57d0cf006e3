using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>
/// What CloudFormation does not take with a resource that it deletes, and that keeps the service from deleting it: one class a type of
/// resource, listed where a plan is put together.
/// </summary>
internal interface IObstacle
{
    string Type { get; }

    /// <summary>Looks at what stands in a resource that is to go; <see cref="Standing.Nothing"/> where that is gone already.</summary>
    Task<Standing> Look(DoomedResource resource, CancellationToken cancel);
}

/// <summary>A deployed resource that a plan deletes, or replaces and deletes afterwards.</summary>
/// <param name="Beside">All resources of its stack.</param>
internal sealed record DoomedResource(PlannedStack Stack, ResourceChange Change, string PhysicalId, ImmutableArray<StackResource> Beside)
{
    public bool IsReplaced => Change.Kind == ChangeKind.Replace;
}

/// <summary>What stands in a resource's way.</summary>
/// <param name="Clearing">Clears it when it is deleted itself; null where nothing can or need be cleared.</param>
/// <param name="State">What there is to clear, by the plan's own look.</param>
/// <param name="Problems">What no run may clear: why the resource cannot be deleted, or the old one of two stays behind.</param>
internal sealed record Standing(CloudAction? Clearing, ActionState State, ImmutableArray<PlanProblem> Problems)
{
    public static readonly Standing Nothing = new(null, ActionState.Absent, []);
}

/// <summary>A plan with what must go before some of its resources can, each by an action of its own.</summary>
internal sealed record Cleared(ImmutableArray<PlannedNode> Nodes, ImmutableArray<PlanProblem> Problems,
    ImmutableArray<PlanProblem> Warnings);

/// <summary>Looks for obstacles to what a plan deletes, and orders what clears them before it.</summary>
internal sealed class Obstacles(ICloud cloud, ImmutableArray<PlannedNode> nodes, params ImmutableArray<IObstacle> kinds)
{
    public async Task<Cleared> Look(bool isDelete, CancellationToken cancel)
    {
        var looks = from stack in nodes.OfType<PlannedStack>()
                    where stack is { HasWork: true, Deployed: not null }
                    let doomed = stack.Changes.Where(c => IsDoomed(stack, c)).ToList()
                    where doomed.Count > 0
                    select Look(stack, doomed, cancel);
        var found = (await Task.WhenAll(looks)).SelectMany(f => f).ToList();
        var planned = nodes;
        foreach (var (resource, standing) in found.Where(f => f.Standing.Clearing is not null))
        {
            var node = new ActionNode(standing.Clearing!);
            var action = new PlannedAction(node, NodeAction.Delete, standing.State) { Reason = standing.State.Detail };
            planned = isDelete ? DeletedBefore(planned, resource.Stack.Id, action) : DoneBefore(planned, resource.Stack.Id, action);
        }
        var told = found.ToLookup(f => f.Resource.IsReplaced, f => f.Standing.Problems);
        return new Cleared(planned, [.. told[false].SelectMany(p => p)], [.. told[true].SelectMany(p => p)]);
    }

    private bool IsDoomed(PlannedStack stack, ResourceChange change) => kinds.Any(k => k.Type == change.Type)
        && change.Kind is ChangeKind.Delete or ChangeKind.Replace
        && (change.DeletionPolicy is not ("Retain" or "RetainExceptOnCreate") || IsEmptied(stack, change));

    // What the project says now counts, and of what left it what was deployed last.
    private static bool IsEmptied(PlannedStack stack, ResourceChange change) => stack.Action == NodeAction.Delete
        && (stack.Stack.Template.Find(change.LogicalId) is { } wanted
            ? Resource.IsEmptiedOnDelete(wanted.Metadata)
            : change.IsEmptiedOnDelete);

    private async Task<IEnumerable<(DoomedResource Resource, Standing Standing)>> Look(PlannedStack stack,
        IReadOnlyList<ResourceChange> doomed, CancellationToken cancel)
    {
        var cloudFormation = cloud.CloudFormation(stack.Id.Place);
        var resources = await OrGone(() => cloudFormation.DescribeStackResources(stack.Deployed!.StackId, cancel), []);
        var there = doomed.Join(resources.Where(r => r.PhysicalResourceId is { Length: > 0 }), c => c.LogicalId,
            r => r.LogicalResourceId, (c, r) => new DoomedResource(stack, c, r.PhysicalResourceId!, resources));
        return await Task.WhenAll(there.Select(async r =>
            (r, await OrGone(() => kinds.Single(k => k.Type == r.Change.Type).Look(r, cancel), Standing.Nothing))));
    }

    // A stack that is gone since it was listed, a resource that was deleted by hand.
    private static async Task<T> OrGone<T>(Func<Task<T>> look, T gone)
    {
        try
        {
            return await look();
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.NotFound)
        {
            return gone;
        }
    }

    // Who uses the stack goes first, and whatever the actions between the two work for: the certificates that a zone's records prove.
    private static ImmutableArray<PlannedNode> DeletedBefore(ImmutableArray<PlannedNode> nodes, NodeId stack, PlannedAction action)
    {
        var hosts = nodes.OfType<PlannedAction>().Where(a => a.Node.DependsOn.Contains(stack)).Select(a => a.Work.During).ToHashSet();
        return
        [
            .. nodes.SelectMany(IEnumerable<PlannedNode> (n) => n.Id == stack
                ? [action with { Node = action.Node with { DependsOn = [stack] } }, n]
                : [n.Node.DependsOn.Contains(stack) || hosts.Contains(n.Id) ? WaitedFor(n, action.Id) : n]),
        ];
    }

    private static ImmutableArray<PlannedNode> DoneBefore(ImmutableArray<PlannedNode> nodes, NodeId stack, PlannedAction action) =>
    [
        .. nodes.SelectMany(IEnumerable<PlannedNode> (n) => n.Id == stack
            ? [action with { Node = action.Node with { DependsOn = n.Node.DependsOn } }, WaitedFor(n, action.Id)]
            : [n]),
    ];

    private static PlannedNode WaitedFor(PlannedNode node, NodeId other) =>
        node with { Node = node.Node with { DependsOn = [.. node.Node.DependsOn, other] } };
}
