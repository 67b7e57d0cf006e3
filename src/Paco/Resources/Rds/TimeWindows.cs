using System.Text.RegularExpressions;
using Paco.Binding;

namespace Paco.Resources.Rds;

/// <summary>The two windows of a database in UTC, in minutes: backups every day, maintenance every week.</summary>
internal static partial class TimeWindows
{
    private const int Day = 24 * 60;
    private const int Week = 7 * Day;
    private const int Shortest = 30;

    private static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    public static readonly Check Backup = Check.Pattern("a daily window in UTC such as 08:00-08:30", BackupForm());

    public static readonly Check Maintenance = Check.Pattern("a weekly window in UTC such as sun:10:00-sun:10:30", MaintenanceForm());

    /// <summary>Reports windows that are too short, or that RDS would refuse because they meet.</summary>
    public static void Rules(Fields f, string? backup, string? maintenance)
    {
        var daily = backup is null ? null : ReadBackup(backup);
        var weekly = maintenance is null ? null : ReadMaintenance(maintenance);
        if (daily is { Length: < Shortest })
            f.Broken("backup_preferred_window", $"the backup window {backup} is shorter than {Shortest} minutes");
        if (weekly is { Length: < Shortest })
            f.Broken("maintenance_preferred_window", $"the maintenance window {maintenance} is shorter than {Shortest} minutes");
        if (daily is { } b && weekly is { } m && Meet(b, m))
        {
            f.Broken("maintenance_preferred_window", $"the maintenance window {maintenance} meets the backup window {backup}",
                "RDS wants them apart: move one of them");
        }
    }

    private static bool Meet(Span daily, Span weekly) =>
        Enumerable.Range(0, 7).Select(day => (daily.Start + day * Day - weekly.Start + Week) % Week)
            .Any(start => start < weekly.Length || start + daily.Length > Week);

    private static Span? ReadBackup(string text) =>
        BackupForm().Match(text) is { Success: true } match ? Of(Minutes(match, 1), Minutes(match, 3), Day) : null;

    private static Span? ReadMaintenance(string text) =>
        MaintenanceForm().Match(text) is { Success: true } match
            ? Of(DayOf(match, 1) * Day + Minutes(match, 2), DayOf(match, 4) * Day + Minutes(match, 5), Week)
            : null;

    private static Span Of(int start, int end, int round) => new(start, (end - start + round) % round);

    private static int Minutes(Match match, int group) =>
        int.Parse(match.Groups[group].ValueSpan, provider: null) * 60 + int.Parse(match.Groups[group + 1].ValueSpan, provider: null);

    private static int DayOf(Match match, int group) => Array.IndexOf(Days, match.Groups[group].Value.ToLowerInvariant());

    /// <param name="Start">Minutes after midnight, or after Monday's.</param>
    private sealed record Span(int Start, int Length);

    [GeneratedRegex(@"^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$")]
    private static partial Regex BackupForm();

    [GeneratedRegex(@"^(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):([0-5]\d)-(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):([0-5]\d)$",
        RegexOptions.IgnoreCase)]
    private static partial Regex MaintenanceForm();
}
