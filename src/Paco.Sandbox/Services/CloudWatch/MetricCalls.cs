using System.Text.Json.Nodes;
using Paco.Monitoring;
using Paco.Sandbox.Alarms;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;
using Metric = Paco.Sandbox.Alarms.Metric;

namespace Paco.Sandbox.Services.CloudWatch;

/// <summary>Metrics: what somebody measured, and what is made of it.</summary>
internal static class MetricCalls
{
    private const int MaxData = 1000;
    private const int MaxDatapoints = 1440;

    // Also in the namespaces of AWS's services, which are theirs alone on AWS: no service measures anything here, so somebody has to.
    public static JsonObject? Put(Call call, JsonObject body)
    {
        var space = body.Need("Namespace");
        if (body["EntityMetricData"] is not null)
        {
            throw AwsError.NotEmulated("cloudwatch:PutMetricData with EntityMetricData");
        }

        var data = body.Objects("MetricData").ToList();
        if (data.Count is 0 or > MaxData)
        {
            throw data.Count == 0
                ? new AwsError("MissingParameter", "The parameter MetricData is required.")
                : new AwsError("InvalidParameterValue", $"The collection MetricData must not have a size greater than {MaxData}.");
        }

        foreach (var one in data)
        {
            var metric = new Metric(call.Account, call.Region, space, one.Need("MetricName"), Metric.DimensionsOf(one["Dimensions"]));
            MetricTable.Add(call.Store, metric, Measured.Read(one, call.Now));
        }

        return null;
    }

    public static JsonObject List(Call call, JsonObject body)
    {
        var wanted = body.Objects("Dimensions").ToList();
        var all = MetricTable.All(call.Store, call.Account, call.Region)
            .Where(m => (body.Text("Namespace") ?? m.Namespace) == m.Namespace && (body.Text("MetricName") ?? m.Name) == m.Name)
            .Select(m => (Metric: m, Dimensions: JsonNode.Parse(m.Dimensions)!.AsArray()))
            .Where(m => wanted.All(w => m.Dimensions.OfType<JsonObject>().Any(d =>
                d.Text("Name") == w.Text("Name") && (w.Text("Value") ?? d.Text("Value")) == d.Text("Value")))).ToList();
        var (page, next) = body.Page(all, "MaxResults", 500, 500);
        return new()
        {
            ["Metrics"] = new JsonArray([.. page.Select(m => (JsonNode)new JsonObject
            {
                ["Namespace"] = m.Metric.Namespace, ["MetricName"] = m.Metric.Name, ["Dimensions"] = m.Dimensions.DeepClone(),
            })]),
            ["NextToken"] = next,
        };
    }

    public static JsonObject Statistics(Call call, JsonObject body)
    {
        var (statistics, extended) = (body.Texts("Statistics"), body.Texts("ExtendedStatistics"));
        if (statistics.Count > 0 == extended.Count > 0)
        {
            throw new AwsError("InvalidParameterCombination", "Exactly one of Statistics and ExtendedStatistics must be specified.");
        }

        var metric = MetricOf(call, body);
        var points = Periods(call, body, metric, body.Text("Unit"), (int)(body.Number("Period") ?? 0)).Select(p =>
        {
            var point = new JsonObject { ["Timestamp"] = Asked.Seconds(p.Begin), ["Unit"] = p.All.Unit };
            foreach (var statistic in statistics)
            {
                point[statistic] = p.All.Statistic(statistic);
            }

            if (extended.Count > 0)
            {
                point["ExtendedStatistics"] = Computed(p.All, extended);
            }

            return (JsonNode)point;
        });
        return new() { ["Label"] = metric.Name, ["Datapoints"] = new JsonArray([.. points]) };
    }

    public static JsonObject Data(Call call, JsonObject body) => new()
    {
        ["MetricDataResults"] = new JsonArray([.. body.Objects("MetricDataQueries").Where(q => q.Text("ReturnData") != "false")
            .Select(query => (JsonNode)Result(call, body, query))]),
        ["Messages"] = new JsonArray(),
    };

    public static JsonObject AnomalyDetectors(Call call, JsonObject body)
    {
        var all = call.Store.OfType(call.Account, call.Region, "AWS::CloudWatch::AnomalyDetector").Select(d => d.Properties)
            .Select(p => p["SingleMetricAnomalyDetector"] as JsonObject ?? p)
            .Where(p => (body.Text("Namespace") ?? p.Text("Namespace")) == p.Text("Namespace")
                && (body.Text("MetricName") ?? p.Text("MetricName")) == p.Text("MetricName")).ToList();
        var (page, next) = body.Page(all, "MaxResults", 50, 50);
        return new()
        {
            // What learns nothing here never knows enough.
            ["AnomalyDetectors"] = new JsonArray([.. page.Select(p => (JsonNode)new JsonObject
            {
                ["Namespace"] = p.Text("Namespace"), ["MetricName"] = p.Text("MetricName"), ["Dimensions"] = Dimensions(p),
                ["Stat"] = p.Text("Stat"), ["StateValue"] = "PENDING_TRAINING",
            })]),
            ["NextToken"] = next,
        };
    }

