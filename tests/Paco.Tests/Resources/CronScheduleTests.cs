using System.Globalization;
using Paco.Clouds;

namespace Paco.Tests.Resources;

/// <summary>Schedules as EventBridge and AWS Backup read them.</summary>
public sealed class CronScheduleTests
{
    // 2026-11-29 is a Sunday. The examples of EventBridge's guide first, then each sign of the grammar.
    [Theory]
    [InlineData("0 10 * * ? *", "2026-11-29T10:00", "2026-11-30T10:00")]
    [InlineData("15 12 * * ? *", "2026-11-29T12:15", "2026-11-30T12:15")]
    [InlineData("0 18 ? * MON-FRI *", "2026-11-30T18:00", "2026-12-01T18:00")]
    [InlineData("0 8 1 * ? *", "2026-12-01T08:00", "2027-01-01T08:00")]
    [InlineData("0/15 * * * ? *", "2026-11-29T00:15", "2026-11-29T00:30")]
    [InlineData("0/5 8-17 ? * MON-FRI *", "2026-11-30T08:00", "2026-11-30T08:05")]
    [InlineData("0 9 ? * 2#1 *", "2026-12-07T09:00", "2027-01-04T09:00")]
    [InlineData("0 7 ? * 6L *", "2026-12-25T07:00", "2027-01-29T07:00")]
    [InlineData("0 7 ? * L *", "2026-12-05T07:00", "2026-12-12T07:00")]
    [InlineData("0 7 L * ? *", "2026-11-30T07:00", "2026-12-31T07:00")]
    [InlineData("0 7 LW * ? *", "2026-11-30T07:00", "2026-12-31T07:00")]
    [InlineData("0 7 3W * ? *", "2026-12-03T07:00", "2027-01-04T07:00")]
    [InlineData("0 7 1W 8 ? *", "2027-08-02T07:00", "2028-08-01T07:00")]
    [InlineData("0 7 31W * ? *", "2026-12-31T07:00", "2027-01-29T07:00")]
    [InlineData("30 6 ? JAN,JUL SUN 2027-2028", "2027-01-03T06:30", "2027-01-10T06:30")]
    [InlineData("0 0 ? * FRI-MON *", "2026-11-30T00:00", "2026-12-04T00:00")]
    [InlineData("0 7 29 2 ? *", "2028-02-29T07:00", "2032-02-29T07:00")]
    [InlineData("0 22/1 ? * * *", "2026-11-29T22:00", "2026-11-29T23:00")]
    public void The_next_two_times_are_known(string fields, string first, string second)
    {
        var schedule = CronSchedule.Parse($"cron({fields})", out var problem);
        Assert.Null(problem);
        var one = schedule!.Next(Time("2026-11-29T00:00"));

        // The very moment asked for is over.
        Assert.Equal((Time(first), Time(second)), (one, schedule.Next(one!.Value)));
    }

    [Theory]
    [InlineData("0 0 30 2 ? *")]
    [InlineData("0 0 1 1 ? 2020")]
    public void What_never_comes_has_no_next_time(string fields) =>
        Assert.Null(CronSchedule.Parse($"cron({fields})", out _)!.Next(Time("2026-11-29T00:00")));

    [Theory]
    [InlineData("rate(1 day)", "rate(1 day)")]
    [InlineData("0 7 ? * * *", "0 7 ? * * *")]
    [InlineData("cron(0 7 * * *)", "cron(0 7 * * *)")]
    [InlineData("cron()", "cron()")]
    [InlineData("cron(60 7 ? * * *)", "60")]
    [InlineData("cron(0 24 ? * * *)", "24")]
    [InlineData("cron(0 7 ? 13 * *)", "13")]
    [InlineData("cron(0 7 ? * 0 *)", "0")]
    [InlineData("cron(0 7 ? * 8 *)", "8")]
    [InlineData("cron(0 7 32 * ? *)", "32")]
    [InlineData("cron(0 7 ? * * 1969)", "1969")]
    [InlineData("cron(0 7 ? * MON#6 *)", "MON#6")]
    [InlineData("cron(0/0 7 ? * * *)", "0/0")]
    [InlineData("cron(? 7 ? * * *)", "?")]
    [InlineData("cron(0  7, ? * * *)", "7,")]
    [InlineData("cron(0 7 * * * *)", "* * *")]
    [InlineData("cron(0 7 ? * ? *)", "? * ?")]
    [InlineData("cron(0 7 -1 * ? *)", "-1")]
    public void What_AWS_refuses_is_shown_where_it_stands(string text, string wrong)
    {
        Assert.Null(CronSchedule.Parse(text, out var problem));
        Assert.Equal(wrong, text.Substring(problem!.Start, problem.Length));
    }

    [Theory]
    [InlineData("0 * ? * * *", false)]
    [InlineData("0,30 * ? * * *", true)]
    [InlineData("0/60 * ? * * *", false)]
    [InlineData("* 7 ? * * *", true)]
    public void Several_minutes_of_an_hour_are_more_often_than_hourly(string fields, bool isMore) =>
        Assert.Equal(isMore, CronSchedule.Parse($"cron({fields})", out _)!.IsMoreOftenThanHourly);

    private static DateTime Time(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);
}
