using System.Collections.Immutable;
using System.Globalization;

namespace Paco.Clouds;

/// <summary>What is wrong with a schedule, and which characters of its text are to blame.</summary>
public sealed record ScheduleProblem(string Message, string? WayOut, int Start, int Length);

/// <summary>
/// <c>cron(minutes hours day-of-month month day-of-week year)</c>, as EventBridge and AWS Backup take it. Scaling schedules of Auto Scaling
/// are Unix's five fields and something else. Source: EventBridge User Guide, "Cron expressions".
/// </summary>
public sealed class CronSchedule
{
    private const string Example = "cron(0 7 ? * * *)";

    private readonly ImmutableArray<CronField> _fields;

    private CronSchedule(ImmutableArray<CronField> fields) => _fields = fields;

    /// <summary>Runs closer than an hour: it names several minutes of one hour.</summary>
    public bool IsMoreOftenThanHourly => Minutes.Values.Length > 1;

    private CronField Minutes => _fields[0];

    private CronField Hours => _fields[1];

    private CronField Days => _fields[2];

    private CronField Months => _fields[3];

    private CronField Weekdays => _fields[4];

    private CronField Years => _fields[5];

    /// <summary>Reads a whole expression; null where it is none, and then <paramref name="problem"/> says why.</summary>
    public static CronSchedule? Parse(string text, out ScheduleProblem? problem)
    {
        if (!text.StartsWith("cron(", StringComparison.Ordinal) || !text.EndsWith(')'))
        {
            problem = text.StartsWith("rate(", StringComparison.Ordinal)
                ? new("rate(…) is no time of day, and here a time is wanted", Example, 0, text.Length)
                : new("a schedule is written cron(minutes hours day-of-month month day-of-week year)", Example, 0, text.Length);
            return null;
        }
        var words = Words(text);
        if (words.Count != CronField.Kinds.Length)
        {
            var unix = words.Count == 5 ? ": the year is missing, or one of the days" : "";
            problem = new($"a cron expression of AWS has 6 fields, this one has {words.Count}{unix}", Example, 0, text.Length);
            return null;
        }
        var fields = ImmutableArray.CreateBuilder<CronField>();
        foreach (var (kind, (word, at)) in CronField.Kinds.Zip(words))
        {
            if (CronField.Parse(kind, word, out var message) is not { } field)
            {
                problem = new(message!, null, at, word.Length);
                return null;
            }
            fields.Add(field);
        }
        var schedule = new CronSchedule(fields.DrainToImmutable());
        problem = schedule.DaysProblem(words[2].At, words[4].At + words[4].Word.Length);
        return problem is null ? schedule : null;
    }

    // One of the two says which days; the other must stand aside.
    private ScheduleProblem? DaysProblem(int from, int to) => (Days.IsAside, Weekdays.IsAside) switch
    {
        (true, true) => new("day-of-month and day-of-week cannot both be ?", "write * for one of them", from, to - from),
        (false, false) => new("only one of day-of-month and day-of-week says the days: the other must be ?", "cron(0 7 ? * MON-FRI *)",
            from, to - from),
        _ => null,
    };

    /// <summary>The first time after another at which it runs, in the schedule's own time zone; null where it never does again.</summary>
    public DateTime? Next(DateTime after)
    {
        const int LastYear = 2199;
        var day = after.Date;
        for (; day.Year <= LastYear; day = day.AddDays(1))
        {
            if (!Years.Has(day.Year))
                day = new DateTime(day.Year, 12, 31, 0, 0, 0, day.Kind);
            else if (Months.Has(day.Month) && RunsOn(day) && FirstTime(day, after) is { } time)
                return time;
        }
        return null;
    }

    private bool RunsOn(DateTime day) => Days.IsAside ? Weekdays.IsWeekday(day) : Days.IsDayOfMonth(day);

    private DateTime? FirstTime(DateTime day, DateTime after)
    {
        var times = from hour in Hours.Values
                    from minute in Minutes.Values
                    select day.AddHours(hour).AddMinutes(minute);
        return times.Where(time => time > after).Select(time => (DateTime?)time).FirstOrDefault();
    }

    private static List<(string Word, int At)> Words(string text)
    {
        var words = new List<(string, int)>();
        for (var at = "cron(".Length; at < text.Length - 1; at++)
        {
            if (text[at] == ' ')
                continue;
            var end = text.AsSpan(at, text.Length - 1 - at).IndexOf(' ') is >= 0 and var blank ? at + blank : text.Length - 1;
            words.Add((text[at..end], at));
            at = end;
        }
        return words;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"cron({string.Join(' ', _fields)})");
}
