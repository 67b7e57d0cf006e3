using Paco.CloudFormation.Schemas;
using Paco.Clouds;
using Paco.Sandbox.Drift;
using Paco.Sandbox.Storage;

namespace Paco.Sandbox.Stacks;

/// <content>Imports that are nothing else: all of what exists becomes the stack's, or none of it does.</content>
internal sealed partial class OperationEngine
{
    private const string Tags = "Apply stack-level tags to imported resource if applicable.";

    private void EndImport(DateTimeOffset at)
    {
        if (Run.Steps.Find(s => s.State == StepState.Failed) is { } failed)
        {
            RollBackImport(failed.Failure!, at);
            return;
        }

        foreach (var step in Run.Steps)
        {
            Tag(stack.Resources[step.Logical], at);
        }

        stack.Stable = null;
        Complete(StackStatus.ImportComplete, at);
    }

    /// <summary>An import writes, after all: the stack's tags come onto what it took over, in place of another's.</summary>
    private void Tag(StackResource resource, DateTimeOffset at)
    {
        _history.Resource(resource, "UPDATE_IN_PROGRESS", Tags, at);
        if (Existing(resource) is { } it)
        {
            var schema = ResourceSchemas.Shared.Find(resource.Type);
            store.Insert(it with { Properties = StackTags.Onto(stack, schema, resource.Logical, OwnTags.Of(schema, it.Properties)) });
        }

        _history.Resource(resource, "UPDATE_COMPLETE", null, at);
    }

    private void RollBackImport(string failure, DateTimeOffset at)
    {
        Status(StackStatus.ImportRollbackInProgress, failure, at);
        foreach (var step in Run.Steps.Where(s => s.State != StepState.Waiting).Reverse())
        {
            var resource = stack.Resources[step.Logical];
            _history.Resource(resource, "IMPORT_ROLLBACK_IN_PROGRESS", null, at);
            _history.Resource(resource, "IMPORT_ROLLBACK_COMPLETE", null, at);
            Release(resource);
            stack.Resources.Remove(step.Logical);
        }

        // A stack that began with this import is none that could be updated.
        var isNew = stack.Stable is null;
        (stack.Definition, stack.Description) = isNew ? (new StackDefinition { Template = StackDefinition.None }, null)
            : (stack.Stable!.Definition, stack.Stable.Description);
        stack.Stable = null;
        Complete(isNew ? StackStatus.RollbackComplete : StackStatus.ImportRollbackComplete, at);
    }
}
