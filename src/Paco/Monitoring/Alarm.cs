using System.Collections.Immutable;
using Paco.Binding;

namespace Paco.Monitoring;

/// <summary>An alarm of a set, with what a resource says of it laid over.</summary>
public sealed class Alarm(Fields f) : Model(f)
{
    internal static readonly Check Classes = Check.OneOf("health", "performance", "security", "unset");

    internal static readonly Check Severities = Check.OneOf("low", "critical");

    public Enablement Enabled { get; } = f.Enabled(false);

    public string Type { get; } = f.Text("type",
        "Alarm, or LogAlarm for one on what a metric filter counts in a log group.", "Alarm", Check.OneOf("Alarm", "LogAlarm"));

    public string Classification { get; } = f.Text("classification", "What it is about.", "unset", Classes);

    public string Severity { get; } = f.Text("severity", "How bad it is.", "low", Severities);

    public string? Description { get; } = f.Text("description", "What it means.");

    public string? RunbookUrl { get; } = f.Text("runbook_url", "Where it is written what to do.");

    public string? MetricName { get; } = f.Text("metric_name", "The metric.");

    public string? Namespace { get; } = f.Text("namespace",
        "The metric's namespace; where not given that of the resource's metrics, or of what counts in the log group.");

    public ImmutableArray<AlarmDimension> Dimensions { get; } =
        f.List("dimensions", "The metric's dimensions, instead of the resource's own (of an ASG: besides its own).",
            x => new AlarmDimension(x));

    public string? Statistic { get; } =
        f.Text("statistic", "What is made of a period's values.", Check.OneOf("Average", "Maximum", "Minimum", "SampleCount", "Sum"));

    public string? ExtendedStatistic { get; } =
        f.Text("extended_statistic", "A percentile instead of a statistic.",
            Check.Matching("a percentile such as p99.9", @"^p([0-9]{1,2}(\.[0-9]{0,2})?|100)$"));

    public string? ComparisonOperator { get; } = f.Text("comparison_operator", "How the value is compared with the threshold.",
        Check.OneOf("GreaterThanThreshold", "GreaterThanOrEqualToThreshold", "LessThanThreshold", "LessThanOrEqualToThreshold"));

    public Given<double>? Threshold { get; } = f.Number("threshold", "The value that raises the alarm.");

    public Given<int>? Period { get; } = f.Int("period", "Seconds of a period.", min: 1);

    public Given<int>? EvaluationPeriods { get; } = f.Int("evaluation_periods", "How many periods it looks back.", min: 1);

    public string? TreatMissingData { get; } =
        f.Text("treat_missing_data", "What a period without values counts as.",
            Check.OneOf("breaching", "notBreaching", "ignore", "missing"));

    public string? EvaluateLowSampleCountPercentile { get; } =
        f.Text("evaluate_low_sample_count_percentile", "Whether a percentile of few values counts.", Check.OneOf("evaluate", "ignore"));

    public Given<bool> EnableOkActions { get; } = f.Flag("enable_ok_actions", "Tell when it is over.", false);

    public Given<bool> EnableInsufficientDataActions { get; } =
        f.Flag("enable_insufficient_data_actions", "Tell when there are no values.", false);

    public string? LogSetName { get; } = f.Text("log_set_name", "LogAlarm: the log set.");

    public string? LogGroupName { get; } = f.Text("log_group_name", "LogAlarm: the log group in it.");

    public Notifications? Notifications { get; } = f.Object("notifications", "Who is told of it as well.", x => new Notifications(x));

    internal bool IsLogAlarm => Type == "LogAlarm";

    /// <summary>It can stand alone: it is no mere override of another.</summary>
    internal bool SaysWhatItLooksAt => MetricName is not null;

    protected internal override void Rules(Fields f) => AlarmRules.Check(f, this);
}

/// <summary>A dimension of an alarm's metric.</summary>
public sealed class AlarmDimension(Fields f) : Model(f)
{
    public string DimensionName { get; } = f.RequiredText("name", "The dimension.");

    public RefOrText? Value { get; } = f.RefOrText("value", "Its value.", required: true);
}
