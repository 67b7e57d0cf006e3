using System.Collections.Immutable;
using Paco.Binding;
using Paco.Stacks;

namespace Paco.Monitoring;

/// <summary>An alarm of a set, with what a resource says of it laid over.</summary>
public sealed class Alarm(Fields f) : Model(f)
{
    private const string LogType = "LogAlarm";
    private const string CompositeType = "CompositeAlarm";

    internal static readonly Check Classes = Check.OneOf("health", "performance", "security", "unset");

    private static readonly Check ExtendedForm =
        Check.Of("a percentile such as p99.9, or a statistic such as tm99 or TM(10%:90%)", AlarmLimits.IsExtendedStatistic);

    internal static readonly Check Severities = Check.OneOf("low", "critical");

    public Enablement Enabled { get; } = f.Enabled(false);

    public string Type { get; } = f.Text("type",
        "Alarm; LogAlarm for one on what a metric filter counts in a log group; CompositeAlarm for one on the states of others.",
        "Alarm", Check.OneOf("Alarm", LogType, CompositeType));

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
        f.Text("statistic", "What is made of a period's values.", Check.OneOf([.. AlarmLimits.Statistics]));

    public string? ExtendedStatistic { get; } =
        f.Text("extended_statistic", "A percentile instead of a statistic, or a mean without what is far out: `tm99`, `IQM`.",
            ExtendedForm);

    public string? ComparisonOperator { get; } = f.Text("comparison_operator", "How the value is compared with the threshold.",
        Check.OneOf([.. AlarmLimits.Comparisons, .. AlarmLimits.BandComparisons]));

    public Given<double>? Threshold { get; } = f.Number("threshold", "The value that raises the alarm.");

    public Given<double>? AnomalyBand { get; } = f.Number("anomaly_band",
        "Instead of a threshold: the values that are usual for the metric, as CloudWatch learns them, and this many standard deviations around them.");

    public ImmutableArray<MetricQuery> Metrics { get; } = f.List("metrics",
        "Instead of one metric: several, and what is computed of them. Exactly one of them is the result.", x => new MetricQuery(x));

    public CompositeRule? Rule { get; } = CompositeRule.Read(f);

    public Given<int>? Period { get; } = f.Int("period", "Seconds of a period.", min: 1);

    public Given<int>? EvaluationPeriods { get; } = f.Int("evaluation_periods", "How many periods it looks back.", min: 1);

    public Given<int>? DatapointsToAlarm { get; } =
        f.Int("datapoints_to_alarm", "How many of these periods must be bad; all where not given.", min: 1);

    public string? TreatMissingData { get; } =
        f.Text("treat_missing_data", "What a period without values counts as.",
            Check.OneOf([.. AlarmLimits.MissingData]));

    public string? EvaluateLowSampleCountPercentile { get; } =
        f.Text("evaluate_low_sample_count_percentile", "Whether a percentile of few values counts.", Check.OneOf("evaluate", "ignore"));

    public Given<bool> EnableOkActions { get; } = f.Flag("enable_ok_actions", "Tell when it is over.", false);

    public Given<bool> EnableInsufficientDataActions { get; } =
        f.Flag("enable_insufficient_data_actions", "Tell when there are no values.", false);

    public string? LogSetName { get; } = f.Text("log_set_name", "LogAlarm: the log set.");

    public string? LogGroupName { get; } = f.Text("log_group_name", "LogAlarm: the log group in it.");

    public Notifications? Notifications { get; } = f.Object("notifications", "Who is told of it as well.", x => new Notifications(x));

    internal AlarmKind LooksAt => Type switch
    {
        LogType => AlarmKind.Log,
        CompositeType => AlarmKind.Composite,
        _ when !Metrics.IsEmpty => AlarmKind.Expression,
        _ when AnomalyBand is not null => AlarmKind.Anomaly,
        _ => AlarmKind.Metric,
    };

    /// <summary>It can stand alone: it is no mere override of another.</summary>
    internal bool SaysWhatItLooksAt => MetricName is not null || !Metrics.IsEmpty || Rule is not null;

    /// <summary>The dimensions it gives, each once.</summary>
    internal static IEnumerable<AlarmDimension> Given(ImmutableArray<AlarmDimension> dimensions) =>
        dimensions.Where(d => d.Value is not null).DistinctBy(d => d.DimensionName);

    protected internal override void Rules(Fields f) => AlarmRules.Check(f, this);
}

/// <summary>A dimension of an alarm's metric.</summary>
public sealed class AlarmDimension(Fields f) : Model(f)
{
    public string DimensionName { get; } = f.RequiredText("name", "The dimension.");

    public RefOrText? Value { get; } = f.RefOrText("value", "Its value.", required: true);
}

/// <summary>One of the metrics an alarm computes with, or what is computed.</summary>
public sealed class MetricQuery(Fields f) : Model(f)
{
    public string Id { get; } = f.RequiredText("id", "What expressions call it.",
        Check.Matching("a small letter, then letters, digits and _", "^[a-z][a-zA-Z0-9_]{0,254}$"));

    public string? Expression { get; } =
        f.Text("expression", "What is computed of the others: `errors / requests * 100`.", Check.Length(1, 2048));

    public string? Label { get; } = f.Text("label", "What graphs call it.");

    public string? MetricName { get; } = f.Text("metric_name", "The metric.");

    public string? Namespace { get; } = f.Text("namespace", "The metric's namespace; the resource's own where not given.");

    public ImmutableArray<AlarmDimension> Dimensions { get; } =
        f.List("dimensions", "The metric's dimensions, as an alarm's.", x => new AlarmDimension(x));

    public string? Statistic { get; } = f.Text("statistic", "What is made of a period's values: Average, Sum, p99, …",
        Check.Of($"one of {string.Join(", ", AlarmLimits.Statistics)}, or a percentile such as p99.9",
            text => AlarmLimits.Statistics.Contains(text) || AlarmLimits.IsExtendedStatistic(text)));

    public Given<int>? Period { get; } = f.Int("period", "Seconds of a period; the alarm's where not given.", min: 1);

    public Given<bool> ReturnData { get; } = f.Flag("return_data", "It is the result, which is compared with the threshold.", false);

    protected internal override void Rules(Fields f)
    {
        f.OneOf("a part of an alarm's metrics", ("expression", Expression is not null), ("metric_name", MetricName is not null));
        if (MetricName is not null && Statistic is null)
            f.Lacks("statistic", $"the metric {MetricName} needs a \"statistic\"");
        if (Period is { } period)
            AlarmRules.CheckPeriod(f, period, 1);
    }
}
