using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>What is to be done for one action, when everything that gives it values is planned.</summary>
/// <param name="values">What it is given by this run.</param>
/// <param name="before">What it was given by what is deployed.</param>
internal sealed class ActionPlanner(ICloud cloud, OutputValues producers, PlannedValues values, PlannedValues before)
{
    public async Task<PlannedAction> Plan(ActionNode node, CancellationToken cancel)
    {
        if (!node.Enabled)
            return new PlannedAction(node, NodeAction.Absent, ActionState.Absent);
        var inputs = await node.Action.Values(values.For(node.Id, cancel));
        // What it works with is not there yet, or at work with something else, so its result is not what is there now.
        var during = node.Action.During is { } host && producers.Planned.TryGetValue(host, out var stack)
            && stack.Action is NodeAction.Create or NodeAction.Recreate or NodeAction.Settle;
        var after = node.Action.After.Any(id => producers.Planned.TryGetValue(id, out var n)
            && n.Action is NodeAction.Create or NodeAction.Recreate);
        if (during || after)
            return Made(node);
        if (inputs.Count < node.Action.Inputs.Length)
            return await PlanMoved(node, inputs, cancel);
        var state = await node.Action.Read(cloud, inputs, cancel);
        return new PlannedAction(node, state.IsCurrent ? NodeAction.None : state.Exists ? NodeAction.Update : NodeAction.Create,
            state) { Reason = state.Detail };
    }

    private static PlannedAction Made(ActionNode node) =>
        new(node, node.Action.OnlyTakesAway ? NodeAction.None : NodeAction.Create, ActionState.Absent)
        {
            Reason = node.Action.AsksOfAPerson,
        };

    // It is done with what the run gives it; whether that makes it anew is told by what it finds with what it was given before.
    private async Task<PlannedAction> PlanMoved(ActionNode node, ImmutableDictionary<string, string> known, CancellationToken cancel)
    {
        var deployed = await node.Action.Values(before.For(node.Id, cancel));
        if (deployed.Count < node.Action.Inputs.Length || await node.Action.Read(cloud, deployed, cancel) is not { Exists: true } state)
            return Made(node);
        var moved = MovedInputs.Of(node.Action.Inputs.Where(i => !known.ContainsKey(i.Key)).Select(i => (i.Key, i.Value)), producers);
        return new PlannedAction(node, NodeAction.Update, state with { IsCurrent = false })
        {
            Reason = $"follows from {string.Join(", ", moved.Causes)}",
        };
    }
}
