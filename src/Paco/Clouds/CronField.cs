using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace Paco.Clouds;

/// <summary>Which numbers a field of a schedule takes, and the words that stand for some.</summary>
internal sealed record CronKind(string Name, int Min, int Max)
{
    public ImmutableArray<string> Words { get; init; } = [];

    /// <summary>It can stand aside for the other field that says days: <c>?</c>.</summary>
    public bool SaysDays { get; init; }

    public bool IsWeekday => SaysDays && Max == 7;
}

/// <summary>One field of a schedule: the numbers it means, or a way to say a day that no number says.</summary>
internal sealed class CronField
{
    /// <summary>In the order they are written.</summary>
    public static readonly ImmutableArray<CronKind> Kinds =
    [
        new("minutes", 0, 59),
        new("hours", 0, 23),
        new("day-of-month", 1, 31) { SaysDays = true },
        new("month", 1, 12) { Words = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"] },
        new("day-of-week", 1, 7) { Words = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"], SaysDays = true },
        new("year", 1970, 2199),
    ];

    private readonly string _text;
    private readonly FrozenSet<int> _set;

    private CronField(string text, IEnumerable<int> values)
    {
        _text = text;
        Values = [.. values.Distinct().Order()];
        _set = [.. Values];
    }

    /// <summary>The numbers it means, in order.</summary>
    public ImmutableArray<int> Values { get; }

    /// <summary>The other field says the days.</summary>
    public bool IsAside => _text == "?";

    // L, 5L, 3W, LW and 2#1: the day hangs on the month.
    private string? Special { get; init; }

    public bool Has(int value) => _set.Contains(value);

    public static CronField? Parse(CronKind kind, string text, out string? problem)
    {
        problem = null;
        if (text == "?" && kind.SaysDays)
            return new CronField(text, []);
        if (kind.SaysDays && IsSpecial(kind, text))
            return new CronField(text, []) { Special = text };
        var values = new List<int>();
        foreach (var part in text.Split(','))
        {
            if (Part(kind, part) is not { } some)
            {
                problem = Wrong(kind, part);
                return null;
            }
            values.AddRange(some);
        }
        return new CronField(text, values);
    }

    // 1-5, 0/15, 10-40/5, MON: / counts from its start to the end.
    private static IEnumerable<int>? Part(CronKind kind, string part)
    {
        var (range, step) = part.Split('/') switch
        {
            [var all] => (all, 1),
            [var from, var every] when Number(every) is > 0 and var n => (from, n),
            _ => ("", 0),
        };
        if (step == 0)
            return null;
        var (first, last) = range.Split('-') switch
        {
            ["*"] => (kind.Min, kind.Max),
            [var one] when Value(kind, one) is { } n => (n, part.Contains('/', StringComparison.Ordinal) ? kind.Max : n),
            [var from, var to] when Value(kind, from) is { } a && Value(kind, to) is { } b => (a, b),
            _ => (-1, -1),
        };
        if (first < 0)
            return null;
        // FRI-MON goes round the end of the week.
        var count = last >= first ? last - first + 1 : kind.Max - kind.Min + 1 - (first - last) + 1;
        return Enumerable.Range(0, count).Where(i => i % step == 0)
            .Select(i => kind.Min + ((first - kind.Min + i) % (kind.Max - kind.Min + 1)));
    }

    private static int? Value(CronKind kind, string text)
    {
        var word = kind.Words.IndexOf(text.ToUpperInvariant());
        if (word >= 0)
            return kind.Min + word;
        return Number(text) is { } number && number >= kind.Min && number <= kind.Max ? number : null;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool IsSpecial(CronKind kind, string text) => kind.IsWeekday
        ? text == "L" || (text.EndsWith('L') && Value(kind, text[..^1]) is not null)
            || (text.Split('#') is [var day, var week] && Value(kind, day) is not null && Number(week) is >= 1 and <= 5)
        : text is "L" or "LW" || (text.EndsWith('W') && Value(kind, text[..^1]) is not null);

    private static string Wrong(CronKind kind, string part)
    {
        var words = kind.Words.IsEmpty ? "" : $", {kind.Words[0]} to {kind.Words[^1]}";
        var days = kind.IsWeekday ? ", ?, L or 2#1" : kind.SaysDays ? ", ?, L or 15W" : "";
        return $"\"{part}\" cannot be {kind.Name}: it takes {kind.Min} to {kind.Max}{words}, *, ranges (1-5), steps (0/2){days}";
    }

    /// <summary>True for a day that the field, as a day of the month, means.</summary>
    public bool IsDayOfMonth(DateTime day)
    {
        var length = DateTime.DaysInMonth(day.Year, day.Month);
        return Special switch
        {
            null => Has(day.Day),
            "L" => day.Day == length,
            "LW" => day.Day == NearestWorkday(day, length),
            _ => Number(Special[..^1]) is { } wanted && wanted <= length && day.Day == NearestWorkday(day, wanted),
        };
    }

    /// <summary>True for a day that the field, as a day of the week, means. Sunday is 1.</summary>
    public bool IsWeekday(DateTime day)
    {
        var weekday = (int)day.DayOfWeek + 1;
        if (Special is null)
            return Has(weekday);
        if (Special == "L")
            return weekday == 7;
        if (Special.Split('#') is [var wanted, var week])
            return weekday == Value(Kinds[4], wanted) && (day.Day - 1) / 7 + 1 == Number(week);
        return weekday == Value(Kinds[4], Special[..^1]) && day.Day + 7 > DateTime.DaysInMonth(day.Year, day.Month);
    }

    // Never in another month: the 1st, on a Saturday, is Monday the 3rd.
    private static int NearestWorkday(DateTime month, int wanted)
    {
        var length = DateTime.DaysInMonth(month.Year, month.Month);
        return new DateTime(month.Year, month.Month, wanted).DayOfWeek switch
        {
            DayOfWeek.Saturday => wanted > 1 ? wanted - 1 : wanted + 2,
            DayOfWeek.Sunday => wanted < length ? wanted + 1 : wanted - 2,
            _ => wanted,
        };
    }

    public override string ToString() => _text;
}
