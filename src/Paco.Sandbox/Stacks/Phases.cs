using Paco.Clouds;
using Paco.Sandbox.Made;
using Paco.Sandbox.Services.CloudFormation;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Stacks;

/// <content>From one phase to the next, and a stack's own statuses.</content>
internal sealed partial class OperationEngine
{
    private void EndPhase(DateTimeOffset at)
    {
        switch (Run.Phase)
        {
            case Phase.Create when Problem("create", at) is { } problem:
                CreateFailed(problem, at);
                break;
            case Phase.Create:
                Complete(StackStatus.CreateComplete, at);
                break;
            case Phase.Update when Problem("update", at) is { } problem:
                UpdateFailed(problem, at);
                break;
            case Phase.Update:
                Updated(at);
                break;
            case Phase.AwaitParent:
                break;
            case Phase.Cleanup:
                Forget(Scope.Active);
                Complete(StackStatus.UpdateComplete, at, Run.FailedIds.Any()
                    ? "Update successful. One or more resources could not be deleted." : null);
                break;
            case Phase.RollbackCreate:
                EndRollbackCreate(at);
                break;
            case Phase.RollbackUpdate:
                EndRollbackUpdate(at);
                break;
            case Phase.RollbackCleanup:
                Forget(stack.Stable!.Resources.Keys);
                Complete(StackStatus.UpdateRollbackComplete, at);
                break;
            case Phase.DeleteCheck:
                BeginDelete(at);
                break;
            case Phase.Delete:
                EndDelete(at);
                break;
        }
    }

    private void Updated(DateTimeOffset at)
    {
        Status(StackStatus.UpdateCompleteCleanupInProgress, null, at);
        if (Run.HeldByParent)
        {
            (Run.Phase, Run.Steps) = (Phase.AwaitParent, []);
            return;
        }

        BeginCleanup(at);
    }

    private void BeginCleanup(DateTimeOffset at)
    {
        Run.Garbage.AddRange(stack.Resources.Values.Where(r => !Scope.Active.Contains(r.Logical)).Select(r => r.Copy()));
        BeginDeletions(Phase.Cleanup, Run.Garbage, at);
        ReleaseNested();
    }

    /// <summary>Why a creation or update failed, or null. What must hold at its end (outputs, exports) is checked here.</summary>
    private string? Problem(string verb, DateTimeOffset at)
    {
        if (TimedOut(at) || (Run.Phase == Phase.Create && Run.Cancelled))
        {
            return "Stack creation time exceeded the specified timeout.";
        }

        if (Run.Cancelled)
        {
            return "User Initiated";
        }

        if (stack.Definition.TransformFailure is { } transform)
        {
            return $"{transform.TrimEnd('.')}. ";
        }

        var failed = Run.Steps.Where(s => s.State is StepState.Failed or StepState.Cancelled).Select(s => s.Logical).ToList();
        if (failed.Count > 0)
        {
            var (created, updated) = (failed.Where(Creates).ToList(), failed.Where(f => !Creates(f)).ToList());
            return string.Concat(created.Count > 0 ? $"The following resource(s) failed to create: [{string.Join(", ", created)}]. " : "",
                updated.Count > 0 ? $"The following resource(s) failed to {verb}: [{string.Join(", ", updated)}]. " : "");
        }

        try
        {
            Exports.Publish(store, stack, Scope);
            return null;
        }
        catch (Exception e) when (e is ResourceFailure or AwsError || IsOurs(e))
        {
            return e.Message;
        }

        bool Creates(string logical) => Run.Steps.First(s => s.Logical == logical).Action == ResourceAction.Create;
    }

    private void CreateFailed(string problem, DateTimeOffset at)
    {
        switch (stack.OnFailure)
        {
            case "DO_NOTHING":
            case not null when stack.ParentId is not null:
                Complete(StackStatus.CreateFailed, at, problem);
                break;
            case "DELETE":
                Status(StackStatus.DeleteInProgress, $"{problem}Delete requested by user.", at);
                BeginDeletions(Phase.Delete, stack.Resources.Values, at);
                break;
            default:
                Status(StackStatus.RollbackInProgress, $"{problem}Rollback requested by user.", at);
                BeginDeletions(Phase.RollbackCreate, stack.Resources.Values, at);
                break;
        }
    }

    private void UpdateFailed(string problem, DateTimeOffset at)
    {
        if (Run.KeepOnFailure)
        {
            KeepGarbage();
            Complete(StackStatus.UpdateFailed, at, problem);
            return;
        }

        Status(StackStatus.UpdateRollbackInProgress, problem, at);
        BeginRevert();
    }

    private void KeepGarbage() => stack.Stable = stack.Stable is { } stable ? stable with { Garbage = Run.Garbage } : null;

    /// <summary>Back to the stable state: what was changed or replaced is changed back, what was added goes in the cleanup.</summary>
    public void BeginRevert()
    {
        var stable = stack.Stable!;
        Run.Phase = Phase.RollbackUpdate;
        Run.Garbage = [.. Run.Garbage.Where(g => !stable.Resources.Values.Any(s => s.Physical == g.Physical && s.Type == g.Type))];
        Run.Steps = [.. stable.Resources.Values.Where(before => IsMoved(before)).Select(before => new ResourceStep
        {
            Logical = before.Logical,
            After = [.. before.Needs],
            Action = ResourceAction.Update,
        })];
        foreach (var spared in Run.Spared.Where(stack.Resources.ContainsKey))
        {
            Run.Steps.RemoveAll(s => s.Logical == spared);
            stack.Resources[spared].Status = "UPDATE_COMPLETE";
        }

        Run.Due = 0;
    }

