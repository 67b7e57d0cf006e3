using System.Collections.Immutable;

namespace Paco.Clouds;

/// <summary>CloudFormation's drift detection and drift-aware change sets in one account and region.</summary>
public interface IStackDrift
{
    /// <summary>Starts looking at every resource of a stack; the answer is the id to ask <see cref="DescribeDetection"/> about.</summary>
    Task<string> DetectStackDrift(string stackName, CancellationToken cancel);

    /// <summary>DescribeStackDriftDetectionStatus.</summary>
    Task<DriftDetectionState> DescribeDetection(string detectionId, CancellationToken cancel);

    /// <summary>What was found of each resource CloudFormation can look at, all pages.</summary>
    Task<ImmutableArray<ResourceDrift>> DescribeStackResourceDrifts(string stackName, CancellationToken cancel);

    /// <summary>Starts making a change set for an existing stack; the answer is its id.</summary>
    Task<string> CreateChangeSet(ChangeSetRequest request, CancellationToken cancel);

    /// <summary>A change set with all pages of its changes.</summary>
    Task<ChangeSet> DescribeChangeSet(string changeSetId, CancellationToken cancel);

    /// <summary>Starts the update; what fails is rolled back.</summary>
    Task ExecuteChangeSet(string changeSetId, string clientRequestToken, CancellationToken cancel);

    /// <summary>A change set that is gone already is fine.</summary>
    Task DeleteChangeSet(string changeSetId, CancellationToken cancel);
}

/// <summary>How far a detection is.</summary>
public enum DetectionStatus
{
    InProgress,
    Complete,

    /// <summary>At least one resource could not be looked at; the others were.</summary>
    Failed,
}

/// <summary>How far a detection is, and why it failed where it did.</summary>
public sealed record DriftDetectionState(DetectionStatus Status, string? Reason);

/// <summary>How a resource stands beside its template.</summary>
public enum DriftStatus
{
    InSync,
    Modified,
    Deleted,

    /// <summary>Of a type CloudFormation cannot look at, or it could not this time.</summary>
    NotChecked,
}

/// <summary>What CloudFormation found of one resource.</summary>
public sealed record ResourceDrift(string LogicalId, string PhysicalId, string ResourceType, DriftStatus Status, ImmutableArray<PropertyDifference> Differences)
{
    /// <summary>Why it has this status, where AWS says so.</summary>
    public string? Reason { get; init; }

    /// <summary>What the template says, as JSON; it may hold secrets.</summary>
    public string? ExpectedProperties { get; init; }

    /// <summary>What is there, as JSON; it may hold secrets.</summary>
    public string? ActualProperties { get; init; }
}

/// <summary>One property: <c>/SecurityGroupIngress/0/CidrIp</c>, what the template says and what is there, as text or JSON; null where a side has nothing.</summary>
public sealed record PropertyDifference(string Path, string? Expected, string? Actual);

/// <summary>A change set to be made.</summary>
/// <param name="Stack">The stack as it is to be; its token is not used.</param>
/// <param name="RevertsDrift"><c>DeploymentMode=REVERT_DRIFT</c>: compared with what is really there.</param>
public sealed record ChangeSetRequest(string Name, StackRequest Stack, bool RevertsDrift);

/// <summary>A change set as it is described.</summary>
/// <param name="Status"><c>CREATE_PENDING</c>, <c>CREATE_IN_PROGRESS</c>, <c>CREATE_COMPLETE</c>, <c>FAILED</c>, …</param>
/// <param name="RevertsDrift">The cloud says that it is drift-aware; one that does not know such sets says nothing.</param>
public sealed record ChangeSet(string Id, string Status, string? StatusReason, bool RevertsDrift, ImmutableArray<ChangeSetEntry> Changes)
{
    public bool IsPending => Status is "CREATE_PENDING" or "CREATE_IN_PROGRESS";

    /// <summary>It failed because there is nothing to do.</summary>
    public bool IsEmpty => Status == "FAILED" && StatusReason is { } reason
        && (reason.StartsWith("The submitted information didn't contain changes", StringComparison.Ordinal) || reason.StartsWith("No updates are to be performed", StringComparison.Ordinal));
}

/// <summary>What a change set does to one resource.</summary>
/// <param name="Action"><c>Add</c>, <c>Modify</c>, <c>Remove</c>, <c>Import</c>, <c>Dynamic</c>, <c>SyncWithActual</c></param>
/// <param name="Replacement"><c>True</c>, <c>False</c>, <c>Conditional</c>, or null where nothing is replaced.</param>
public sealed record ChangeSetEntry(string LogicalId, string ResourceType, string Action, string? Replacement, DriftStatus? Drift, string? PolicyAction);
