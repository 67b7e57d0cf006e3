using System.Text.Json;
using Paco.Planning;
using Paco.Project;
using Paco.Stacks;

namespace Paco.Cli.Views;

/// <summary>Alarms for programs.</summary>
internal static class AlarmJson
{
    public static void Write(Stream output, AlarmReport report, NotRead? notRead)
    {
        using var json = new Utf8JsonWriter(output, JsonFields.Indented);
        json.Begin("alarms");
        json.WriteString("scope", report.Scope.Path);
        json.WriteBoolean("asked", report.IsAsked);
        json.WriteStartArray("alarms");
        foreach (var alarm in AlarmView.Sorted(report.Alarms))
            One(json, alarm);
        json.WriteEndArray();
        NotReadView.Json(json, notRead);
        json.WriteEndObject();
    }

    private static void One(Utf8JsonWriter json, WatchedAlarm alarm)
    {
        json.WriteStartObject();
        json.Node(alarm.Stack);
        json.WriteString("state", JsonWords.Of(alarm.Standing));
        json.WriteBoolean("left", alarm.IsLeft);
        if (alarm.Stated is { } stated)
            Stated(json, stated);
        if (alarm.Status is { } status)
        {
            json.WriteString("alarm", status.Name);
            json.WriteString("since", status.Since);
            json.WriteString("reason", status.Reason);
            if (status.Value is { } value)
                json.WriteNumber("value", value);
            json.WriteBoolean("tells", status.TellsAnybody);
        }
        json.WriteEndObject();
    }

    private static void Stated(Utf8JsonWriter json, StatedAlarm alarm)
    {
        json.WriteString("ref", alarm.Ref);
        json.WriteString("owner", alarm.Owner);
        json.WriteString("title", alarm.Title);
        json.WriteString("set", alarm.Set);
        json.WriteString("name", alarm.Name);
        json.WriteString("kind", JsonWords.Of(alarm.Kind));
        json.WriteString("condition", AlarmWords.Condition(alarm));
        json.Optional("namespace", alarm.Namespace);
        json.Optional("metric", alarm.MetricName);
        json.Optional("statistic", alarm.Statistic);
        json.Optional("expression", alarm.Expression);
        json.Optional("comparison", alarm.Comparison);
        Number(json, "threshold", alarm.Threshold);
        Number(json, "band", alarm.Band);
        Number(json, "period", alarm.Period);
        Number(json, "evaluationPeriods", alarm.EvaluationPeriods);
        Number(json, "datapointsToAlarm", alarm.DatapointsToAlarm);
        json.WriteString("withoutData", alarm.TreatMissingData ?? "missing");
        json.WriteString("classification", alarm.Classification);
        json.WriteString("severity", alarm.Severity);
        json.Optional("description", alarm.Description);
        json.Optional("runbook", alarm.Runbook);
        json.Texts("groups", alarm.Groups);
        json.WriteString("topicsAccount", alarm.Topics.Account);
        json.WriteString("topicsRegion", alarm.Topics.Region);
        json.Source(alarm.Source);
    }

    private static void Number(Utf8JsonWriter json, string name, decimal? number)
    {
        if (number is { } known)
            json.WriteNumber(name, known);
    }
}
