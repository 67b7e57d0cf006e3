using Paco.Sandbox.Made;

namespace Paco.Sandbox.Stacks;

/// <content>How each resource's step ends.</content>
internal sealed partial class OperationEngine
{
    private void Finish(ResourceStep step, DateTimeOffset at)
    {
        if (step.Failure is null && NextBatch(step, at))
        {
            return;
        }

        step.State = step.Failure is null ? StepState.Done : StepState.Failed;
        switch (step.Action)
        {
            case ResourceAction.Create:
                _history.Resource(stack.Resources[step.Logical], step.Failure is null ? "CREATE_COMPLETE" : "CREATE_FAILED", step.Failure,
                    at);
                break;
            case ResourceAction.Update:
                _history.Resource(stack.Resources[step.Logical], step.Failure is null ? "UPDATE_COMPLETE" : "UPDATE_FAILED", step.Failure,
                    at);
                break;
            case ResourceAction.Import:
                _history.Resource(stack.Resources[step.Logical], step.Failure is null ? "IMPORT_COMPLETE" : "IMPORT_FAILED",
                    step.Failure ?? "Resource import completed.", at);
                break;
            default:
                FinishDelete(step, at);
                break;
        }
    }

    private void FinishDelete(ResourceStep step, DateTimeOffset at)
    {
        var target = step.Target!;
        var current = stack.Resources.TryGetValue(step.Logical, out var resource) && resource.Physical == target.Physical ? resource : null;
        if (step.Failure is null && Existing(target) is { } it)
        {
            ResourceHandler.Of(target.Type).Delete(store, it, at);
        }

        _history.Resource(current ?? target, step.Failure is null ? "DELETE_COMPLETE" : "DELETE_FAILED", step.Failure, at);
    }

    /// <summary>Leaves a resource in the cloud and forgets it.</summary>
    private void Skip(StackResource resource, DateTimeOffset at)
    {
        _history.Resource(resource, "DELETE_SKIPPED", null, at);
        Release(resource);
    }

    /// <summary>It is no stack's any more, wherever it still exists.</summary>
    private void Release(StackResource resource) => store.Run(
        "UPDATE resources SET stack = NULL WHERE account = $1 AND type = $2 AND physical = $3 AND stack = $4", stack.Account, resource.Type,
        resource.Physical, stack.Row);
}
