using Paco.Binding;

namespace Paco.Monitoring;

/// <summary>What CloudWatch's own rules say of an alarm's fields together.</summary>
/// <remarks>Source: PutMetricAlarm in CloudWatch's API reference.</remarks>
internal static class AlarmRules
{
    private const int Hour = 3600;
    private const int Day = 24 * Hour;

    public static void Check(Fields f, Alarm alarm)
    {
        CheckMetric(f, alarm);
        CheckStatistic(f, alarm);
        if (alarm.Period is { } period)
            CheckPeriod(f, period, alarm.EvaluationPeriods ?? 1);
    }

    private static void CheckMetric(Fields f, Alarm alarm)
    {
        foreach (var (field, isGiven) in ((string, bool)[])
            [("metric_name", alarm.MetricName is not null), ("comparison_operator", alarm.ComparisonOperator is not null),
            ("threshold", alarm.Threshold is not null), ("period", alarm.Period is not null),
            ("evaluation_periods", alarm.EvaluationPeriods is not null)])
        {
            if (!isGiven && !f.Has(field))
                f.Lacks(field, $"the alarm {alarm.Name} needs a \"{field}\"");
        }
        if (!alarm.IsLogAlarm)
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

    private static void CheckPeriod(Fields f, int period, int periods)
    {
        if (period is not (10 or 20 or 30) && period % 60 != 0)
            f.Broken("period", $"CloudWatch takes periods of 10, 20, 30 or a multiple of 60 seconds, not of {period}");
        var most = period < Hour ? Day : 7 * Day;
        if ((long)period * periods > most)
        {
            f.Broken("evaluation_periods",
                $"{periods} periods of {period} seconds are longer than the {(most == Day ? "day" : "seven days")} CloudWatch looks back",
                period < Hour ? "with periods of an hour or more it looks back seven days" : null);
        }
    }
}
