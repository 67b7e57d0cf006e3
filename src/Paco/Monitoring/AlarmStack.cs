using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Monitoring;

/// <summary>
/// The stack of what is watched of one thing. An alarm has no name of its own: its logical id is what it is found by, so that never
/// changes; alarms that are switched off are left out.
/// </summary>
internal sealed class AlarmStack
{
    private readonly BuildScope _scope;
    private readonly Watched _watched;
    private readonly MonitorConfig _monitoring;
    private readonly StackBuilder _stack;
    private readonly AlarmTelling _telling;
    private readonly Notifications? _ofApplication;

    private AlarmStack(Watched watched, MonitorConfig monitoring, BuildScope scope, StackBuilder stack, Notifications? ofApplication)
    {
        (_scope, _watched, _monitoring, _stack, _ofApplication) = (scope, watched, monitoring, stack, ofApplication);
        _telling = new AlarmTelling(stack, scope);
    }

    /// <summary>Makes the stack where something is watched of it.</summary>
    /// <param name="suffix">What its name ends in: <c>ASG-Alarms</c>.</param>
    /// <param name="ofApplication">Who is told of all alarms of the application.</param>
    public static void Build(Watched watched, string suffix, BuildScope scope, Notifications? ofApplication)
    {
        if (watched.Monitoring is not { } monitoring || !monitoring.Enabled.IsOwnOn || monitoring.AlarmSets is not { All.Length: > 0 } sets)
            return;
        var owner = watched.What;
        var stack = scope.Stack(owner, suffix, "alarms", path: $"{owner.Path}.alarms");
        stack.Description = "CloudWatch Alarms";
        if (!owner.IsEnabled)
            return;
        var alarms = new AlarmStack(watched, monitoring, scope, stack, ofApplication);
        foreach (var set in sets.All)
        {
            foreach (var alarm in set.Alarms)
                alarms.Add(set, alarm);
        }
    }

    private void Add(AlarmSet set, Alarm alarm)
    {
        var id = $"Alarm{Names.LogicalId(set.Name)}{Names.LogicalId(alarm.Name)}";
        var path = $"{_watched.What.Path}.monitoring.alarm_sets.{set.Name}.{alarm.Name}";
        var metric = new AlarmMetric(_watched, _monitoring, _scope, alarm);
        var told = Notifications.Told(alarm.Classification, alarm.Severity,
            alarm.Notifications, set.Notifications, _monitoring.Notifications, _ofApplication);
        _scope.Build.Alarms.Add(Stated(new StatedAlarm(_stack.Id, id, path, _watched.What.Path, _scope.Label, set.Name, alarm.Name)
        {
            Enabled = alarm.IsEnabled,
            Kind = alarm.IsLogAlarm ? AlarmKind.Log : AlarmKind.Metric,
            Classification = alarm.Classification,
            Severity = alarm.Severity,
            Topics = _telling.Topics,
            Groups = [.. told.Select(t => t.Name)],
        }, alarm, metric));
        if (!alarm.IsEnabled)
            return;
        var facts = new AlarmFacts(alarm.Name, alarm.Classification, alarm.Severity, alarm.Description, alarm.RunbookUrl);
        _stack.Resource(id, "AWS::CloudWatch::Alarm", metric.Properties(_stack, id)
            .With(_telling.Properties(path, facts, told, alarm.Location, alarm.EnableOkActions, alarm.EnableInsufficientDataActions)),
            alarm.Location);
        _stack.Output(id, Fn.Ref(id), path);
    }

    private static StatedAlarm Stated(StatedAlarm stated, Alarm alarm, AlarmMetric metric) => stated with
    {
        Namespace = metric.Namespace,
        MetricName = alarm.MetricName,
        Dimensions = [.. metric.Dimensions.Select(d => new StatedDimension(d.Name, d.Source))],
        Statistic = alarm.Statistic ?? alarm.ExtendedStatistic,
        Comparison = alarm.ComparisonOperator,
        Threshold = alarm.Threshold is { } threshold ? (decimal)threshold.Value : null,
        Period = alarm.Period?.Value,
        EvaluationPeriods = alarm.EvaluationPeriods?.Value,
        TreatMissingData = alarm.TreatMissingData,
        Description = alarm.Description,
        Runbook = alarm.RunbookUrl,
        TellsOk = alarm.EnableOkActions,
        TellsInsufficientData = alarm.EnableInsufficientDataActions,
        Source = alarm.Location,
    };
}