    private bool IsMoved(StackResource before) => stack.Resources.TryGetValue(before.Logical, out var now)
        && (now.Physical != before.Physical || Nested(before)?.Run is not null || now.Status is "UPDATE_FAILED" or "CREATE_FAILED"
            || !Json.Same(now.Properties, before.Properties));

    private void EndRollbackUpdate(DateTimeOffset at)
    {
        var failed = Run.FailedIds.ToList();
        if (failed.Count > 0)
        {
            KeepGarbage();
            Complete(StackStatus.UpdateRollbackFailed, at, $"The following resource(s) failed to update: [{string.Join(", ", failed)}]. ");
            return;
        }

        Status(StackStatus.UpdateRollbackCompleteCleanupInProgress, null, at);
        var added = stack.Resources.Values.Where(r => !stack.Stable!.Resources.ContainsKey(r.Logical));
        (stack.Definition, stack.Description, _scope) = (stack.Stable!.Definition, stack.Stable.Description, null);
        if (stack.ParentId is not null && Republished() is { } problem)
        {
            KeepGarbage();
            Complete(StackStatus.UpdateRollbackFailed, at, problem);
            return;
        }

        BeginDeletions(Phase.RollbackCleanup, [.. Run.Garbage, .. added], at);
    }

    private void EndRollbackCreate(DateTimeOffset at)
    {
        var failed = Run.FailedIds.ToList();
        if (failed.Count > 0)
        {
            Complete(StackStatus.RollbackFailed, at, $"The following resource(s) failed to delete: [{string.Join(", ", failed)}]. ");
            return;
        }

        Exports.Withdraw(store, stack);
        Complete(StackStatus.RollbackComplete, at);
    }

    /// <summary>Whose exports are imported stays, and stands where it stood before.</summary>
    private void BeginDelete(DateTimeOffset at)
    {
        if (Exports.InUse(store, stack) is { } use)
        {
            stack.Deleted = null;
            Complete(Run.Before, at, $"Delete canceled. {use}");
            return;
        }

        BeginDeletions(Phase.Delete, stack.Resources.Values, at);
    }

    private void EndDelete(DateTimeOffset at)
    {
        var failed = Run.FailedIds.ToList();
        if (failed.Count > 0 && !Run.Force)
        {
            Complete(StackStatus.DeleteFailed, at, $"The following resource(s) failed to delete: [{string.Join(", ", failed)}]. ");
            return;
        }

        Exports.Withdraw(store, stack);
        ChangeSets.Outlive(store, stack);
        stack.Deleted ??= at;
        Complete(StackStatus.DeleteComplete, at);
    }

    /// <summary>Deletions in the reverse order of need. What is to be kept is skipped at once.</summary>
    public void BeginDeletions(Phase phase, IEnumerable<StackResource> resources, DateTimeOffset at)
    {
        Run.Phase = phase;
        Run.Steps = [];
        var all = resources.Where(r => r.Exists).ToList();
        foreach (var resource in all)
        {
            if (Run.Spared.Contains(resource.Logical) || Retains(phase, resource))
            {
                Skip(resource, at);
                continue;
            }

            Run.Steps.Add(new ResourceStep
            {
                Logical = resource.Logical,
                Target = resource,
                Action = ResourceAction.Delete,
                After = [.. all.Where(other => other.Needs.Contains(resource.Logical) && other != resource).Select(other => other.Logical)],
            });
        }

        Run.Due = 0;
    }

    private bool Retains(Phase phase, StackResource resource) => resource.DeletionPolicy switch
    {
        // What was there before the operation is never undone by deleting it.
        "Retain" or "RetainExceptOnCreate"
            when phase is Phase.RollbackCreate or Phase.RollbackCleanup && Run.Imports.ContainsKey(resource.Logical) => true,
        "Retain" => !(Run.RetainExceptOnCreate && phase is Phase.RollbackCreate or Phase.RollbackCleanup),
        "RetainExceptOnCreate" => phase is not (Phase.RollbackCreate or Phase.RollbackCleanup),
        _ => false,
    };

    /// <summary>What a clean-up could not delete stays in the cloud, and the stack knows nothing of it any more.</summary>
    private void Forget(IEnumerable<string> kept)
    {
        foreach (var left in Run.Steps.Where(s => s.State == StepState.Failed))
        {
            Release(left.Target!);
        }

        foreach (var gone in stack.Resources.Keys.Except(kept).ToList())
        {
            stack.Resources.Remove(gone);
        }
    }

    /// <summary>The operation is over.</summary>
    private void Complete(StackStatus status, DateTimeOffset at, string? reason = null)
    {
        Status(status, reason, at);
        if (status is StackStatus.CreateComplete or StackStatus.UpdateComplete or StackStatus.UpdateRollbackComplete)
        {
            stack.Stable = null;
        }

        stack.Run = null;
    }
}
