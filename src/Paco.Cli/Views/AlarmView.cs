using System.Collections.Immutable;
using Paco.Planning;

namespace Paco.Cli.Views;

/// <summary>Alarms for people, by what they watch. What is in alarm comes first.</summary>
internal sealed class AlarmView(Screen screen, TimeProvider time)
{
    private const int StateColumn = 8;

    /// <summary>Sorted for reading: what is in alarm first, then as the project has it.</summary>
    public static ImmutableArray<WatchedAlarm> Sorted(ImmutableArray<WatchedAlarm> alarms) =>
        [.. alarms.GroupBy(Heading).OrderBy(g => g.Min(Rank)).SelectMany(g => g.OrderBy(Rank).ThenBy(a => a.Standing))];

    /// <param name="report">The alarms that are shown.</param>
    /// <param name="all">Those they were taken from, which are counted.</param>
    public void Show(AlarmReport report, AlarmReport all)
    {
        Summary(all);
        foreach (var group in Sorted(report.Alarms).GroupBy(Heading))
        {
            screen.Line();
            screen.Composed($"{screen.Styled(group.Key.Title, TextStyle.Bold)}  "
                + screen.Styled(group.Key.Place, TextStyle.Dim));
            foreach (var alarm in group)
                One(alarm, report.IsAsked);
        }
    }

    private void Summary(AlarmReport report)
    {
        var alarms = report.Alarms;
        if (alarms.IsEmpty)
        {
            screen.Line($"Nothing in {report.Scope} has an alarm.");
            return;
        }
        var raised = alarms.Count(a => a.Standing == AlarmStanding.Alarm);
        var counts = new (int Count, string Words)[]
        {
            (alarms.Count(a => a.Standing == AlarmStanding.InsufficientData), "without data"),
            (alarms.Count(a => a.Standing == AlarmStanding.NotDeployed), "not deployed yet"),
            (alarms.Count(a => a.Standing == AlarmStanding.Gone), "deleted outside Paco"),
            (alarms.Count(a => a.IsLeft), "no longer in the project"),
            (alarms.Count(a => a.Standing == AlarmStanding.Disabled), "switched off"),
        };
        var there = alarms.Count(a => a.Status is not null);
        var first = !report.IsAsked ? screen.Styled(PlanView.Plural(alarms.Length, "alarm"), TextStyle.Plain)
            : raised > 0 ? screen.Styled($"{raised} of {there} in alarm", TextStyle.Red)
            : screen.Styled($"none of {there} in alarm", there > 0 ? TextStyle.Green : TextStyle.Plain);
        screen.Composed($"{screen.Styled("Alarms", TextStyle.Bold)}  {screen.Styled($"{report.Scope}", TextStyle.Plain)}    {first}"
            + string.Concat(counts.Where(c => c.Count > 0).Select(c => screen.Styled($", {c.Count} {c.Words}", TextStyle.Dim))));
    }

    private void One(WatchedAlarm alarm, bool isAsked)
    {
        var indent = isAsked ? new string(' ', StateColumn + 4) : "    ";
        var name = alarm.Stated is { } known ? known.Set.Length > 0 ? $"{known.Set}.{known.Name}" : known.Name : alarm.Status!.Name;
        var state = isAsked ? screen.Styled(AlarmWords.State(alarm).PadRight(StateColumn), Style(alarm)) + "  " : "";
        screen.Composed($"  {state}{screen.Styled(name, TextStyle.Plain)}{screen.Styled(Remark(alarm), TextStyle.Dim)}", indent);
        foreach (var line in Lines(alarm))
            screen.Composed(screen.Styled($"{indent}{line}", TextStyle.Dim), indent);
    }

    private static IEnumerable<string> Lines(WatchedAlarm alarm)
    {
        if (alarm.Stated is { } stated)
        {
            yield return string.Join("; ", new[] { AlarmWords.Condition(stated), AlarmWords.WithoutData(stated) }.OfType<string>());
            yield return $"{stated.Classification}, {stated.Severity}; {AlarmWords.Told(stated)}";
        }
        if (alarm.Standing == AlarmStanding.Alarm && alarm.Status is { Reason.Length: > 0 } status)
            yield return status.Reason;
        if (alarm.Stated?.Runbook is { } runbook)
            yield return runbook;
    }

    private string Remark(WatchedAlarm alarm)
    {
        if (alarm.Status is not { } status)
            return "";
        var value = alarm is { Standing: AlarmStanding.Alarm, Stated: { } stated } && status.Value is { } last
            ? $" ({AlarmWords.Value(stated, last)})" : "";
        var left = !alarm.IsLeft ? "" : alarm.Stated is null ? ", no longer in the project" : ", switched off in the project";
        var mute = status.TellsAnybody ? "" : ", its actions are switched off";
        return $"  since {AlarmWords.Since(status, time)}{value}{left}{mute}";
    }

    private static TextStyle Style(WatchedAlarm alarm) => alarm.Standing switch
    {
        AlarmStanding.Alarm or AlarmStanding.Gone => TextStyle.Red,
        AlarmStanding.Ok => TextStyle.Green,
        AlarmStanding.InsufficientData or AlarmStanding.NotDeployed => TextStyle.Yellow,
        _ => TextStyle.Dim,
    };

    private static (string Title, string Place) Heading(WatchedAlarm alarm) =>
        (alarm.Stated?.Title ?? alarm.Stack.Name, alarm.Stack.Place.ToString());

    private static int Rank(WatchedAlarm alarm) => alarm.Standing == AlarmStanding.Alarm ? 0 : 1;
}
