using System.Globalization;
using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Alarms;

/// <summary>An alarm on one metric, as it is evaluated.</summary>
internal sealed record MetricAlarm(Metric Metric, string Statistic, string? Unit, TimeSpan Period, int Periods, int Datapoints,
    string Comparison, double Threshold, string MissingData)
{
    // AWS looks at more than the evaluated periods, so that late values count; how many more it does not say, but for three it is five.
    private const int MorePeriods = 2;

    /// <summary>How far back values are looked at.</summary>
    public TimeSpan Range => Period * (Periods + MorePeriods);

    /// <summary>How often it is looked at: every minute, more often where its period is shorter.</summary>
    public TimeSpan Interval => Period < TimeSpan.FromMinutes(1) ? TimeSpan.FromSeconds(10) : TimeSpan.FromMinutes(1);

    /// <summary>The alarm, or null for what the sandbox does not evaluate: expressions, expected bands, queries.</summary>
    public static MetricAlarm? Of(LiveResource alarm)
    {
        var p = alarm.Properties;
        return p["MetricName"] is not null ? Of(alarm, p, p, Text(p, "Statistic") ?? Text(p, "ExtendedStatistic"))
            : p["Metrics"] is JsonArray { Count: 1 } and [JsonObject only] && only["MetricStat"] is JsonObject stat
                && stat[nameof(Metric)] is JsonObject metric
            ? Of(alarm, metric, stat, Text(stat, "Stat"))
            : null;
    }

    private static MetricAlarm? Of(LiveResource alarm, JsonObject metric, JsonObject measured, string? statistic)
    {
        var p = alarm.Properties;
        if (statistic is null || Number(p, "Threshold") is not { } threshold || Number(p, "EvaluationPeriods") is not { } periods
            || Number(measured, "Period") is not { } period)
        {
            return null;
        }

        return new(
            new Metric(alarm.Account, alarm.Region, Text(metric, "Namespace") ?? "", Text(metric, "MetricName") ?? "",
                Metric.DimensionsOf(metric["Dimensions"])),
            statistic, Text(measured, "Unit"), TimeSpan.FromSeconds(period), (int)periods,
            (int)(Number(p, "DatapointsToAlarm") ?? periods), Text(p, "ComparisonOperator") ?? "", threshold,
            Text(metric, "Namespace") == "AWS/DynamoDB" ? "ignore" : Text(p, "TreatMissingData") ?? "missing");
    }

    public bool IsBreaching(double value) => Comparison switch
    {
        "GreaterThanThreshold" => value > Threshold,
        "GreaterThanOrEqualToThreshold" => value >= Threshold,
        "LessThanThreshold" => value < Threshold,
        "LessThanOrEqualToThreshold" => value <= Threshold,
        _ => false,
    };

    /// <summary>How the comparison reads in a reason.</summary>
    public string Words => Comparison switch
    {
        "GreaterThanThreshold" => "greater than",
        "GreaterThanOrEqualToThreshold" => "greater than or equal to",
        "LessThanThreshold" => "less than",
        _ => "less than or equal to",
    };

    private static string? Text(JsonObject of, string member) => Json.Scalar(of[member]) is { Length: > 0 } text ? text : null;

    private static double? Number(JsonObject of, string member) =>
        double.TryParse(Text(of, member), CultureInfo.InvariantCulture, out var number) ? number : null;
}