    /// <summary>The dimensions of a metric as they are told.</summary>
    public static JsonArray Dimensions(JsonObject of) => new([.. of.Objects("Dimensions")
        .Select(d => (JsonNode)new JsonObject { ["Name"] = d.Text("Name"), ["Value"] = d.Text("Value") })]);

    /// <summary>A metric or an expression of an alarm as it is told.</summary>
    public static JsonNode Query(JsonObject query)
    {
        var told = new JsonObject { ["Id"] = query.Text("Id"), ["Expression"] = query.Text("Expression"), ["Label"] = query.Text("Label") };
        told["ReturnData"] = query.Text("ReturnData") != "false";
        told["Period"] = query.Number("Period") is { } own ? (int)own : null;
        if (query["MetricStat"] is JsonObject stat && stat["Metric"] is JsonObject metric)
        {
            told["MetricStat"] = new JsonObject
            {
                ["Metric"] = new JsonObject
                {
                    ["Namespace"] = metric.Text("Namespace"),
                    ["MetricName"] = metric.Text("MetricName"),
                    ["Dimensions"] = Dimensions(metric),
                },
                ["Period"] = (int)(stat.Number("Period") ?? 0),
                ["Stat"] = stat.Text("Stat"),
                ["Unit"] = stat.Text("Unit"),
            };
        }

        return told;
    }

    private static JsonObject Result(Call call, JsonObject body, JsonObject query)
    {
        if (query["MetricStat"] is not JsonObject stat || stat["Metric"] is not JsonObject asked)
        {
            throw AwsError.NotEmulated("cloudwatch:GetMetricData with an expression");
        }

        var (metric, statistic) = (MetricOf(call, asked), stat.Need("Stat"));
        var points = Periods(call, body, metric, stat.Text("Unit"), (int)(stat.Number("Period") ?? 0))
            .Select(p => (p.Begin, Value: Computed(p.All, [statistic])[statistic]!.GetValue<double>())).ToList();
        if (body.Text("ScanBy") != "TimestampAscending")
        {
            points.Reverse();
        }

        return new()
        {
            ["Id"] = query.Need("Id"),
            ["Label"] = query.Text("Label") ?? metric.Name,
            ["Timestamps"] = new JsonArray([.. points.Select(p => (JsonNode)Asked.Seconds(p.Begin))]),
            ["Values"] = new JsonArray([.. points.Select(p => (JsonNode)p.Value)]),
            ["StatusCode"] = "Complete",
        };
    }

    private static Metric MetricOf(Call call, JsonObject asked) => new(call.Account, call.Region, asked.Need("Namespace"),
        asked.Need("MetricName"), Metric.DimensionsOf(asked["Dimensions"]));

    private static JsonObject Computed(Sample all, List<string> statistics) => new(statistics.Select(s =>
        KeyValuePair.Create<string, JsonNode?>(s, all.Statistic(s) ?? throw AwsError.NotEmulated($"the statistic {s} of these values"))));

    private static List<(DateTimeOffset Begin, Sample All)> Periods(Call call, JsonObject body, Metric metric, string? unit, int period)
    {
        var (from, to) = (body.Time("StartTime"), body.Time("EndTime"));
        if (from is null || to is null || from >= to)
        {
            throw new AwsError("InvalidParameterCombination", "The parameter StartTime must be less than the parameter EndTime.");
        }

        if (!AlarmLimits.IsPeriod(period) && period is not (1 or 5))
        {
            throw new AwsError("InvalidParameterValue", "The parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60.");
        }

        var all = MetricTable.Between(call.Store, metric, from.Value, to.Value, unit)
            .GroupBy(s => s.Time.ToUnixTimeSeconds() / period * period).ToList();
        return all.Count > MaxDatapoints
            ? throw new AwsError("InvalidParameterCombination",
                $"You have requested up to {all.Count} datapoints, which exceeds the limit of {MaxDatapoints}.")
            : [.. all.Select(g => (DateTimeOffset.FromUnixTimeSeconds(g.Key), Sample.Together([.. g])))];
    }
}
