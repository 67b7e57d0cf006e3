using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Monitoring;

/// <summary>What an alarm looks at, of the thing whose alarm it is: a metric, or what is computed of several.</summary>
internal sealed class AlarmMetric(Watched watched, MonitorConfig monitoring, BuildScope scope, Alarm alarm)
{
    // What CloudWatch's own console calls a metric and the band around it.
    private const string Measured = "m1";
    private const string Band = "ad1";

    public string? Namespace { get; } = alarm.LooksAt switch
    {
        AlarmKind.Log => alarm.Namespace ?? LogMetric.NamespaceOf(alarm, monitoring, scope),
        AlarmKind.Expression => null,
        _ => OwnNamespace(watched, alarm),
    };

    public ImmutableArray<AlarmDimensionValue> Dimensions { get; } = alarm.LooksAt switch
    {
        AlarmKind.Log or AlarmKind.Expression => [],
        _ => DimensionsOf(watched, OwnNamespace(watched, alarm), alarm.Dimensions),
    };

    /// <summary>What of it is never sent is reported, and what only its own namespace could tell.</summary>
    public void Check()
    {
        if (Namespace is "" || alarm.Metrics.Any(q => q.MetricName is not null && NamespaceOf(q).Length == 0))
        {
            scope.Build.Bag.Add(BindingCodes.BrokenRule, alarm.PlaceOf("metric_name"), $"the alarm {alarm.Name} needs a \"namespace\"",
                "an application has no metrics of its own", subject: alarm.Path);
            return;
        }
        if (alarm.LooksAt == AlarmKind.Log)
            Report(alarm, alarm.MetricName is { } counted ? LogMetric.NotCounted(alarm, counted, monitoring) : null);
        else if (alarm.MetricName is { } metric && Namespace is { } space)
            Report(alarm, KnownMetrics.NeverSent(watched, space, metric, [.. Dimensions.Select(d => d.Name)]));
        foreach (var query in alarm.Metrics.Where(q => q.MetricName is not null))
        {
            Report(query, KnownMetrics.NeverSent(watched, NamespaceOf(query), query.MetricName!,
                [.. DimensionsOf(query).Select(d => d.Name)]));
        }
    }

    public MapValue Properties(StackBuilder stack, string logicalId) => alarm.LooksAt switch
    {
        AlarmKind.Expression => Common().With(new MapValue
        {
            ["Threshold"] = Threshold,
            ["Metrics"] = Value.List(alarm.Metrics.Select(q => (Value)QueryOf(q, stack, logicalId))),
        }),
        AlarmKind.Anomaly => Common().With(new MapValue
        {
            ["ThresholdMetricId"] = Band,
            ["Metrics"] = Value.List(
                Query(Measured, Metric(Namespace, alarm.MetricName, Dimensions, stack, logicalId), alarm.Period,
                    alarm.Statistic ?? alarm.ExtendedStatistic).With("ReturnData", true),
                new MapValue
                {
                    ["Id"] = Band,
                    ["Expression"] = FormattableString.Invariant($"ANOMALY_DETECTION_BAND({Measured}, {alarm.AnomalyBand})"),
                    ["Label"] = "what is usual",
                    ["ReturnData"] = true,
                }),
        }),
        _ => Common().With(Metric(Namespace, alarm.MetricName, Dimensions, stack, logicalId)).With(new MapValue
        {
            ["Period"] = Value.Of(alarm.Period),
            ["Statistic"] = Value.Of(alarm.Statistic),
            ["ExtendedStatistic"] = Value.Of(alarm.ExtendedStatistic),
            ["Threshold"] = Threshold,
        }),
    };

    private NumberValue? Threshold =>
        alarm.Threshold is { } given ? new NumberValue((decimal)given.Value) { From = new Origin(given.Node) } : null;

