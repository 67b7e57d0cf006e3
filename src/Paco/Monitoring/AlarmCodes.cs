using Paco.Diagnostics;

namespace Paco.Monitoring;

/// <summary>PACO306x: alarms.</summary>
public static class AlarmCodes
{
    public static readonly DiagnosticCode UnknownSet = new("PACO3063", Severity.Error, "an alarm set that does not exist",
        "`monitoring.alarm_sets` names sets of `monitor/AlarmSets.yaml`, where they stand below the type of the resource (`App` for an application). A set that only the resource has is written out there, every alarm with its metric.");

    public static readonly DiagnosticCode UnknownAlarm = new("PACO3064", Severity.Error, "an override of an alarm that does not exist",
        "What stands below a set changes fields of one of its alarms, found by name. An alarm that only the resource has states what it looks at: `metric_name`, `metrics` or `rule`.");

    public static readonly DiagnosticCode NeverSent = new("PACO3065", Severity.Warning, "an alarm on a metric that is never sent",
        "Nobody sends a metric of that name with those dimensions, so the alarm stays without data: its state is INSUFFICIENT_DATA, or what `treat_missing_data` says. Names and dimensions are compared with Amazon's own lists and ours, which are not complete, so this is a warning only; what CloudWatch's agent sends with `monitoring.metrics`, and what a LogAlarm counts with the metric filters of its log group. Namespaces of your own are never doubted.");

    public static readonly DiagnosticCode TooManyTold = new("PACO3066", Severity.Error, "more topics than CloudWatch tells",
        "An alarm tells at most five topics: those of the alarm, its set, the resource and the application, each once. Filter by `classification` or `severity`, or subscribe further people to one of the topics.");

    public static readonly DiagnosticCode LongDescription = new("PACO3067", Severity.Error, "an alarm's description that is too long",
        "CloudWatch keeps 1,024 characters of description with an alarm. Paco writes there what whoever is told needs: names and titles of the alarm's application, group and resource, and the alarm's own `description` and `runbook_url`.");

    public static readonly DiagnosticCode UnknownLogGroup = new("PACO3068", Severity.Error, "an alarm on a log group that is not there",
        "A LogAlarm watches what a metric filter counts in a log group: `log_set_name` and `log_group_name` are names of the resource's own `log_sets`.");
}
