using System.Collections.Immutable;

namespace Paco.Clouds;

/// <summary>What a change set is for; sent as <c>ChangeSetType</c>.</summary>
public enum ChangeSetType
{
    Create,
    Update,
}

/// <summary>What CreateChangeSet is given besides the stack itself.</summary>
/// <param name="Name">Letters, digits and <c>-</c>, unique for the stack.</param>
public sealed record ChangeSetRequest(StackRequest Stack, string Name, ChangeSetType Type)
{
    /// <summary>Compare with what is really there instead of with what was deployed last (<c>DeploymentMode=REVERT_DRIFT</c>).</summary>
    public bool RevertDrift { get; init; }

    /// <summary>Take over resources whose names exist already instead of failing on them.</summary>
    public bool ImportExistingResources { get; init; }
}

/// <summary>A change set as CloudFormation describes it.</summary>
/// <param name="Status"><c>CREATE_PENDING</c>, <c>CREATE_IN_PROGRESS</c>, <c>CREATE_COMPLETE</c>, <c>FAILED</c>, …</param>
public sealed record ChangeSet(string Id, string StackId, string Status, string? StatusReason, ImmutableArray<ChangeSetChange> Changes)
{
    /// <summary>The cloud says that it compared with what is really there; one that cannot says nothing.</summary>
    public bool RevertsDrift { get; init; }

    public bool IsBusy => Status is "CREATE_PENDING" or "CREATE_IN_PROGRESS";

    /// <summary>It failed because there is nothing to change.</summary>
    public bool IsEmpty => Status == "FAILED"
        && (StatusReason?.StartsWith("The submitted information didn't contain changes", StringComparison.Ordinal) == true
            || StatusReason?.StartsWith("No updates are to be performed", StringComparison.Ordinal) == true);
}

/// <summary>One resource of a change set.</summary>
/// <param name="Action"><c>Add</c>, <c>Modify</c>, <c>Remove</c>, <c>Import</c>, <c>Dynamic</c>, <c>SyncWithActual</c>.</param>
/// <param name="Replacement"><c>True</c>, <c>False</c>, <c>Conditional</c>, or null.</param>
public sealed record ChangeSetChange(
    string Action, string LogicalResourceId, string ResourceType, string? Replacement, string? PolicyAction,
    ImmutableArray<ChangeSetDetail> Details)
{
    /// <summary>
    /// <c>IN_SYNC</c>, <c>MODIFIED</c>, <c>DELETED</c>, <c>NOT_CHECKED</c>; only with <see cref="ChangeSetRequest.RevertDrift"/>.
    /// </summary>
    public string? ResourceDriftStatus { get; init; }
}

/// <summary>What changes of a resource, and why. Values are as long as AWS gives them, and may be missing.</summary>
/// <param name="Attribute"><c>Properties</c>, <c>Tags</c>, <c>Metadata</c>, …</param>
/// <param name="RequiresRecreation"><c>Never</c>, <c>Conditionally</c>, <c>Always</c>.</param>
public sealed record ChangeSetDetail(string Attribute, string? Name, string RequiresRecreation, string? Evaluation, string? BeforeValue,
    string? AfterValue)
{
    /// <summary>What it comes from: the parameter or resource whose value changes; null where the template itself does.</summary>
    public string? CausingEntity { get; init; }
}
