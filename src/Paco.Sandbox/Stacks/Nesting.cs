using Paco.Clouds;
using Paco.Sandbox.Made;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Stacks;

/// <content>
/// Resources that are stacks. A nested stack that was updated keeps what it replaced and removed until the whole nest has been updated,
/// so that all of it can go back together.
/// </content>
internal sealed partial class OperationEngine
{
    private Stack? Nested(StackResource resource) => NestedStacks.Of(store, stack, resource);

    private StackResource Subject(ResourceStep step) => step.Target ?? stack.Resources[step.Logical];

    /// <summary>What the change set that is executed says of a stack within; null where it says nothing.</summary>
    private PlannedNest? Planned(string logical) => Run.NestedSets.TryGetValue(logical, out var set) ? PlannedNest.Of(store, set) : null;

    /// <summary>Begins what was made of the resource's properties, and waits for it.</summary>
    private void BeginNested(ResourceStep step, Stack nested, DateTimeOffset at)
    {
        if (nested.Row == 0)
        {
            store.Insert(nested);
        }

        new Operations(world, store, at).Create(nested, Run.Token, nestedSets: Planned(step.Logical)?.Nested);
        step.Due = long.MaxValue;
    }

    /// <summary>A nested stack is looked at in every update, since its template may be another one under the same address.</summary>
    private void UpdateNested(ResourceStep step, StackResource resource, bool held, DateTimeOffset at)
    {
        var nested = Nested(resource) ?? throw new ResourceFailure($"Stack [{resource.Physical}] does not exist");
        var planned = Planned(step.Logical);
        var definition = NestedStacks.Definition(Making(resource, at), stack.Definition, nested.Id, nested.Definition, planned?.Template);
        if (planned?.RevertsDrift != true && !StackChanges.Any(store, nested, definition))
        {
            return;
        }

        Allowed.ToUpdate(nested, Run.KeepOnFailure);
        new Operations(world, store, at).Update(nested, definition, Run.Token, Run.KeepOnFailure, Run.RetainExceptOnCreate, null,
            revertDrift: planned?.RevertsDrift == true, held: held, nestedSets: planned?.Nested);
        step.Due = long.MaxValue;
    }

    private void DeleteNested(ResourceStep step, StackResource target, DateTimeOffset at)
    {
        if (Nested(target) is { } nested)
        {
            if (nested.Status != StackStatus.DeleteInProgress)
            {
                new Operations(world, store, at).Delete(nested, Run.Token, [], Run.Force);
            }

            step.Due = long.MaxValue;
            LookAtNested(step, at.ToUnixTimeMilliseconds());
        }
    }

    /// <summary>Back with its parent: from where it stands, or by an update to what the parent said before.</summary>
    private void RevertNested(ResourceStep step, StackResource before, DateTimeOffset at)
    {
        switch (Nested(before))
        {
            case null:
                throw new ResourceFailure($"Stack [{before.Physical}] does not exist");
            case { Run.Phase: Phase.Update or Phase.AwaitParent } nested:
                new OperationEngine(world, store, nested).RevertWithParent(at);
                break;
            case { Status: StackStatus.UpdateRollbackFailed } nested:
                new Operations(world, store, at).Revert(nested, Run.Token, SparedIn(nested), Run.RetainExceptOnCreate);
                break;
            case { Run: null, Status: not StackStatus.UpdateRollbackComplete }:
                UpdateNested(step, before, held: false, at);
                return;
        }

        step.Due = long.MaxValue;
        LookAtNested(step, at.ToUnixTimeMilliseconds());
    }

    /// <summary>Resources to skip of a stack in the nest are named <c>NestedStackName.LogicalId</c>; others may be further in.</summary>
    private IEnumerable<string> SparedIn(Stack nested) => Run.Spared.Where(s => s.Contains('.', StringComparison.Ordinal))
        .Select(s => s.StartsWith($"{nested.Name}.", StringComparison.Ordinal) ? s[(nested.Name.Length + 1)..] : s);

    private void RevertWithParent(DateTimeOffset at)
    {
        if (Run.Phase == Phase.Update)
        {
            CancelRunning(at);
        }

        Run.Cancelled = false;
        Status(StackStatus.UpdateRollbackInProgress, null, at);
        BeginRevert();
        Run.Due = at.ToUnixTimeMilliseconds();
        store.Save(stack);
    }

    /// <summary>Outputs and exports as they were: it may have come further before its parent called it back. Why not, or null.</summary>
    private string? Republished()
    {
        try
        {
            Exports.Publish(store, stack, Scope);
            return null;
        }
        catch (Exception e) when (e is ResourceFailure or AwsError)
        {
            return e.Message;
        }
    }

    /// <summary>The nest is updated: each of its stacks may let go of what it kept.</summary>
    private void ReleaseNested() => Run.Steps.AddRange(stack.Resources.Values
        .Where(r => Nested(r)?.Run is { Phase: Phase.AwaitParent })
        .Select(r => new ResourceStep { Logical = r.Logical, Action = ResourceAction.Update }));

    private void StartRelease(ResourceStep step, DateTimeOffset at)
    {
        step.Action = ResourceAction.Update;
        if (Nested(stack.Resources[step.Logical]) is { Run.Phase: Phase.AwaitParent } nested)
        {
            var engine = new OperationEngine(world, store, nested);
            engine.BeginCleanup(at);
            nested.Run.Due = at.ToUnixTimeMilliseconds();
            store.Save(nested);
            step.Due = long.MaxValue;
        }
    }

    /// <summary>Ends the step of a resource whose stack has come to its end, well or not.</summary>
    private void LookAtNested(ResourceStep step, long now)
    {
        var resource = Subject(step);
        var nested = Nested(resource);
        if (nested?.Run is null or { Phase: Phase.AwaitParent } || IsRollingBack(nested))
        {
            step.Due = now;
            step.Failure ??= NestedFailure(step, resource, nested);
        }
    }

    /// <summary>Nobody waits for the way back of an update that failed: the rest of the nest goes back meanwhile.</summary>
    private bool IsRollingBack(Stack nested) => Run.Phase == Phase.Update && nested.Status == StackStatus.UpdateRollbackInProgress;

    private string? NestedFailure(ResourceStep step, StackResource resource, Stack? nested)
    {
        var reason = nested?.StatusReason?.TrimEnd();
        return (step.Action, nested?.Status) switch
        {
            (ResourceAction.Create, StackStatus.CreateComplete) => null,
            (ResourceAction.Delete, null) => null,
            (ResourceAction.Update, StackStatus.UpdateRollbackComplete) when Run.Phase == Phase.RollbackUpdate => null,
            (ResourceAction.Update, StackStatus.UpdateComplete or StackStatus.UpdateCompleteCleanupInProgress) => null,
            (_, null) => $"Stack [{resource.Physical}] does not exist",
            (ResourceAction.Update, { } status) =>
                $"Embedded stack {nested!.Id} was not successfully updated. Currently in {status.ToWire()} with reason: {reason}",
            (ResourceAction.Delete, _) => $"Embedded stack {nested!.Id} was not successfully deleted: {reason}",
            _ => $"Embedded stack {nested!.Id} was not successfully created: {reason}",
        };
    }
}
