using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Applying;

/// <summary>
/// Something that happened while a plan is applied. Views fold events into what they show; nothing else leaves the applier.
/// </summary>
public abstract record ApplyEvent(DateTimeOffset At);

public sealed record NodeStarted(DateTimeOffset At, NodeId Node, NodeAction Action) : ApplyEvent(At);

/// <summary>It has done what others need and keeps what they use, until they have moved.</summary>
public sealed record NodeWaiting(DateTimeOffset At, NodeId Node, ImmutableArray<NodeId> For) : ApplyEvent(At);

/// <summary>A line of the stack's own history.</summary>
public sealed record ResourceMoved(DateTimeOffset At, NodeId Node, StackEvent Event) : ApplyEvent(At)
{
    /// <summary>The resource failed by itself, and not because another did.</summary>
    public bool IsCause => FailureCause.IsCause(Event);
}

public sealed record NodeEnded(DateTimeOffset At, NodeResult Result) : ApplyEvent(At);

/// <summary>Something a person must see now or never.</summary>
public sealed record SecretRevealed(DateTimeOffset At, NodeId Node, Reveal Reveal) : ApplyEvent(At);

/// <summary>A field of a file of the project that the run found out: an account's id.</summary>
public sealed record FieldFound(DateTimeOffset At, NodeId Node, FoundField Field) : ApplyEvent(At);

/// <summary>The cloud did not answer a question about how things stand; it is asked again, nothing fails for it.</summary>
public sealed record PollLost(DateTimeOffset At, Place Place, string Reason) : ApplyEvent(At);

/// <summary>How a node ended.</summary>
public enum NodeOutcome
{
    Unchanged,
    Created,
    Updated,
    Deleted,
    Failed,

    /// <summary>Something it needs failed, or the run was stopped before its turn.</summary>
    Skipped,

    /// <summary>The run was left while the cloud was still working on it.</summary>
    StillRunning,
}

/// <summary>How a node ended, how long it took, and what became known.</summary>
public sealed record NodeResult(NodeId Node, NodeOutcome Outcome, TimeSpan Duration)
{
    public ImmutableSortedDictionary<string, string> Outputs { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What went wrong first, or what it waited for in vain.</summary>
    public NodeFailure? Failure { get; init; }

    public bool IsGood => Outcome is NodeOutcome.Unchanged or NodeOutcome.Created or NodeOutcome.Updated or NodeOutcome.Deleted;
}

/// <summary>The first cause of a failure: the resource CloudFormation blamed, and its words.</summary>
public sealed record NodeFailure(string Message, string? LogicalId = null, string? ResourceType = null)
{
    /// <summary>The code that explains it (<c>paco explain PACO5041</c>), where it is of a kind that has one.</summary>
    public string? Code { get; init; }

    /// <summary>The way out, where there is a known one.</summary>
    public string? Hint { get; init; }

    /// <summary>
    /// Where the account or region is the cause: whatever was asked of it fails alike, and failures that are the same here are one. Null
    /// where the node is.
    /// </summary>
    public string? Cause { get; init; }
}

/// <summary>How a run ended.</summary>
public sealed record RunReport(ImmutableArray<NodeResult> Results, TimeSpan Duration)
{
    /// <summary>How people reach what the run made, or found as it should be.</summary>
    public ImmutableArray<KnownAddress> Addresses { get; init; } = [];

    /// <summary>What somebody must see to about the stacks as they are after the run.</summary>
    public ImmutableArray<StackFinding> Findings { get; init; } = [];

    public bool Succeeded => Results.All(r => r.IsGood);

    public IEnumerable<NodeResult> Failures => Results.Where(r => r.Outcome == NodeOutcome.Failed);
}
