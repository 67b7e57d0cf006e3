using System.Collections.Immutable;
using Paco.Binding;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Stacks;

/// <summary>
/// An alarm as the project states it: for whoever shows what is watched, and asks a cloud how it stands. Its name in CloudWatch is made
/// by CloudFormation: the physical id of <see cref="LogicalId"/> in the stack <see cref="Node"/>.
/// </summary>
/// <param name="Node">The stack it is in.</param>
/// <param name="LogicalId">What it is called in that stack's template; the key of the output that holds its name, too.</param>
/// <param name="Ref">Its path: <c>….alb.monitoring.alarm_sets.core.HealthyHostCount</c>.</param>
/// <param name="Owner">The object that is watched.</param>
/// <param name="Title">That object as people read it: <c>app/site/alb</c>.</param>
/// <param name="Set">The alarm set it is of; empty for that of a health check.</param>
/// <param name="Name">Its name in the set.</param>
public sealed record StatedAlarm(NodeId Node, string LogicalId, ObjectPath Ref, ObjectPath Owner, string Title, string Set, string Name)
{
    /// <summary>Switched off, it is not in the template.</summary>
    public required bool Enabled { get; init; }

    /// <summary>What it looks at.</summary>
    public required AlarmKind Kind { get; init; }

    /// <summary>The metric's namespace; null where <see cref="Expression"/> says what it looks at.</summary>
    public string? Namespace { get; init; }

    public string? MetricName { get; init; }

    public ImmutableArray<StatedDimension> Dimensions { get; init; } = [];

    /// <summary>A statistic or a percentile.</summary>
    public string? Statistic { get; init; }

    /// <summary>The expression whose values count, or the rule of a composite alarm.</summary>
    public string? Expression { get; init; }

    /// <summary>CloudWatch's word for how values are compared with the threshold; null for a composite alarm.</summary>
    public string? Comparison { get; init; }

    /// <summary>Null where the threshold is a band around what is expected, and for a composite alarm.</summary>
    public decimal? Threshold { get; init; }

    /// <summary>The width of that band, in standard deviations.</summary>
    public decimal? Band { get; init; }

    /// <summary>Seconds.</summary>
    public int? Period { get; init; }

    public int? EvaluationPeriods { get; init; }

    /// <summary>How many of the periods must be bad; all where not given.</summary>
    public int? DatapointsToAlarm { get; init; }

    /// <summary>What a period without values counts as, in CloudWatch's word; <c>missing</c> where not given.</summary>
    public string? TreatMissingData { get; init; }

    public required string Classification { get; init; }

    public required string Severity { get; init; }

    public string? Description { get; init; }

    /// <summary>Where it is written what to do.</summary>
    public string? Runbook { get; init; }

    /// <summary>The topics that are told, by their names, in order.</summary>
    public ImmutableArray<string> Groups { get; init; } = [];

    /// <summary>The account and region those topics are looked for in.</summary>
    public required Place Topics { get; init; }

    /// <summary>They are told as well when it is over.</summary>
    public bool TellsOk { get; init; }

    /// <summary>They are told as well when there are no values.</summary>
    public bool TellsInsufficientData { get; init; }

    /// <summary>Where it is written.</summary>
    public Location Source { get; init; }

    /// <summary>The same with dimensions joined to what offers them; those that lead nowhere are left out.</summary>
    internal StatedAlarm Linked(Func<Ref, Source?> find) => this with
    {
        Dimensions = [.. Dimensions.Select(d => d.Value.Linked(find) is { } value ? d with { Value = value } : null)
            .OfType<StatedDimension>()],
    };
}

/// <summary>A dimension of an alarm's metric and what its value is.</summary>
public sealed record StatedDimension(string Name, Source Value);

/// <summary>What an alarm looks at.</summary>
public enum AlarmKind
{
    /// <summary>A metric, compared with a number.</summary>
    Metric,

    /// <summary>What a metric filter counts in a log group.</summary>
    Log,

    /// <summary>What is computed of several metrics.</summary>
    Expression,

    /// <summary>A metric, compared with what is usual for it.</summary>
    Anomaly,

    /// <summary>The states of other alarms.</summary>
    Composite,

    /// <summary>Whether a health check of Route 53 is well.</summary>
    HealthCheck,
}
