using System.Collections.Immutable;

namespace Paco.CloudFormation.Types;

/// <summary>What an update in place does to those who use a resource.</summary>
public enum InterruptionKind
{
    /// <summary>It cannot be used for a moment.</summary>
    Pause,

    /// <summary>A standby takes over.</summary>
    Failover,

    /// <summary>It stops and starts again.</summary>
    Restart,

    /// <summary>It cannot be used while it is worked on.</summary>
    Outage,
}

/// <summary>A line of the table: which changes interrupt a resource, and for how long about.</summary>
/// <param name="If">It holds only for a resource of which this is so; null where it holds for all.</param>
public sealed record Interruption(InterruptionKind Kind, TimeSpan Length, PropertyValue? If, ImmutableArray<PropertyValue> With)
{
    /// <summary>True where the change of a property does it.</summary>
    /// <param name="property">A top-level property that changes.</param>
    /// <param name="before">A property of the resource as text, before.</param>
    /// <param name="after">And after.</param>
    public bool IsBy(string property, Func<string, string?> before, Func<string, string?> after) =>
        (If is null || before(If.Property) == If.Value)
        && With.Any(w => w.Property == property && (w.Value is null || before(property) == w.Value || after(property) == w.Value));
}

/// <summary>A property, and what it must be before or after; null where any change counts.</summary>
public sealed record PropertyValue(string Property, string? Value);

/// <summary>Which properties make CloudFormation replace a group's instances as its update policy says.</summary>
/// <param name="Batch">How long a batch is terminated and launched.</param>
/// <param name="UntilSignal">How long new instances take from there until they signal that they are ready.</param>
public sealed record RollFacts(TimeSpan Batch, TimeSpan UntilSignal, ImmutableArray<string> With);
