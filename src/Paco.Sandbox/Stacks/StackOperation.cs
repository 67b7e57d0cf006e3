using Paco.Clouds;

namespace Paco.Sandbox.Stacks;

/// <summary>The phase an operation is in; one follows the other inside the same run.</summary>
internal enum Phase
{
    Create,
    RollbackCreate,
    Update,
    Cleanup,
    RollbackUpdate,
    RollbackCleanup,
    Delete,
    Import,

    /// <summary>Whether a stack that is to be deleted may be.</summary>
    DeleteCheck,

    /// <summary>A nested stack is updated, and keeps the way back until its parent is, too.</summary>
    AwaitParent,
}

/// <summary>How far one resource's step is.</summary>
internal enum StepState
{
    Waiting,
    Running,
    Done,
    Failed,
    Cancelled,
}

/// <summary>One resource's part of a phase.</summary>
internal sealed class ResourceStep
{
    public required string Logical { get; init; }

    /// <summary>What is done, once it is known: a resource under update may turn out unchanged.</summary>
    public ResourceAction Action { get; set; }

    public StepState State { get; set; }

    /// <summary>When it ends, in milliseconds since 1970; <see cref="long.MaxValue"/> while it waits for somebody else.</summary>
    public long Due { get; set; }

    /// <summary>Logical ids whose steps come first.</summary>
    public List<string> After { get; init; } = [];

    /// <summary>Why it will end in failure.</summary>
    public string? Failure { get; set; }

    /// <summary>For deletions: what is deleted, which need not be a current resource of the stack.</summary>
    public StackResource? Target { get; init; }

    /// <summary>The batch of servers that is being replaced, from 1; 0 where none is.</summary>
    public int Batch { get; set; }

    /// <summary>True where the physical resource is replaced by another one.</summary>
    public bool Replaces { get; set; }
}

/// <summary>An operation on a stack, as it is written down between two looks.</summary>
internal sealed class StackOperation
{
    public required Phase Phase { get; set; }

    public string? Token { get; init; }

    public List<ResourceStep> Steps { get; set; } = [];

    /// <summary>When to look again; null while it waits for somebody else.</summary>
    public long? Due { get; set; }

    /// <summary>What the cleanup is to delete: replaced and removed resources.</summary>
    public List<StackResource> Garbage { get; set; } = [];

    /// <summary>Resources not deleted by DeleteStack (RetainResources) or left as they are by ContinueUpdateRollback
    /// (ResourcesToSkip).</summary>
    public List<string> Spared { get; init; } = [];

    /// <summary>Keep what was made when the operation fails.</summary>
    public bool KeepOnFailure { get; init; }

    public bool RetainExceptOnCreate { get; init; }

    /// <summary>What a deletion that is cancelled goes back to.</summary>
    public StackStatus Before { get; init; }

    /// <summary>What this update replaces and removes stays until the parent stack says that it may go.</summary>
    public bool HeldByParent { get; init; }

    /// <summary>FORCE_DELETE_STACK: what cannot be deleted is left and the stack goes all the same.</summary>
    public bool Force { get; init; }

    /// <summary>The stack policy that holds during this update.</summary>
    public string? Policy { get; init; }

    /// <summary>Look at what is really there, and bring back what was changed or deleted behind the stack's back.</summary>
    public bool RevertDrift { get; init; }

    /// <summary>Physical ids, by logical id, of what exists already and is taken over instead of being made.</summary>
    public Dictionary<string, string> Imports { get; init; } = [];

    /// <summary>Since when alarms are watched, in milliseconds since 1970; null where none are.</summary>
    public long? WatchedSince { get; set; }

    /// <summary>Until when alarms are watched after everything is deployed, in milliseconds since 1970; null before that.</summary>
    public long? WatchedUntil { get; set; }

    /// <summary>Change sets of nested stacks, by logical id, that are executed with this one's.</summary>
    public Dictionary<string, string> NestedSets { get; init; } = [];

    /// <summary>Set by CancelUpdateStack.</summary>
    public bool Cancelled { get; set; }

    public IEnumerable<ResourceStep> Running => Steps.Where(s => s.State == StepState.Running);

    public IEnumerable<string> FailedIds => Steps.Where(s => s.State == StepState.Failed).Select(s => s.Logical);
}
