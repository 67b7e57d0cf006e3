using System.Text.Json.Nodes;
using Paco.Clouds;
using StackParameter = Paco.Sandbox.Templates.StackParameter;

namespace Paco.Sandbox.Stacks;

/// <summary>What a stack was told to be: the arguments of CreateStack and UpdateStack.</summary>
internal sealed record StackDefinition
{
    /// <summary>The template of a stack that has none yet.</summary>
    public const string None = "{}";

    /// <summary>As it was given.</summary>
    public required string Template { get; init; }

    /// <summary>What its transforms made of it; null where it declares none.</summary>
    public string? Processed { get; init; }

    /// <summary>Why they failed, and with them whatever is done with this definition.</summary>
    public string? TransformFailure { get; init; }

    /// <summary>The template that holds.</summary>
    public string Text => Processed ?? Template;

    public List<StackParameter> Parameters { get; init; } = [];

    public List<KeyValuePair<string, string>> Tags { get; init; } = [];

    public List<string> Capabilities { get; init; } = [];

    public List<string> NotificationArns { get; init; } = [];

    public string? RoleArn { get; init; }

    /// <summary>Null where nobody ever said anything of it.</summary>
    public RollbackConfiguration? Rollback { get; init; }

    /// <summary>What a stack is as long as only change sets say that it is to be this.</summary>
    public StackDefinition InReview => new() { Template = None, Tags = Tags, RoleArn = RoleArn };
}

/// <summary>An output as it was computed when the last operation ended.</summary>
internal sealed record StackOutput(string Key, string Value, string? Description, string? ExportName);

/// <summary>A resource of a stack.</summary>
internal sealed class StackResource
{
    public required string Logical { get; init; }

    public required string Type { get; set; }

    public string Physical { get; set; } = "";

    /// <summary>A resource status as on the wire, <c>CREATE_COMPLETE</c>.</summary>
    public string Status { get; set; } = "";

    public string? Reason { get; set; }

    public DateTimeOffset Time { get; set; }

    /// <summary>Evaluated properties; dynamic references to secrets unresolved.</summary>
    public JsonObject Properties { get; set; } = [];

    public JsonObject? Metadata { get; set; }

    /// <summary>Logical ids it needed when it was made: they outlive it.</summary>
    public List<string> Needs { get; set; } = [];

    public string DeletionPolicy { get; set; } = "Delete";

    public string UpdateReplacePolicy { get; set; } = "Delete";

    /// <summary>True where there is something in the cloud to delete.</summary>
    public bool Exists => Physical.Length > 0 && Status is not ("DELETE_COMPLETE" or "DELETE_SKIPPED");

    public StackResource Copy() => (StackResource)MemberwiseClone();
}

/// <summary>A stack with all that is known of it.</summary>
internal sealed class Stack
{
    public long Row { get; set; }

    public required string Account { get; init; }

    public required string Region { get; init; }

    public required string Name { get; init; }

    public required string Id { get; init; }

    public StackStatus Status { get; set; }

    public string? StatusReason { get; set; }

    public string? Description { get; set; }

    public required StackDefinition Definition { get; set; }

    public bool DisableRollback { get; set; }

    /// <summary>ROLLBACK, DO_NOTHING or DELETE, for a creation that fails.</summary>
    public string OnFailure { get; set; } = "ROLLBACK";

    public bool Protected { get; set; }

    public int? TimeoutMinutes { get; set; }

    public string? Policy { get; set; }

    public string? ChangeSetId { get; set; }

    /// <summary>The stack it is nested in, and the one at the top of the nest; null outside of any.</summary>
    public string? ParentId { get; init; }

    public string? RootId { get; init; }

    public required DateTimeOffset Created { get; init; }

    public DateTimeOffset? Updated { get; set; }

    /// <summary>When its deletion began.</summary>
    public DateTimeOffset? Deleted { get; set; }

    public List<StackOutput> Outputs { get; set; } = [];

    /// <summary>Counts the physical resources made, so that no two share an id.</summary>
    public int Counter { get; set; }

    /// <summary>Events written so far.</summary>
    public int Events { get; set; }

    /// <summary>When the last of them happened, in milliseconds since 1970.</summary>
    public long LastEvent { get; set; }

    public Dictionary<string, StackResource> Resources { get; set; } = new(StringComparer.Ordinal);

    /// <summary>The operation going on, or null.</summary>
    public StackOperation? Run { get; set; }

    /// <summary>What a failed update goes back to; null while the stack stands where it was told to.</summary>
    public StableState? Stable { get; set; }
}

/// <summary>The last state a stack stood in, whole.</summary>
internal sealed record StableState(StackDefinition Definition, string? Description, Dictionary<string, StackResource> Resources)
{
    /// <summary>What a roll-back that failed had still to delete; the next attempt does.</summary>
    public List<StackResource> Garbage { get; init; } = [];

    public static StableState Of(Stack stack) => new(stack.Definition, stack.Description,
        stack.Resources.ToDictionary(r => r.Key, r => r.Value.Copy(), StringComparer.Ordinal));
}
