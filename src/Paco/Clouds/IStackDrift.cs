using System.Collections.Immutable;

namespace Paco.Clouds;

/// <summary>CloudFormation's drift detection in one account and region.</summary>
public interface IStackDrift
{
    /// <summary>Starts looking at every resource of a stack; the answer is the id to ask <see cref="DescribeDetection"/> about.</summary>
    Task<string> DetectStackDrift(string stackName, CancellationToken cancel);

    /// <summary>DescribeStackDriftDetectionStatus.</summary>
    Task<DriftDetectionState> DescribeDetection(string detectionId, CancellationToken cancel);

    /// <summary>What was found of each resource CloudFormation can look at, all pages.</summary>
    Task<ImmutableArray<ResourceDrift>> DescribeStackResourceDrifts(string stackName, CancellationToken cancel);
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
public sealed record ResourceDrift(string LogicalId, string PhysicalId, string ResourceType, DriftStatus Status,
    ImmutableArray<PropertyDifference> Differences)
{
    /// <summary>Why it has this status, where AWS says so.</summary>
    public string? Reason { get; init; }

    /// <summary>What the template says, as JSON; it may hold secrets.</summary>
    public string? ExpectedProperties { get; init; }

    /// <summary>What is there, as JSON; it may hold secrets.</summary>
    public string? ActualProperties { get; init; }
}

/// <summary>
/// One property: <c>/SecurityGroupIngress/0/CidrIp</c>, what the template says and what is there, as text or JSON; null where a side has
/// nothing.
/// </summary>
public sealed record PropertyDifference(string Path, string? Expected, string? Actual);