    private MapValue Common() => new()
    {
        ["ComparisonOperator"] = Value.Of(alarm.ComparisonOperator),
        ["EvaluationPeriods"] = Value.Of(alarm.EvaluationPeriods),
        ["DatapointsToAlarm"] = Value.Of(alarm.DatapointsToAlarm),
        ["TreatMissingData"] = Value.Of(alarm.TreatMissingData),
        ["EvaluateLowSampleCountPercentile"] = Value.Of(alarm.EvaluateLowSampleCountPercentile),
    };

    private MapValue QueryOf(MetricQuery query, StackBuilder stack, string logicalId)
    {
        var value = query.MetricName is null
            ? new MapValue { ["Id"] = query.Id, ["Expression"] = Value.Of(query.Expression), ["Period"] = Value.Of(query.Period) }
            : Query(query.Id, Metric(NamespaceOf(query), query.MetricName, DimensionsOf(query), stack, $"{logicalId}{query.Id}"),
                query.Period ?? alarm.Period, query.Statistic);
        return value.With("Label", Value.Of(query.Label)).With("ReturnData", query.ReturnData);
    }

    private static string OwnNamespace(Watched watched, Alarm alarm) =>
        alarm.Namespace ?? KnownMetrics.NamespaceOf(watched, alarm.MetricName);

    private string NamespaceOf(MetricQuery query) => query.Namespace ?? KnownMetrics.NamespaceOf(watched, query.MetricName);

    private ImmutableArray<AlarmDimensionValue> DimensionsOf(MetricQuery query) =>
        DimensionsOf(watched, NamespaceOf(query), query.Dimensions);

    private static MapValue Query(string id, MapValue metric, Given<int>? period, string? statistic) => new()
    {
        ["Id"] = id,
        ["MetricStat"] = new MapValue { ["Metric"] = metric, ["Period"] = Value.Of(period), ["Stat"] = Value.Of(statistic) },
    };

    private static MapValue Metric(string? space, string? name, ImmutableArray<AlarmDimensionValue> dimensions, StackBuilder stack,
        string logicalId) => new()
    {
        ["MetricName"] = Value.Of(name),
        ["Namespace"] = Value.Of(space),
        ["Dimensions"] = Value.List(dimensions.Select(d => (Value)new MapValue
        {
            ["Name"] = d.Name,
            ["Value"] = stack.Input(d.ParameterOf(logicalId), d.Source),
        })),
    };

    // Where an alarm gives dimensions, those are all; only some things keep their own beside them.
    private static ImmutableArray<AlarmDimensionValue> DimensionsOf(Watched watched, string space, ImmutableArray<AlarmDimension> written)
    {
        var given = Alarm.Given(written).Select(d => new AlarmDimensionValue(d.DimensionName, SourceOf(d.Value!))).ToImmutableArray();
        if (!given.IsEmpty && !watched.KeepsDimensions)
            return given;
        var dimensions = watched.DimensionsIn(space);
        var own = dimensions.Index().Select(d => new AlarmDimensionValue(d.Item.Name, new RefSource(d.Item.Value))
        {
            OwnParameter = d.Index == 0 && dimensions == watched.Dimensions
                ? "DimensionResource"
                : $"DimensionResource{Names.LogicalId(d.Item.Name)}",
        });
        return [.. own.Where(d => !given.Any(g => g.Name == d.Name)), .. given];
    }

    private static Source SourceOf(RefOrText value) =>
        value.Ref is { } reference ? new RefSource(reference) : new LiteralSource(value.Text!);

    private void Report(Model written, (string Message, string? Hint)? never)
    {
        if (never is var (message, hint))
        {
            scope.Build.Bag.Add(AlarmCodes.NeverSent, written.PlaceOf("metric_name"), $"the alarm {alarm.Name} waits for ever: {message}",
                hint, subject: alarm.Path);
        }
    }
}

/// <summary>A dimension, and where its value comes from.</summary>
internal sealed record AlarmDimensionValue(string Name, Source Source)
{
    /// <summary>The parameter that all alarms of the stack share for it; null for one of the alarm's own.</summary>
    public string? OwnParameter { get; init; }

    public string ParameterOf(string logicalId) => OwnParameter ?? $"DimensionResource{logicalId}{Names.LogicalId(Name)}";
}
