using System.Collections.Immutable;
using Paco.Binding;

namespace Paco.Monitoring;

/// <summary>Sets of <c>monitor/AlarmSets.yaml</c> that a resource has, and what differs from them.</summary>
public sealed class AlarmSets(Fields f) : Model(f)
{
    public ImmutableArray<AlarmSet> All { get; } = f.Rest("A set of alarms, and what differs from it.", x => new AlarmSet(x));
}

public sealed class AlarmSet(Fields f) : Model(f)
{
    public Notifications? Notifications { get; } =
        f.Object("notifications", "Who is told of its alarms as well.", x => new Notifications(x));

    public ImmutableArray<Alarm> Alarms { get; } = f.Rest("Fields of an alarm that differ from the set's.", x => new Alarm(x));
}

/// <summary>An alarm as CloudWatch takes it. Where it overrides one of a set, what is not written stays the set's.</summary>
public sealed class Alarm(Fields f) : Model(f)
{
    internal static readonly Check Classes = Check.OneOf("health", "performance", "security", "unset");

    internal static readonly Check Severities = Check.OneOf("low", "critical");

    public Given<bool>? Enabled { get; } = f.Flag("enabled", "Make it.");

    public string? Type { get; } =
        f.Text("type", "Alarm, or LogAlarm for one that counts lines of a log group.", Check.OneOf("Alarm", "LogAlarm"));

    public string? Classification { get; } = f.Text("classification", "What it is about.", Classes);

    public string? Severity { get; } = f.Text("severity", "How bad it is.", Severities);

    public string? Description { get; } = f.Text("description", "What it means.");

    public string? RunbookUrl { get; } = f.Text("runbook_url", "Where it is written what to do.");

    public string? MetricName { get; } = f.Text("metric_name", "The metric.");

    public string? Namespace { get; } = f.Text("namespace", "The metric's namespace; the resource's own by default.");

    public ImmutableArray<AlarmDimension> Dimensions { get; } =
        f.List("dimensions", "The metric's dimensions, instead of the resource's own.", x => new AlarmDimension(x));

    public string? Statistic { get; } =
        f.Text("statistic", "What is made of a period's values.", Check.OneOf("Average", "Maximum", "Minimum", "SampleCount", "Sum"));

    public string? ExtendedStatistic { get; } =
        f.Text("extended_statistic", "A percentile instead of a statistic.",
            Check.Matching("a percentile such as p99.9", @"^p([0-9]{1,2}(\.[0-9]{0,2})?|100)$"));

    public string? ComparisonOperator { get; } = f.Text("comparison_operator", "How the value is compared with the threshold.",
        Check.OneOf("GreaterThanThreshold", "GreaterThanOrEqualToThreshold", "LessThanThreshold", "LessThanOrEqualToThreshold"));

    public double? Threshold { get; } = f.Number("threshold", "The value that raises the alarm.");

    public Given<int>? Period { get; } = f.Int("period", "Seconds of a period.", min: 1);

    public Given<int>? EvaluationPeriods { get; } = f.Int("evaluation_periods", "How many periods must be bad.", min: 1);

    public string? TreatMissingData { get; } =
        f.Text("treat_missing_data", "What a period without values counts as.",
            Check.OneOf("breaching", "notBreaching", "ignore", "missing"));

    public string? EvaluateLowSampleCountPercentile { get; } =
        f.Text("evaluate_low_sample_count_percentile", "Whether a percentile of few values counts.", Check.OneOf("evaluate", "ignore"));

    public Given<bool>? EnableOkActions { get; } = f.Flag("enable_ok_actions", "Tell when it is over.");

    public Given<bool>? EnableInsufficientDataActions { get; } =
        f.Flag("enable_insufficient_data_actions", "Tell when there are no values.");

    public string? LogSetName { get; } = f.Text("log_set_name", "LogAlarm: the log set.");

    public string? LogGroupName { get; } = f.Text("log_group_name", "LogAlarm: the log group in it.");

    public Notifications? Notifications { get; } = f.Object("notifications", "Who is told of it as well.", x => new Notifications(x));
}

/// <summary>A dimension of an alarm's metric.</summary>
public sealed class AlarmDimension(Fields f) : Model(f)
{
    public string? DimensionName { get; } = f.Text("name", "The dimension.");

    public string? Value { get; } = f.Mentioned("value", "Its value.");
}
