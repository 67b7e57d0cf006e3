using System.Globalization;
using System.Text.Json.Nodes;
using Paco.Sandbox.Alarms;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudWatch;

/// <summary>
/// CloudWatch: alarms, dashboards, and metrics as far as somebody puts them. Whoever asks finds the alarms as they stand at that moment.
/// </summary>
internal sealed class CloudWatchService()
    : TreeService("monitoring", "GraniteServiceVersion20100801", "http://monitoring.amazonaws.com/doc/2010-08-01/", Times, Maps)
{
    // AWS's own clients have these as times; they are numbers of seconds here.
    private static readonly HashSet<string> Times =
    [
        "AlarmConfigurationUpdatedTimestamp", "LastModified", "StateTransitionedTimestamp", "StateUpdatedTimestamp", "Timestamp",
        "Timestamps",
    ];

    private static readonly HashSet<string> Maps = ["ExtendedStatistics"];

    protected override JsonObject? Do(Call call, JsonObject body)
    {
        new AlarmClock(call.Store, call.Account, call.Region).Advance(call.Now);
        return call.Operation switch
        {
            "DescribeAlarms" => AlarmLists.Describe(call, body),
            "DescribeAlarmsForMetric" => AlarmLists.DescribeForMetric(call, body),
            "DescribeAlarmHistory" => AlarmLists.History(call, body),
            "PutMetricAlarm" => AlarmCalls.Put(call, body, AlarmClock.MetricType),
            "PutCompositeAlarm" => AlarmCalls.Put(call, body, AlarmClock.CompositeType),
            "DeleteAlarms" => AlarmCalls.Delete(call, body),
            "SetAlarmState" => AlarmCalls.SetState(call, body),
            "EnableAlarmActions" => AlarmCalls.SetActions(call, body, isEnabled: true),
            "DisableAlarmActions" => AlarmCalls.SetActions(call, body, isEnabled: false),
            "ListTagsForResource" => AlarmCalls.ListTags(call, body),
            "PutMetricData" => MetricCalls.Put(call, body),
            "ListMetrics" => MetricCalls.List(call, body),
            "GetMetricStatistics" => MetricCalls.Statistics(call, body),
            "GetMetricData" => MetricCalls.Data(call, body),
            "DescribeAnomalyDetectors" => MetricCalls.AnomalyDetectors(call, body),
            "ListDashboards" => DashboardCalls.List(call, body),
            "GetDashboard" => DashboardCalls.Get(call, body),
            "PutDashboard" => DashboardCalls.Put(call, body),
            "DeleteDashboards" => DashboardCalls.Delete(call, body),
            _ => throw AwsError.NotEmulated($"cloudwatch:{call.Operation}"),
        };
    }

    protected override string ShapeOf(string code) => code switch
    {
        "InvalidParameterValue" => "InvalidParameterValueException",
        "InvalidParameterCombination" => "InvalidParameterCombinationException",
        "InvalidParameterInput" => "DashboardInvalidInputError",
        "MissingParameter" => "MissingRequiredParameterException",
        "InvalidFormat" => "InvalidFormatFault",
        _ => code,
    };
}

/// <summary>Members of what was asked, which in one protocol are all texts.</summary>
internal static class Asked
{
    public static string? Text(this JsonObject body, string member) => Json.Scalar(body[member]) is { Length: > 0 } text ? text : null;

    public static string Need(this JsonObject body, string member) =>
        body.Text(member) ?? throw new AwsError("MissingParameter", $"The parameter {member} is required.");

    public static double? Number(this JsonObject body, string member) => body.Text(member) is not { } text ? null
        : double.TryParse(text, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number
        : throw new AwsError("InvalidParameterValue", $"The value {text} for parameter {member} is invalid.");

    public static List<string> Texts(this JsonObject body, string member) => [.. (body[member] as JsonArray ?? []).Select(Json.Scalar)];

    public static IEnumerable<JsonObject> Objects(this JsonObject body, string member) =>
        (body[member] as JsonArray ?? []).OfType<JsonObject>();

    /// <summary>A time: seconds in the protocols that have numbers, a date in the other.</summary>
    public static DateTimeOffset? Time(this JsonObject body, string member)
    {
        if (body.Text(member) is not { } text)
        {
            return null;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && Math.Abs(seconds) < 1e11)
        {
            return DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(seconds * 1000));
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
            : throw new AwsError("InvalidParameterValue", $"The parameter {member} must be a time.");
    }

    public static JsonValue Seconds(DateTimeOffset time) => JsonValue.Create(time.ToUnixTimeMilliseconds() / 1000.0);

    /// <summary>A page of what there is, and the token of the next: how many were told.</summary>
    public static (List<T> Page, string? Next) Page<T>(this JsonObject body, IReadOnlyCollection<T> all, string size, int usual, int most)
    {
        var count = (int)Math.Clamp(body.Number(size) ?? usual, 1, most);
        var skip = 0;
        if (body.Text("NextToken") is { } token && (!int.TryParse(token, CultureInfo.InvariantCulture, out skip) || skip < 0))
        {
            throw new AwsError("InvalidNextToken", "The token is not one of ours");
        }

        return ([.. all.Skip(skip).Take(count)], all.Count > skip + count ? $"{skip + count}" : null);
    }
}
