using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Monitoring;

/// <summary>The metric an alarm looks at, of the thing whose alarm it is.</summary>
internal sealed class AlarmMetric(Watched watched, MonitorConfig monitoring, BuildScope scope, Alarm alarm)
{
    public string? Namespace { get; } = alarm.Namespace
        ?? (alarm.IsLogAlarm ? LogMetric.NamespaceOf(alarm, monitoring, scope) : KnownMetrics.NamespaceOf(watched, alarm.MetricName));

    public ImmutableArray<AlarmDimensionValue> Dimensions { get; } = alarm.IsLogAlarm ? [] : DimensionsOf(watched, alarm);

    public MapValue Properties(StackBuilder stack, string logicalId) => new()
    {
        ["ComparisonOperator"] = Value.Of(alarm.ComparisonOperator),
        ["EvaluationPeriods"] = Value.Of(alarm.EvaluationPeriods),
        ["MetricName"] = Value.Of(alarm.MetricName),
        ["Namespace"] = Value.Of(Namespace),
        ["Period"] = Value.Of(alarm.Period),
        ["Statistic"] = Value.Of(alarm.Statistic),
        ["ExtendedStatistic"] = Value.Of(alarm.ExtendedStatistic),
        ["Threshold"] = alarm.Threshold is { } given ? new NumberValue((decimal)given.Value) { Origin = new Origin(given.Node) } : null,
        ["TreatMissingData"] = Value.Of(alarm.TreatMissingData),
        ["EvaluateLowSampleCountPercentile"] = Value.Of(alarm.EvaluateLowSampleCountPercentile),
        ["Dimensions"] = Value.List(Dimensions.Select(d => (Value)new MapValue
        {
            ["Name"] = d.Name,
            ["Value"] = stack.Input(d.ParameterOf(logicalId), d.Source),
        })),
    };

    // Where an alarm gives dimensions, those are all; only some things keep their own beside them.
    private static ImmutableArray<AlarmDimensionValue> DimensionsOf(Watched watched, Alarm alarm)
    {
        var given = alarm.Dimensions.Where(d => d.Value is not null).Select(d => new AlarmDimensionValue(d.DimensionName, SourceOf(d.Value!)))
            .DistinctBy(d => d.Name).ToImmutableArray();
        if (!given.IsEmpty && !watched.KeepsDimensions)
            return given;
        var own = watched.Dimensions.Index().Select(d => new AlarmDimensionValue(d.Item.Name, new RefSource(d.Item.Value))
        {
            OwnParameter = d.Index == 0 ? "DimensionResource" : $"DimensionResource{Names.LogicalId(d.Item.Name)}",
        });
        return [.. own.Where(d => !given.Any(g => g.Name == d.Name)), .. given];
    }

    private static Source SourceOf(RefOrText value) => value.Ref is { } reference ? new RefSource(reference) : new LiteralSource(value.Text!);
}

/// <summary>A dimension, and where its value comes from.</summary>
internal sealed record AlarmDimensionValue(string Name, Source Source)
{
    /// <summary>The parameter that all alarms of the stack share for it; null for one of the alarm's own.</summary>
    public string? OwnParameter { get; init; }

    public string ParameterOf(string logicalId) => OwnParameter ?? $"DimensionResource{logicalId}{Names.LogicalId(Name)}";
}
