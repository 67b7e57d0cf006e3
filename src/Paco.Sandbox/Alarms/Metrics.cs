using System.Globalization;
using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Alarms;

/// <summary>A metric: a name in a namespace, with dimensions as one text (see <see cref="DimensionsOf"/>).</summary>
internal sealed record Metric(string Account, string Region, string Namespace, string Name, string Dimensions)
{
    /// <summary>One text for dimensions in whatever order.</summary>
    public static string DimensionsOf(JsonNode? list) => new JsonArray([.. (list as JsonArray ?? []).OfType<JsonObject>()
        .Select(d => (Name: Json.Scalar(d[nameof(Name)]), Value: Json.Scalar(d["Value"])))
        .OrderBy(d => d.Name, StringComparer.Ordinal).ThenBy(d => d.Value, StringComparer.Ordinal)
        .Select(d => (JsonNode)new JsonObject { [nameof(Name)] = d.Name, ["Value"] = d.Value })]).ToJsonString();
}

/// <summary>What was measured once: so many values with this sum, between these two.</summary>
/// <param name="Values">Each value and how often it was; empty where only the sums were told.</param>
internal sealed record Sample(DateTimeOffset Time, double Count, double Sum, double Minimum, double Maximum,
    IReadOnlyList<(double Value, double Count)> Values, string Unit)
{
    public static Sample Together(IReadOnlyCollection<Sample> all) => new(
        all.Min(s => s.Time), all.Sum(s => s.Count), all.Sum(s => s.Sum), all.Min(s => s.Minimum), all.Max(s => s.Maximum),
        [.. all.SelectMany(s => s.Values)], all.First().Unit);

    /// <summary>A statistic by its name; null for one the sandbox does not compute, or that needs the values themselves.</summary>
    public double? Statistic(string name) => name switch
    {
        "SampleCount" => Count,
        "Sum" => Sum,
        "Average" => Sum / Count,
        "Minimum" => Minimum,
        "Maximum" => Maximum,
        _ when name.StartsWith('p') && double.TryParse(name.AsSpan(1), CultureInfo.InvariantCulture, out var percent) =>
            Percentile(percent),
        _ => null,
    };

    // The smallest value that so many percent of all are not above.
    private double? Percentile(double percent)
    {
        var (rank, seen) = (percent / 100 * Values.Sum(v => v.Count), 0.0);
        foreach (var (value, count) in Values.OrderBy(v => v.Value))
        {
            seen += count;
            if (seen >= rank)
            {
                return value;
            }
        }

        return Minimum.Equals(Maximum) ? Minimum : null;
    }
}

/// <summary>All that was measured, as PutMetricData told it. Nothing else makes metrics here.</summary>
internal static class MetricTable
{
    private const string Columns = "time, count, sum, minimum, maximum, vals, unit";
    private const string OfMetric = "account = $1 AND region = $2 AND namespace = $3 AND name = $4 AND dimensions = $5";

    public static void Add(Store store, Metric metric, Sample sample) => store.Run(
        "INSERT INTO metric_data(account, region, namespace, name, dimensions, time, count, sum, minimum, maximum, vals, unit) "
        + "VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        metric.Account, metric.Region, metric.Namespace, metric.Name, metric.Dimensions, sample.Time.ToUnixTimeMilliseconds(),
        sample.Count, sample.Sum, sample.Minimum, sample.Maximum, Write(sample.Values), sample.Unit);

    /// <summary>What was measured from one time on until before another, in order.</summary>
    /// <param name="unit">In this unit only; null for any.</param>
    public static List<Sample> Between(Store store, Metric metric, DateTimeOffset from, DateTimeOffset to, string? unit) => store.Rows(
        $"SELECT {Columns} FROM metric_data WHERE {OfMetric} AND time >= $6 AND time < $7 AND ($8 IS NULL OR unit = $8) ORDER BY time, seq",
        row => new Sample(DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)), row.GetDouble(1), row.GetDouble(2), row.GetDouble(3),
            row.GetDouble(4), Read(row.GetString(5)), row.GetString(6)),
        metric.Account, metric.Region, metric.Namespace, metric.Name, metric.Dimensions, from.ToUnixTimeMilliseconds(),
        to.ToUnixTimeMilliseconds(), unit);

    /// <summary>The metrics of an account and region, each once.</summary>
    public static List<Metric> All(Store store, string account, string region) => store.Rows(
        "SELECT DISTINCT namespace, name, dimensions FROM metric_data WHERE account = $1 AND region = $2 ORDER BY 1, 2, 3",
        row => new Metric(account, region, row.GetString(0), row.GetString(1), row.GetString(2)), account, region);

    private static string Write(IReadOnlyList<(double Value, double Count)> values) =>
        new JsonArray([.. values.SelectMany(v => new[] { v.Value, v.Count }).Select(n => (JsonNode)n)]).ToJsonString();

    private static List<(double Value, double Count)> Read(string text) =>
        [.. JsonNode.Parse(text)!.AsArray().Select(n => n!.GetValue<double>()).Chunk(2).Select(pair => (pair[0], pair[1]))];
}
