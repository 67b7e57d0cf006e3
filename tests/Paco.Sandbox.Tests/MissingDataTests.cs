using Paco.Sandbox.Alarms;

namespace Paco.Sandbox.Tests;

/// <summary>
/// The tables of the CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data": 0 is a value within the threshold, X
/// one beyond, - none; the newest is the last. Three periods are evaluated, five looked at.
/// </summary>
public sealed class MissingDataTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(3, "0-X-X", "OK OK OK OK")]
    [InlineData(3, "----0", "OK OK OK OK")]
    [InlineData(3, "-----", "INSUFFICIENT_DATA same ALARM OK")]
    [InlineData(3, "0XX-X", "ALARM ALARM ALARM ALARM")]
    [InlineData(3, "--X--", "ALARM same ALARM OK")]
    [InlineData(2, "0-X-X", "ALARM ALARM ALARM ALARM")]
    [InlineData(2, "00X0X", "ALARM ALARM ALARM ALARM")]
    [InlineData(2, "0-X--", "OK OK ALARM OK")]
    [InlineData(2, "----0", "OK OK ALARM OK")]
    [InlineData(2, "---X-", "ALARM same ALARM OK")]
    public void A_row_of_the_table_is_as_AWS_has_it(int datapoints, string values, string states)
    {
        var found = new[] { "missing", "ignore", "breaching", "notBreaching" }.Select(missing => Next(datapoints, values, missing));

        Assert.Equal(states, string.Join(' ', found));
    }

    [Fact]
    public void One_young_value_beyond_the_threshold_raises_nothing_before_its_time() => Assert.Equal("same", Next(3, "----X", "missing"));

    private static string Next(int datapoints, string values, string missing)
    {
        var alarm = new MetricAlarm(new Metric("1", "us-west-2", "Shop", "Load", "[]"), "Average", null, TimeSpan.FromMinutes(5), 3,
            datapoints, "GreaterThanThreshold", 80, missing);
        var newestFirst = values.Reverse().Select((v, age) => (Now - (TimeSpan.FromMinutes(5) * (age + 1)),
            v == '-' ? (double?)null : v == 'X' ? 90 : 10)).ToList();

        var next = AlarmEvaluation.Next(alarm, new AlarmState("same", "", "", Now, Now), Now, newestFirst);

        return next.Value;
    }
}
