using Paco.CloudFormation;
using Paco.Diagnostics;
using Paco.Stacks;

namespace Paco.Monitoring;

/// <summary>
/// The stack of what is watched of one thing. An alarm has no name of its own: its logical id is what it is found by, so that never
/// changes; alarms that are switched off are left out.
/// </summary>
internal sealed class AlarmStack
{
    /// <summary>What the name of every stack of alarms ends in.</summary>
    public const string Suffix = "Alarms";

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
    /// <param name="type">What stands in its name before the suffix; empty for an application.</param>
    /// <param name="ofApplication">Who is told of all alarms of the application.</param>
    public static void Build(Watched watched, string type, BuildScope scope, Notifications? ofApplication)
    {
        if (watched.Monitoring is not { } monitoring || !monitoring.Enabled.IsOwnOn || monitoring.AlarmSets is not { All.Length: > 0 } sets)
            return;
        var owner = watched.What;
        var stack = scope.Stack(owner, type.Length == 0 ? Suffix : $"{type}-{Suffix}", "alarms", path: $"{owner.Path}.alarms");
        stack.Description = "CloudWatch Alarms";
        if (!owner.IsEnabled)
            return;
        var alarms = new AlarmStack(watched, monitoring, scope, stack, ofApplication);
        foreach (var set in sets.All)
        {
            foreach (var alarm in set.Alarms.Where(a => a.SaysWhatItLooksAt))
                alarms.Add(set, alarm);
        }
    }

    private static string IdOf(string set, string alarm) => $"Alarm{Names.LogicalId(set)}{Names.LogicalId(alarm)}";

    private void Add(AlarmSet set, Alarm alarm)
    {
        var id = IdOf(set.Name, alarm.Name);
        var path = $"{_watched.What.Path}.monitoring.alarm_sets.{set.Name}.{alarm.Name}";
        var told = Notifications.Told(alarm.Classification, alarm.Severity,
            alarm.Notifications, set.Notifications, _monitoring.Notifications, _ofApplication);
        var metric = new AlarmMetric(_watched, _monitoring, _scope, alarm);
        _scope.Build.Alarms.Add(Stated(new StatedAlarm(_stack.Id, id, path, _watched.What.Path, _scope.Label, set.Name, alarm.Name)
        {
            Enabled = alarm.IsEnabled,
            Kind = alarm.LooksAt,
            Classification = alarm.Classification,
            Severity = alarm.Severity,
            Topics = _telling.Topics,
            Groups = [.. told.Select(t => t.Name)],
        }, alarm, metric));
        // What it lacks is reported where it is read.
        if (!alarm.IsEnabled || (alarm.LooksAt == AlarmKind.Composite && alarm.Rule is null))
            return;
        metric.Check();
        var facts = new AlarmFacts(alarm.Name, alarm.Classification, alarm.Severity)
        {
            Description = alarm.Description,
            RunbookUrl = alarm.RunbookUrl,
        };
        var isComposite = alarm.LooksAt == AlarmKind.Composite;
        var looksAt = isComposite ? new MapValue { ["AlarmRule"] = RuleOf(alarm, id) } : metric.Properties(_stack, id);
        _stack.Resource(id, isComposite ? "AWS::CloudWatch::CompositeAlarm" : "AWS::CloudWatch::Alarm", looksAt
            .With(_telling.Properties(path, facts, told, alarm.Location, alarm.EnableOkActions, alarm.EnableInsufficientDataActions)),
            alarm.Location);
        _stack.Output(id, Fn.Ref(id), path);
    }

    // CloudFormation knows what the alarms are called; the rule is filled in when they are made.
    private Value RuleOf(Alarm alarm, string id)
    {
        var variables = new List<KeyValuePair<string, Value>>();
        var text = alarm.Rule!.With(asked =>
        {
            var name = asked.Elsewhere is { } reference ? $"Other{Names.ShortHash(reference.Path)}" : IdOf(asked.Set, asked.Name);
            if (asked.Elsewhere is { } other)
                variables.Add(new(name, _stack.Input($"{name}Alarm", other)));
            else if (name == id || !IsMade(asked))
                Unknown(alarm, asked, name == id);
            return $"\"${{{name}}}\"";
        });
        return variables.Count == 0 ? Fn.Sub(text) : Fn.Sub(text, MapValue.Of(variables));
    }

    private bool IsMade(RuleAlarm asked) =>
        _monitoring.AlarmSets!.All.FirstOrDefault(s => s.Name == asked.Set)?.Alarms.Any(a => a.Name == asked.Name && a.IsEnabled) == true;

    private void Unknown(Alarm alarm, RuleAlarm asked, bool isItself) => _scope.Build.Bag.Add(
        AlarmCodes.UnknownAlarm, alarm.PlaceOf("rule"),
        isItself ? $"the rule of {alarm.Name} asks {alarm.Name} itself" : $"there is no alarm \"{asked}\" here that is on",
        Spelling.DidYouMean($"{asked}", _monitoring.AlarmSets!.All.SelectMany(s => s.Alarms, (s, a) => $"{s.Name}.{a.Name}"))
            ?? "SET.ALARM of the same object, or paco.ref and the path of one of another", subject: alarm.Path);

    private static StatedAlarm Stated(StatedAlarm stated, Alarm alarm, AlarmMetric metric) => stated with
    {
        Namespace = alarm.LooksAt == AlarmKind.Composite ? null : metric.Namespace,
        MetricName = alarm.MetricName,
        Dimensions = alarm.LooksAt == AlarmKind.Composite ? [] : [.. metric.Dimensions.Select(d => new StatedDimension(d.Name, d.Source))],
        Statistic = alarm.Statistic ?? alarm.ExtendedStatistic,
        Expression = alarm.Rule?.Text ?? alarm.Metrics.FirstOrDefault(q => q.ReturnData)?.Expression,
        Comparison = alarm.ComparisonOperator,
        Threshold = alarm.Threshold is { } threshold ? (decimal)threshold.Value : null,
        Band = alarm.AnomalyBand is { } band ? (decimal)band.Value : null,
        Period = (alarm.Period ?? alarm.Metrics.FirstOrDefault(q => q.Period is not null)?.Period)?.Value,
        EvaluationPeriods = alarm.EvaluationPeriods?.Value,
        DatapointsToAlarm = alarm.DatapointsToAlarm?.Value,
        TreatMissingData = alarm.TreatMissingData,
        Description = alarm.Description,
        Runbook = alarm.RunbookUrl,
        TellsOk = alarm.EnableOkActions,
        TellsInsufficientData = alarm.EnableInsufficientDataActions,
        Source = alarm.Location,
    };
}
