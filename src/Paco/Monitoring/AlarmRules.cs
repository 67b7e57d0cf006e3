using Paco.Binding;
using Paco.Stacks;

namespace Paco.Monitoring;

/// <summary>What CloudWatch's own rules say of an alarm's fields together.</summary>
/// <remarks>Source: PutMetricAlarm and PutCompositeAlarm in CloudWatch's API reference.</remarks>
internal static class AlarmRules
{
    private const int Day = 24 * 3600;

    private static readonly string[] OfOneMetric =
        ["metric_name", "namespace", "dimensions", "statistic", "extended_statistic", "anomaly_band", "log_set_name", "log_group_name"];

    private static readonly string[] OfValues =
        ["metrics", "comparison_operator", "threshold", "period", "evaluation_periods", "datapoints_to_alarm", "treat_missing_data"];

    public static void Check(Fields f, Alarm alarm)
    {
        switch (alarm.LooksAt)
        {
            case AlarmKind.Composite:
                Refuse(f, [.. OfOneMetric, .. OfValues], "a CompositeAlarm looks at other alarms only");
                if (alarm.Rule is null)
                    f.Lacks("rule", $"the CompositeAlarm {alarm.Name} needs a \"rule\"", "ALARM(SET.ALARM) AND ALARM(SET.OTHER)");
                return;
            case AlarmKind.Expression:
                Refuse(f, OfOneMetric, "\"metrics\" say what the alarm looks at");
                Ask(f, alarm, "comparison_operator", "threshold", "evaluation_periods");
                CheckQueries(f, alarm);
                break;
            default:
                Ask(f, alarm, ["metric_name", "comparison_operator", "period", "evaluation_periods"]);
                CheckStatistic(f, alarm);
                break;
        }
        Refuse(f, ["rule"], "only a CompositeAlarm has a rule");
        CheckThreshold(f, alarm);
        CheckLog(f, alarm);
        if (alarm.Period is { } period)
            CheckPeriod(f, period, alarm.EvaluationPeriods ?? 1);
        if (alarm.DatapointsToAlarm > alarm.EvaluationPeriods)
            f.Broken("datapoints_to_alarm", $"{alarm.DatapointsToAlarm} of {alarm.EvaluationPeriods} periods cannot be bad");
    }

    public static void CheckPeriod(Fields f, int period, int periods)
    {
        if (!AlarmLimits.IsPeriod(period))
            f.Broken("period", $"CloudWatch takes periods of 10, 20, 30 or a multiple of 60 seconds, not of {period}");
        var most = AlarmLimits.LongestWindow(period);
        if ((long)period * periods > most)
        {
            f.Broken("evaluation_periods",
                $"{periods} periods of {period} seconds are longer than the {(most == Day ? "day" : "seven days")} CloudWatch looks back",
                most == Day ? "with periods of an hour or more it looks back seven days" : null);
        }
    }

    private static void Ask(Fields f, Alarm alarm, params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            if (!f.Has(field))
                f.Lacks(field, $"the alarm {alarm.Name} needs \"{field}\"");
        }
    }

    private static void Refuse(Fields f, ReadOnlySpan<string> fields, string why)
    {
        foreach (var field in fields)
        {
            if (f.Has(field))
                f.Broken(field, why, $"leave \"{field}\" out");
        }
    }

    private static void CheckLog(Fields f, Alarm alarm)
    {
        if (alarm.LooksAt != AlarmKind.Log)
            return;
        if (alarm.LogSetName is null)
            f.Lacks("log_set_name", $"the LogAlarm {alarm.Name} needs the \"log_set_name\" of one of the resource's log_sets");
        if (alarm.LogGroupName is null)
            f.Lacks("log_group_name", $"the LogAlarm {alarm.Name} needs the \"log_group_name\" of a group of that set");
    }

    private static void CheckStatistic(Fields f, Alarm alarm)
    {
        f.OneOf($"the alarm {alarm.Name}", ("statistic", f.Has("statistic")), ("extended_statistic", f.Has("extended_statistic")));
        if (alarm.EvaluateLowSampleCountPercentile is not null && alarm.ExtendedStatistic is null)
        {
            f.Broken("evaluate_low_sample_count_percentile", "only a percentile can be of few values",
                "write \"extended_statistic\" instead of \"statistic\", or leave it out");
        }
    }

    // A band has no threshold, and ways of its own to be compared with.
    private static void CheckThreshold(Fields f, Alarm alarm)
    {
        f.OneOf($"the alarm {alarm.Name}", ("threshold", f.Has("threshold")), ("anomaly_band", f.Has("anomaly_band")));
        var (fitting, others) = alarm.AnomalyBand is null
            ? (AlarmLimits.Comparisons, AlarmLimits.BandComparisons)
            : (AlarmLimits.BandComparisons, AlarmLimits.Comparisons);
        if (alarm.ComparisonOperator is { } comparison && others.Contains(comparison))
        {
            f.Broken("comparison_operator",
                $"{comparison} compares with a {(alarm.AnomalyBand is null ? "band" : "number")}",
                $"{(alarm.AnomalyBand is null ? "without" : "with")} an anomaly_band: {string.Join(", ", fitting)}");
        }
        if (alarm.AnomalyBand is { Value: <= 0 })
            f.Broken("anomaly_band", "the band is a number of standard deviations above 0");
    }

    private static void CheckQueries(Fields f, Alarm alarm)
    {
        if (alarm.Metrics.Count(q => q.ReturnData) != 1)
        {
            f.Broken("metrics", "exactly one of the \"metrics\" is the result that is compared", "write return_data: true at that one");
        }
        foreach (var query in alarm.Metrics.GroupBy(q => q.Id).Where(g => g.Count() > 1))
            f.Broken("metrics", $"two of the \"metrics\" have the id {query.Key}");
        if (alarm.Period is null && alarm.Metrics.Any(q => q.Period is null))
            f.Lacks("period", $"the alarm {alarm.Name} needs a \"period\"", "its own, or one at each of its metrics");
    }
}
