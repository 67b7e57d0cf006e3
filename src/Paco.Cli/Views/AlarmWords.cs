using System.Globalization;
using Paco.Clouds;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Cli.Views;

/// <summary>An alarm in words.</summary>
internal static class AlarmWords
{
    private const int Minute = 60;
    private const int Hour = 60 * Minute;

    // Not a bar: whoever reads 2,000,000 need not count.
    private const double Grouped = 10_000;

    /// <summary>When it is raised: <c>CPUUtilization Average > 90 % for 30 of 30 min</c>.</summary>
    public static string Condition(StatedAlarm alarm) => alarm.Kind switch
    {
        AlarmKind.Composite => alarm.Expression ?? "",
        AlarmKind.Anomaly => $"{Measured(alarm)} {Beyond(alarm.Comparison)}{Width(alarm)}{For(alarm)}",
        _ => $"{Measured(alarm)} {Sign(alarm.Comparison)} {Value(alarm, (double?)alarm.Threshold)}{For(alarm)}",
    };

    /// <summary>A value of the metric, with its unit where the metric's name says it.</summary>
    public static string Value(StatedAlarm alarm, double? value) => value is not { } number ? "?"
        : number.ToString(Math.Abs(number) >= Grouped ? "#,0.##" : "0.####", CultureInfo.InvariantCulture) + (IsShare(alarm) ? " %" : "");

    /// <summary>What a period without values counts as; null where it changes nothing.</summary>
    public static string? WithoutData(StatedAlarm alarm) => alarm.TreatMissingData switch
    {
        "breaching" => "no data raises it",
        "notBreaching" => "no data is good",
        "ignore" => "no data keeps it",
        _ => null,
    };

    /// <summary>Who is told, and where their topics are if that is not where the alarm is.</summary>
    public static string Told(StatedAlarm alarm)
    {
        if (alarm.Groups.IsEmpty)
            return "nobody is told";
        var place = alarm.Topics == alarm.Node.Place ? "" : $" ({alarm.Topics})";
        var more = (alarm.TellsOk, alarm.TellsInsufficientData) switch
        {
            (true, true) => ", also when it is over or without data",
            (true, false) => ", also when it is over",
            (false, true) => ", also without data",
            _ => "",
        };
        return $"tells {string.Join(", ", alarm.Groups)}{place}{more}";
    }

    public static string State(WatchedAlarm alarm) => alarm.Standing switch
    {
        AlarmStanding.Alarm => "ALARM",
        AlarmStanding.InsufficientData => "no data",
        AlarmStanding.Ok => "ok",
        AlarmStanding.Gone => "deleted",
        AlarmStanding.NotDeployed => "not yet",
        AlarmStanding.Disabled => "off",
        AlarmStanding.Unknown => "",
        _ => throw new ArgumentOutOfRangeException(nameof(alarm), alarm.Standing, "no such standing"),
    };

    /// <summary>The time of a day, with its date where that is another day.</summary>
    public static string Since(AlarmStatus status, TimeProvider time)
    {
        var (since, now) = (TimeZoneInfo.ConvertTime(status.Since, time.LocalTimeZone), time.GetLocalNow());
        return since.ToString(since.Date == now.Date ? "HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    private static string Measured(StatedAlarm alarm) =>
        string.Join(' ', new[] { alarm.MetricName ?? alarm.Expression, alarm.Statistic }.OfType<string>());

    // "30 of 30 min": how much of what it looks back must be bad.
    private static string For(StatedAlarm alarm)
    {
        if (alarm is not { Period: { } period, EvaluationPeriods: { } periods })
            return "";
        var (bad, all) = ((alarm.DatapointsToAlarm ?? periods) * period, periods * period);
        var (unit, word) = period % Hour == 0 ? (Hour, "h") : period % Minute == 0 ? (Minute, "min") : (1, "s");
        return $" for {bad / unit} of {all / unit} {word}";
    }

    private static string Sign(string? comparison) => comparison switch
    {
        "GreaterThanThreshold" => ">",
        "GreaterThanOrEqualToThreshold" => "≥",
        "LessThanThreshold" => "<",
        "LessThanOrEqualToThreshold" => "≤",
        _ => "?",
    };

    private static string Beyond(string? comparison) => comparison switch
    {
        "GreaterThanUpperThreshold" => "above what is usual",
        "LessThanLowerThreshold" => "below what is usual",
        _ => "beyond what is usual",
    };

    private static string Width(StatedAlarm alarm) =>
        alarm.Band is { } band ? string.Create(CultureInfo.InvariantCulture, $" by {band:0.##} deviations") : "";

    private static bool IsShare(StatedAlarm alarm) => alarm.Statistic != "SampleCount" && (alarm.MetricName ?? "") is var name
        && (name.EndsWith("Utilization", StringComparison.OrdinalIgnoreCase)
            || name.Contains("percent", StringComparison.OrdinalIgnoreCase));
}
