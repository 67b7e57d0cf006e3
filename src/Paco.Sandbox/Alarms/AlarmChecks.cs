using System.Globalization;
using System.Text.Json.Nodes;
using Paco.Monitoring;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Alarms;

/// <summary>What PutMetricAlarm and PutCompositeAlarm refuse. The limits are those a project is checked by when it is loaded.</summary>
internal static class AlarmChecks
{
    private static readonly string[] ActionLists = ["AlarmActions", "OKActions", "InsufficientDataActions"];

    /// <summary>What is wrong with an alarm on metrics, in AWS's manner; null where it is taken.</summary>
    public static string? OfMetricAlarm(JsonObject p, string region) => Common(p, region)
        ?? (p["MetricName"] is null && p["Metrics"] is null && p["EvaluationCriteria"] is null
            ? "The parameter MetricName or Metrics must be specified"
            : p["MetricName"] is not null && p["Metrics"] is not null
                ? "The parameters MetricName and Metrics are mutually exclusive"
                : p["MetricName"] is not null ? OfMetric(p) : OfQueries(p))
        ?? Missing(p)
        ?? Compared(p);

    /// <summary>The same of one with a rule.</summary>
    /// <param name="find">Whether there is an alarm of a name or ARN.</param>
    public static string? OfComposite(JsonObject p, string region, Func<string, bool> find)
    {
        if (Common(p, region) is { } problem)
        {
            return problem;
        }

        var text = Text(p, "AlarmRule") ?? "";
        if (text.Length is 0 or > AlarmLimits.MaxRule)
        {
            return $"AlarmRule must have 1 to {AlarmLimits.MaxRule} characters";
        }

        try
        {
            var gone = AlarmRule.Parse(text).Children.Where(child => !find(child)).ToList();
            return gone.Count == 0 ? null
                : $"Could not save the composite alarm as alarms [{string.Join(", ", gone)}] in the alarm rule do not exist";
        }
        catch (FormatException e)
        {
            return $"AlarmRule must not contain leading or trailing white space or be invalid: {e.Message}";
        }
    }

    private static string? Common(JsonObject p, string region)
    {
        if (Text(p, "AlarmName") is { Length: > AlarmLimits.MaxName })
        {
            return TooLong("alarmName", AlarmLimits.MaxName);
        }

        if (Text(p, "AlarmDescription") is { Length: > AlarmLimits.MaxDescription })
        {
            return TooLong("alarmDescription", AlarmLimits.MaxDescription);
        }

        foreach (var list in ActionLists)
        {
            var actions = (p[list] as JsonArray ?? []).Select(Json.Scalar).ToList();
            if (actions.Count > AlarmLimits.MaxActions)
            {
                return TooLong($"{char.ToLowerInvariant(list[0])}{list[1..]}", AlarmLimits.MaxActions);
            }

            if (actions.Find(a => a.Split(':') is not ["arn", _, { Length: > 0 }, ..]) is { } wrong)
            {
                return $"Invalid arn syntax: {wrong}";
            }

            if (actions.Find(a => a.Split(':') is [_, _, "sns", var other, ..] && other != region) is { } far)
            {
                return $"Invalid region {far.Split(':')[3]} specified. Only {region} is supported.";
            }
        }

        return null;
    }

    private static string? OfMetric(JsonObject p) => Text(p, "Namespace") is null ? "The parameter Namespace must be specified"
        : (Text(p, "Statistic"), Text(p, "ExtendedStatistic")) switch
        {
            (null, null) => "Either Statistic or ExtendedStatistic must be specified",
            ({ }, { }) => "The parameters Statistic and ExtendedStatistic are mutually exclusive",
            ({ } statistic, null) when !AlarmLimits.Statistics.Contains(statistic) =>
                NoneOf("statistic", statistic, AlarmLimits.Statistics),
            (null, { } extended) when !AlarmLimits.IsExtendedStatistic(extended) =>
                $"The value {extended} for parameter ExtendedStatistic is not supported.",
            _ => null,
        }
        ?? (p["Dimensions"] is JsonArray { Count: > AlarmLimits.MaxDimensions } ? TooLong("dimensions", AlarmLimits.MaxDimensions) : null)
        ?? Window(p, Number(p, "Period"));

    private static string? OfQueries(JsonObject p)
    {
        var queries = (p["Metrics"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var told = queries.Count(q => Json.Scalar(q["ReturnData"]) != "false");
        var isBand = p["ThresholdMetricId"] is not null;
        return queries.Count > 0 && told != (isBand ? 2 : 1)
            ? $"Exactly {(isBand ? "two elements" : "one element")} of the metrics list should return data."
            : queries.Select(q => Window(p, Number(q["MetricStat"] as JsonObject ?? q, "Period"))).FirstOrDefault(f => f is not null);
    }

    private static string? Window(JsonObject p, int? period)
    {
        var (periods, datapoints) = (Number(p, "EvaluationPeriods") ?? 0, Number(p, "DatapointsToAlarm"));
        return periods < 1 ? "EvaluationPeriods must be greater than or equal to 1"
            : datapoints is < 1 || datapoints > periods ? "DatapointsToAlarm must be between 1 and EvaluationPeriods"
            : period is not { } seconds ? null
            : !AlarmLimits.IsPeriod(seconds) ? "Period must be 10, 20, 30 or a multiple of 60"
            : (long)seconds * periods > AlarmLimits.LongestWindow(seconds)
                ? $"Metrics cannot be checked across more than {(AlarmLimits.LongestWindow(seconds) > 86_400 ? "a week" : "a day")} "
                    + $"(EvaluationPeriods * Period must be <= {AlarmLimits.LongestWindow(seconds)})."
            : null;
    }

    private static string? Missing(JsonObject p) => Text(p, "TreatMissingData") is { } missing && !AlarmLimits.MissingData.Contains(missing)
        ? $"The value {missing} for parameter TreatMissingData is not supported."
        : null;

    private static string? Compared(JsonObject p)
    {
        var comparison = Text(p, "ComparisonOperator");
        var isBand = p["ThresholdMetricId"] is not null;
        var known = isBand ? AlarmLimits.BandComparisons : AlarmLimits.Comparisons;
        return p["EvaluationCriteria"] is not null ? null
            : comparison is null || !known.Contains(comparison) ? NoneOf("comparisonOperator", comparison ?? "null", known)
            : !isBand && p["Threshold"] is null ? "The parameter Threshold must be specified"
            : null;
    }

    private static string NoneOf(string member, string value, IEnumerable<string> known) =>
        $"1 validation error detected: Value '{value}' at '{member}' failed to satisfy constraint: "
        + $"Member must satisfy enum value set: [{string.Join(", ", known)}]";

    private static string TooLong(string member, int most) =>
        $"1 validation error detected: Value at '{member}' failed to satisfy constraint: "
        + $"Member must have length less than or equal to {most}";

    private static string? Text(JsonObject of, string member) => Json.Scalar(of[member]) is { Length: > 0 } text ? text : null;

    private static int? Number(JsonObject of, string member) =>
        int.TryParse(Text(of, member), CultureInfo.InvariantCulture, out var number) ? number : null;
}
