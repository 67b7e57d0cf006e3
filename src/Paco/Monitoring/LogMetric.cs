using Paco.Binding;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Monitoring;

/// <summary>What a LogAlarm looks at: a metric that a filter makes of the events of a log group.</summary>
internal static class LogMetric
{
    /// <summary>The namespace of the filter's metric; null where there is no such group, which is reported already.</summary>
    public static string? NamespaceOf(Alarm alarm, MonitorConfig monitoring, BuildScope scope)
    {
        if (monitoring.LogSets.FirstOrDefault(s => s.Name == alarm.LogSetName) is not { } set
            || set.LogGroups.FirstOrDefault(g => g.Name == alarm.LogGroupName) is not { } group)
        {
            return null;
        }
        return group.MetricFilters.SelectMany(filter => filter.MetricTransformations)
            .FirstOrDefault(metric => metric.MetricName == alarm.MetricName)?.MetricNamespace is { Length: > 0 } own
            ? own
            : $"Paco/{group.FullName(scope, set)}";
    }

    /// <summary>Why the filters of the log group never count such a metric, and what helps; null where one does.</summary>
    public static (string Message, string? Hint)? NotCounted(Alarm alarm, string metric, MonitorConfig monitoring)
    {
        var group = monitoring.LogSets.FirstOrDefault(s => s.Name == alarm.LogSetName)?.LogGroups
            .FirstOrDefault(g => g.Name == alarm.LogGroupName);
        if (group is null || alarm.Namespace is not null)
            return null;
        var counted = group.MetricFilters.SelectMany(f => f.MetricTransformations).Select(m => m.MetricName).ToArray();
        return counted.Contains(metric) ? null
            : ($"no metric filter of {alarm.LogSetName}.{group.Name} counts \"{metric}\"",
                Spelling.DidYouMean(metric, counted) ?? "add one to the metric_filters of that log group");
    }

    /// <summary>Reports log sets and groups that the alarms of a section name and that it does not have.</summary>
    public static void Check(Fields f, MonitorConfig monitoring)
    {
        foreach (var alarm in (monitoring.AlarmSets?.All ?? []).SelectMany(s => s.Alarms).Where(IsOn))
            Check(f, monitoring, alarm);
    }

    private static bool IsOn(Alarm alarm) => alarm.LooksAt == AlarmKind.Log && alarm.Enabled.IsOwnOn;

    private static void Check(Fields f, MonitorConfig monitoring, Alarm alarm)
    {
        if (alarm.LogSetName is not { } setName || alarm.LogGroupName is not { } groupName)
            return;
        if (monitoring.LogSets.FirstOrDefault(s => s.Name == setName) is not { } set)
        {
            Report("log_set_name", $"the alarm {alarm.Name} is on the log set \"{setName}\", which is not among the log_sets here",
                Spelling.DidYouMean(setName, monitoring.LogSets.Select(s => s.Name))
                    ?? $"add {setName}: to log_sets, or disable the alarm");
        }
        else if (set.LogGroups.FirstOrDefault(g => g.Name == groupName) is null)
        {
            Report("log_group_name", $"the log set {setName} has no log group \"{groupName}\", which the alarm {alarm.Name} is on",
                Spelling.DidYouMean(groupName, set.LogGroups.Select(g => g.Name))
                    ?? $"it has {string.Join(", ", set.LogGroups.Select(g => g.Name))}");
        }

        void Report(string field, string message, string hint) =>
            f.Report(AlarmCodes.UnknownLogGroup, alarm.PlaceOf(field), message, hint);
    }
}
