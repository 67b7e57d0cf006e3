using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>Plans deleting everything in a scope, consumers before what they use.</summary>
public static class DeletionPlanner
{
    /// <summary>
    /// Deletes what the configuration makes in the scope and what it once made there. Throws <see cref="CloudException"/> where the
    /// cloud cannot be read.
    /// </summary>
    public static async Task<Plan> Plan(StackGraph graph, Scope scope, ICloud cloud, PlanOptions options, CancellationToken cancel)
    {
        var selected = graph.Within(scope);
        // A region that is named is looked into whatever the project says of it; else nobody knows where something was left.
        var width = scope.Path.Environment?.Region is null ? Reach.Width.Everywhere : Reach.Width.Active;
        var listing = await new Reach(graph, [.. selected.Nodes.Select(n => n.Id.Place).Distinct()], options.AccountIds)
            .Read(scope, width, cloud, options.Time, cancel);
        var doomed = selected.Nodes.OfType<StackNode>().Where(n => !n.Stack.ChangeProtected && listing.Stacks.ContainsKey(n.Id))
            .Select(n => n.Id);
        var (deployed, templates) = await DeployedStacks.WithTemplates(cloud, listing.Stacks, doomed, cancel);
        var values = new KnownValues(deployed, options.AccountIds);
        var nodes = await Task.WhenAll(selected.Nodes.Reverse().Select(node => Plan(node, cloud, deployed, templates, values, cancel)));
        var uses = new OutputConsumers(graph, cloud, deployed, templates);
        var found = Orphans.Find(graph, scope, deployed, options.AccountIds);
        var meant = found.ToLookup(o => Orphans.IsMeant(graph, scope, o));
        var left = await Orphans.Plan([.. meant[true]], cloud, cancel);
        var all = (await DeletionOrder.Of(left, uses, cancel)).Before([.. nodes]);
        var before = left.ToDictionary(l => l.Stack.Id, l => l.Before);
        var keeping = new RetainedOutputs(all, uses);
        all = [.. await Task.WhenAll(all.Select(async node => node is PlannedStack { Action: NodeAction.Delete } stack
            ? stack with
            {
                UsedBy = await keeping.StillUsing(stack,
                    before.GetValueOrDefault(stack.Id) ?? DeployedStacks.Side(templates[stack.Id], stack.Deployed), cancel),
            }
            : node))];
        var leftActions = await LeftActions.Find(graph, selected, scope, width, cloud, options, cancel);
        all = [.. leftActions.After([]), .. all];
        var cleared = await new Obstacles(cloud, all, new ZoneRecords(graph, cloud, deployed, uses, all), new UserAccess(cloud),
            new BucketContents(cloud), new VaultContents(cloud), new RepositoryContents(cloud))
            .Look(isDelete: true, cancel);
        return new Plan
        {
            Scope = scope,
            IsDelete = true,
            Part = selected,
            AccountIds = options.AccountIds,
            Nodes = cleared.Nodes,
            Deployed = deployed,
            NotBuilt = selected.NotBuilt,
            IsAllLeft = nodes.Length == 0,
            Unclaimed = [.. meant[false].Select(o => o.Id)],
            Unseen = leftActions.AndUnseen(listing.Unseen),
            Problems = [.. all.OfType<PlannedStack>().SelectMany(s => Protected(s, isLeft: before.ContainsKey(s.Id))), .. cleared.Problems],
            Warnings = [.. all.OfType<PlannedStack>().Select(s => ExternalConsumers.LoseWhatTheyUse(graph, s)).OfType<PlanProblem>()],
        };
    }

    // AWS would refuse half-way; better to know before anything is gone.
    private static IEnumerable<PlanProblem> Protected(PlannedStack stack, bool isLeft) =>
        from change in stack.Changes
        where change.Properties.Any(p => p is { Path: "DeletionProtection" or "DeletionProtectionEnabled", Before: "true" })
        select new PlanProblem(stack.Id, $"{stack.Node.Title} is protected from deletion by its own deletion_protection",
            isLeft
                ? "it left the configuration: switch the protection off in AWS, then delete"
                : "set it to false, provision, then delete");

    private static async Task<PlannedNode> Plan(
        GraphNode node, ICloud cloud, ImmutableDictionary<NodeId, DeployedStack> deployed, ImmutableDictionary<NodeId, string> templates,
        KnownValues values, CancellationToken cancel) => node switch
    {
        StackNode stack when !deployed.ContainsKey(stack.Id) => DeployedStacks.Planned(stack, NodeAction.Absent, null),
        StackNode { Stack.ChangeProtected: true } stack => DeployedStacks.Planned(stack, NodeAction.Protected, deployed[stack.Id]),
        StackNode stack => DeployedStacks.Deleted(stack, deployed[stack.Id], templates[stack.Id]),
        ActionNode action => await Plan(action, cloud, values, cancel),
        _ => throw new InvalidOperationException($"{node.GetType().Name} is no node"),
    };

    // What an action worked with may be gone already; then so is what it made.
    private static async Task<PlannedAction> Plan(ActionNode node, ICloud cloud, KnownValues values, CancellationToken cancel)
    {
        if (node.Action.StaysOnDelete)
            return new PlannedAction(node, NodeAction.Absent, ActionState.Absent);
        var inputs = await node.Action.Values(values);
        var state = inputs.Count < node.Action.Inputs.Length ? ActionState.Absent : await node.Action.Read(cloud, inputs, cancel);
        return new PlannedAction(node, state.Exists ? NodeAction.Delete : NodeAction.Absent, state);
    }
}
