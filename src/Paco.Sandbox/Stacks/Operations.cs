using Paco.Clouds;
using Paco.Sandbox.Drift;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Stacks;

/// <summary>Starts operations: each writes the stack's first event and leaves the rest to the clock.</summary>
internal sealed class Operations(SandboxContext world, Store store, DateTimeOffset now)
{
    /// <summary>Begins to make what the stack's definition says.</summary>
    /// <param name="nestedSets">Change sets of the stacks within it, by logical id, that are executed with it.</param>
    public void Create(Stack stack, string? token, Dictionary<string, string>? imports = null,
        Dictionary<string, string>? nestedSets = null)
    {
        var scope = new StackScope(store, stack, stack.Definition);
        if (stack.Status == StackStatus.ReviewInProgress)
        {
            stack.Updated = now;
        }

        stack.Description = scope.Template.Description;
        stack.Run = new StackOperation
        {
            Phase = Phase.Create,
            Token = token,
            KeepOnFailure = stack.OnFailure == "DO_NOTHING",
            Imports = imports ?? [],
            NestedSets = nestedSets ?? [],
            Steps = Steps(scope),
            Due = Now,
        };
        Status(stack, StackStatus.CreateInProgress, "User Initiated");
    }

    /// <summary>Begins an update to a new definition; the old one is kept for the way back.</summary>
    public void Update(Stack stack, StackDefinition definition, string? token, bool keepOnFailure, bool retainExceptOnCreate,
        string? policy,
        bool revertDrift = false, Dictionary<string, string>? imports = null, bool held = false,
        Dictionary<string, string>? nestedSets = null)
    {
        var scope = new StackScope(store, stack, definition);
        if (stack.Status != StackStatus.CreateFailed)
        {
            stack.Stable ??= StableState.Of(stack);
        }

        DriftTable.Forget(store, stack);
        (stack.Definition, stack.Description, stack.Updated, stack.DisableRollback) =
            (definition, scope.Template.Description, now, keepOnFailure);
        stack.Run = new StackOperation
        {
            Phase = Phase.Update,
            Token = token,
            KeepOnFailure = keepOnFailure,
            RetainExceptOnCreate = retainExceptOnCreate,
            HeldByParent = held,
            Policy = policy,
            RevertDrift = revertDrift,
            Imports = imports ?? [],
            NestedSets = nestedSets ?? [],
            Steps = Steps(scope),
            Due = Now,
        };
        Status(stack, StackStatus.UpdateInProgress, "User Initiated");
    }

    /// <summary>Begins to take over what exists, which is all that a definition adds.</summary>
    /// <param name="imports">Physical ids by logical id.</param>
    public void Import(Stack stack, StackDefinition definition, string? token, Dictionary<string, string> imports)
    {
        if (stack.Status != StackStatus.ReviewInProgress)
        {
            Allowed.ToUpdate(stack, keepOnFailure: false);
            stack.Stable = StableState.Of(stack);
        }

        var scope = new StackScope(store, stack, definition);
        (stack.Definition, stack.Description, stack.Updated) = (definition, scope.Template.Description, now);
        stack.Run = new StackOperation
        {
            Phase = Phase.Import,
            Token = token,
            Imports = imports,
            Steps = [.. Steps(scope).Where(s => imports.ContainsKey(s.Logical))],
            Due = Now,
        };
        Status(stack, StackStatus.ImportInProgress, "User Initiated");
    }

    public void Delete(Stack stack, string? token, IEnumerable<string> retain, bool force)
    {
        stack.Run = new StackOperation
        {
            Phase = Phase.DeleteCheck,
            Token = token,
            Spared = [.. retain],
            Force = force,
            Before = stack.Status,
            Due = Now,
        };
        stack.Deleted = now;
        Status(stack, StackStatus.DeleteInProgress, "User Initiated");
    }

    /// <summary>Continues a rollback that failed, or begins one by hand.</summary>
    public void Revert(Stack stack, string? token, IEnumerable<string> skip, bool retainExceptOnCreate)
    {
        stack.Run = new StackOperation { Phase = Phase.RollbackUpdate, Token = token, Spared =
        [
            .. skip,
        ], RetainExceptOnCreate = retainExceptOnCreate,
            Garbage = stack.Stable!.Garbage, Due = Now };
        Status(stack, StackStatus.UpdateRollbackInProgress, "User Initiated");
        new OperationEngine(world, store, stack).BeginRevert();
        stack.Run.Due = Now;
        store.Save(stack);
    }

    /// <summary>RollbackStack on a creation that failed: its resources are deleted.</summary>
    public void RollbackCreate(Stack stack, string? token, bool retainExceptOnCreate)
    {
        stack.Run = new StackOperation
        {
            Phase = Phase.RollbackCreate,
            Token = token,
            RetainExceptOnCreate = retainExceptOnCreate,
            Due = Now,
        };
        Status(stack, StackStatus.RollbackInProgress, "User Initiated");
        new OperationEngine(world, store, stack).BeginDeletions(Phase.RollbackCreate, stack.Resources.Values, now);
        stack.Run.Due = Now;
        store.Save(stack);
    }

    private long Now => now.ToUnixTimeMilliseconds();

    private void Status(Stack stack, StackStatus status, string reason)
    {
        new EventRecorder(world, store, stack).Stack(status, reason, now);
        store.Save(stack);
    }

    private static List<ResourceStep> Steps(StackScope scope) =>
        [.. Dependencies.Order(scope.Template, scope.Active)
            .Select(logical => new ResourceStep { Logical = logical, After = Dependencies.Of(scope.Template, logical, scope.Active) })];
}

/// <summary>Which status allows which operation, as in AWS; the refusals are AWS's words.</summary>
internal static class Allowed
{
    public static void ToUpdate(Stack stack, bool keepOnFailure)
    {
        switch (stack.Status)
        {
            case StackStatus.CreateComplete or StackStatus.UpdateComplete or StackStatus.UpdateRollbackComplete
                or StackStatus.ImportComplete or StackStatus.ImportRollbackComplete:
                return;
            case StackStatus.CreateFailed or StackStatus.UpdateFailed when keepOnFailure:
                return;
            case StackStatus.CreateFailed or StackStatus.UpdateFailed:
                throw AwsError.Validation(
                    $"This stack is currently in a non-terminal [{stack.Status.ToWire()}] state. To update the stack from this state, please use the disable-rollback parameter with update-stack API. To rollback to the last known good state, use the rollback-stack API");
            default:
                throw AwsError.Validation($"Stack:{stack.Id} is in {stack.Status.ToWire()} state and can not be updated.");
        }
    }

    /// <param name="root">The stack at the top of the nest: its protection is that of all below.</param>
    public static void ToDelete(Stack stack, Stack root)
    {
        if (root.Protected)
        {
            throw AwsError.Validation($"Stack [{stack.Name}] cannot be deleted while TerminationProtection is enabled");
        }

        if (stack.Status is StackStatus.UpdateInProgress or StackStatus.UpdateCompleteCleanupInProgress
            or StackStatus.UpdateRollbackInProgress
            or StackStatus.UpdateRollbackCompleteCleanupInProgress or StackStatus.ImportInProgress or StackStatus.ImportRollbackInProgress)
        {
            throw AwsError.Validation($"Stack [{stack.Name}] cannot be deleted while in status {stack.Status.ToWire()}");
        }
    }
}
