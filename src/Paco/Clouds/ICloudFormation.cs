using System.Collections.Immutable;
using System.Text;

namespace Paco.Clouds;

/// <summary>CloudFormation in one account and region. Operations and members are named as AWS names them.</summary>
public interface ICloudFormation
{
    /// <summary>Its drift detection.</summary>
    IStackDrift Drift { get; }

    /// <summary>One stack by name or id, or null where it does not exist (also when only a deleted one does).</summary>
    Task<DeployedStack?> DescribeStack(string stackName, CancellationToken cancel);

    /// <summary>Every stack of the account and region (all pages), without the deleted ones.</summary>
    Task<ImmutableArray<DeployedStack>> DescribeStacks(CancellationToken cancel);

    /// <summary>The template body as it was sent (TemplateStage Original).</summary>
    Task<string> GetTemplate(string stackName, CancellationToken cancel);

    /// <summary>Starts a creation; the answer is the stack's id.</summary>
    Task<string> CreateStack(StackRequest request, CancellationToken cancel);

    /// <summary>Starts an update; the answer is the stack's id, or null where AWS says there is nothing to update.</summary>
    Task<string?> UpdateStack(StackRequest request, CancellationToken cancel);

    Task DeleteStack(string stackName, string clientRequestToken, CancellationToken cancel);

    Task UpdateTerminationProtection(string stackName, bool enable, CancellationToken cancel);

    Task ContinueUpdateRollback(string stackName, ImmutableArray<string> resourcesToSkip, string clientRequestToken,
        CancellationToken cancel);

    /// <summary>Rolls a failed creation or update back by hand, where rollback was switched off (CREATE_FAILED, UPDATE_FAILED).</summary>
    Task RollbackStack(string stackName, string clientRequestToken, CancellationToken cancel);

    /// <summary>
    /// Events newest first, until the one with id <paramref name="until"/> (exclusive), one older than
    /// <paramref name="since"/>, or the beginning. Pages are read no further than needed.
    /// </summary>
    Task<ImmutableArray<StackEvent>> DescribeStackEvents(string stackNameOrId, string? until, DateTimeOffset since,
        CancellationToken cancel);

    /// <summary>
    /// What CloudFormation's validation found wrong before anything was touched, with a change set or with the last operation on a
    /// stack, newest first. None where it did not look, and where the cloud or the role knows no such question.
    /// </summary>
    /// <param name="changeSetOrStackId">The ARN of either.</param>
    Task<ImmutableArray<ValidationFinding>> DescribeValidation(string changeSetOrStackId, CancellationToken cancel);

    Task<ImmutableArray<StackResource>> DescribeStackResources(string stackName, CancellationToken cancel);

    /// <summary>The id of the stack that has a resource of this physical id, or null.</summary>
    Task<string?> FindOwner(string physicalResourceId, CancellationToken cancel);

    /// <summary>Starts a change set; the answer is its id.</summary>
    Task<string> CreateChangeSet(ChangeSetRequest request, CancellationToken cancel);

    /// <summary>A change set by id with all its changes and their values, or null.</summary>
    Task<ChangeSet?> DescribeChangeSet(string changeSetId, CancellationToken cancel);

    Task ExecuteChangeSet(string changeSetId, string clientRequestToken, CancellationToken cancel);

    /// <summary>Deletes a change set; one that is gone already is fine.</summary>
    Task DeleteChangeSet(string changeSetId, CancellationToken cancel);
}

/// <summary>
/// A template's text inline (at most 51,200 bytes) or the https address of an S3 object that holds it. One of them is set, but for
/// <see cref="Deployed"/>.
/// </summary>
public sealed record TemplateSource(string? Body, string? Url)
{
    /// <summary>The most bytes of a template that is sent inline. Source: CloudFormation quotas.</summary>
    public const int InlineLimit = 51_200;

    /// <summary>The one the stack has (<c>UsePreviousTemplate</c>).</summary>
    public static readonly TemplateSource Deployed = new(null, null);

    /// <summary>True for a template that may be sent inline: bytes count, not characters.</summary>
    public static bool IsInline(string body) => Encoding.UTF8.GetByteCount(body) <= InlineLimit;
}

/// <summary>A parameter as it is sent: a value, or the deployed one kept.</summary>
public sealed record StackParameter(string Key, string? Value, bool UsePreviousValue = false)
{
    /// <summary>Nobody is to see the value: a refusal that repeats it is not quoted.</summary>
    public bool IsSecret { get; init; }

    /// <inheritdoc />
    public override string ToString() => IsSecret ? $"{Key} = (secret)" : $"{Key} = {Value}";
}

/// <summary>What CreateStack and UpdateStack are given.</summary>
public sealed record StackRequest
{
    public required string StackName { get; init; }

    public required TemplateSource Template { get; init; }

    public ImmutableArray<StackParameter> Parameters { get; init; } = [];

    public ImmutableArray<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary><c>CAPABILITY_IAM</c>, <c>CAPABILITY_NAMED_IAM</c>, …</summary>
    public ImmutableArray<string> Capabilities { get; init; } = [];

    /// <summary>Makes a repeated call harmless: AWS treats the same token as the same call.</summary>
    public required string ClientRequestToken { get; init; }

    /// <summary>CreateStack only.</summary>
    public bool EnableTerminationProtection { get; init; }

    /// <summary>A policy body that guards resources during this update, or null.</summary>
    public string? StackPolicyDuringUpdateBody { get; init; }
}

/// <summary>A stack as CloudFormation describes it.</summary>
public sealed record DeployedStack
{
    public required string StackId { get; init; }

    public required string StackName { get; init; }

    public required StackStatus Status { get; init; }

    public string? StatusReason { get; init; }

    public string? Description { get; init; }

    /// <summary>Values; those of NoEcho parameters read <c>****</c>.</summary>
    public required ImmutableSortedDictionary<string, string> Parameters { get; init; }

    public required ImmutableSortedDictionary<string, string> Outputs { get; init; }

    public required ImmutableSortedDictionary<string, string> Tags { get; init; }

    public ImmutableArray<string> Capabilities { get; init; } = [];

    public bool TerminationProtection { get; init; }

    public required DateTimeOffset CreationTime { get; init; }

    public DateTimeOffset? LastUpdatedTime { get; init; }
}

/// <summary>One line of a stack's history. Statuses are resource statuses as on the wire (<c>CREATE_IN_PROGRESS</c>).</summary>
public sealed record StackEvent(
    string EventId,
    DateTimeOffset Timestamp,
    string LogicalResourceId,
    string PhysicalResourceId,
    string ResourceType,
    string ResourceStatus,
    string? ResourceStatusReason,
    string? ClientRequestToken);

/// <summary>Something that would have failed, found before the deployment (<c>VALIDATION_ERROR</c> of DescribeEvents).</summary>
/// <param name="Path">The property, as <c>/Resources/Logs/Properties/Colour</c>, where one is to blame.</param>
public sealed record ValidationFinding(DateTimeOffset Timestamp, string LogicalResourceId, string ResourceType, string? Path,
    string Reason);

/// <summary>One resource of a stack with the name the cloud gave it.</summary>
public sealed record StackResource(string LogicalResourceId, string PhysicalResourceId, string ResourceType, string ResourceStatus);
