using Paco.Clouds;

namespace Paco.Planning;

/// <summary>What a stack's status allows us to do with it.</summary>
public enum StatusDecision
{
    /// <summary>There is nothing: create it.</summary>
    Create,

    /// <summary>Stable: compare and update where something differs.</summary>
    Update,

    /// <summary>
    /// Only the remains of a creation or deletion that failed: delete them, then create. What in them holds data needs permission.
    /// </summary>
    Recreate,

    /// <summary>Something is running on it: wait for its end, then look again.</summary>
    Attach,

    /// <summary>A rollback got stuck: continue it, then look again.</summary>
    ContinueRollback,

    /// <summary>A person has to look first.</summary>
    Refuse,
}

/// <summary>How a stack is brought back to a state from which it can be provisioned.</summary>
public enum RecoveryStep
{
    /// <summary>It is in order.</summary>
    None,

    /// <summary>Something runs on it; its end is waited for.</summary>
    Wait,

    /// <summary>ContinueUpdateRollback, leaving alone the resources that are named.</summary>
    ContinueRollback,

    /// <summary>RollbackStack, to the last stable state; a stack that has none is deleted then.</summary>
    RollBack,

    /// <summary>Only remains are left: they are deleted. What holds data needs permission.</summary>
    DeleteRemains,

    /// <summary>Amazon's API offers no way; the console does.</summary>
    ByHand,
}

/// <summary>The decision for every status CloudFormation has. The sources are Amazon's stack status and stack failure pages.</summary>
public static class StatusDecisions
{
    public static StatusDecision Of(StackStatus? status) => status switch
    {
        null or StackStatus.DeleteComplete => StatusDecision.Create,
        StackStatus.CreateComplete or StackStatus.UpdateComplete or StackStatus.UpdateRollbackComplete
            or StackStatus.ImportComplete or StackStatus.ImportRollbackComplete => StatusDecision.Update,
        StackStatus.ReviewInProgress or StackStatus.RollbackComplete or StackStatus.RollbackFailed
            or StackStatus.CreateFailed or StackStatus.DeleteFailed => StatusDecision.Recreate,
        StackStatus.CreateInProgress or StackStatus.RollbackInProgress or StackStatus.DeleteInProgress
            or StackStatus.UpdateInProgress or StackStatus.UpdateCompleteCleanupInProgress
            or StackStatus.UpdateRollbackInProgress or StackStatus.UpdateRollbackCompleteCleanupInProgress
            or StackStatus.ImportInProgress or StackStatus.ImportRollbackInProgress => StatusDecision.Attach,
        StackStatus.UpdateRollbackFailed => StatusDecision.ContinueRollback,
        StackStatus.UpdateFailed or StackStatus.ImportRollbackFailed => StatusDecision.Refuse,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, "no such status"),
    };

    /// <summary>What <c>paco recover</c> does about it.</summary>
    public static RecoveryStep Recovery(StackStatus status) => status switch
    {
        StackStatus.UpdateRollbackFailed => RecoveryStep.ContinueRollback,
        StackStatus.CreateFailed or StackStatus.UpdateFailed => RecoveryStep.RollBack,
        StackStatus.ReviewInProgress or StackStatus.RollbackComplete or StackStatus.RollbackFailed or StackStatus.DeleteFailed =>
            RecoveryStep.DeleteRemains,
        StackStatus.ImportRollbackFailed => RecoveryStep.ByHand,
        _ => IsBusy(status) ? RecoveryStep.Wait : RecoveryStep.None,
    };

    /// <summary>What to do about a status that is refused.</summary>
    public static string Remedy(StackStatus status) => status switch
    {
        StackStatus.UpdateFailed => "an update failed with rollback switched off: paco recover rolls it back, then run this again",
        StackStatus.ImportRollbackFailed => "an import failed: finish its rollback in the console, then run this again",
        _ => "see its events in the console",
    };

    /// <summary>True while CloudFormation works on the stack.</summary>
    public static bool IsBusy(StackStatus status) => Of(status) == StatusDecision.Attach;
}
