using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Paco.Monitoring;

/// <summary>A file the CloudWatch agent sends to a log group.</summary>
internal sealed record AgentLog(string FilePath, string LogGroup, string LogStream)
{
    public string? Encoding { get; init; }

    public string? TimeZone { get; init; }

    public string? MultiLineStartPattern { get; init; }

    public string? TimestampFormat { get; init; }
}

/// <summary>The CloudWatch agent's configuration file.</summary>
internal static class AgentConfiguration
{
    /// <summary>The file as one line of JSON, or null where there is nothing to collect: the agent refuses to start then.</summary>
    public static string? Of(string region, int interval, ImmutableArray<Metric> metrics, ImmutableArray<AgentLog> logs)
    {
        if (metrics.IsEmpty && logs.IsEmpty)
            return null;
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            WriteAgent(json, region);
            if (!metrics.IsEmpty)
                WriteMetrics(json, interval, metrics);
            if (!logs.IsEmpty)
                WriteLogs(json, logs);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void WriteAgent(Utf8JsonWriter json, string region)
    {
        json.WriteStartObject("agent");
        json.WriteNumber("metrics_collection_interval", 60);
        json.WriteString("region", region);
        json.WriteString("logfile", "/opt/aws/amazon-cloudwatch-agent/logs/amazon-cloudwatch-agent.log");
        json.WriteEndObject();
    }

    private static void WriteMetrics(Utf8JsonWriter json, int interval, ImmutableArray<Metric> metrics)
    {
        json.WriteStartObject("metrics");
        json.WriteStartObject("metrics_collected");
        foreach (var metric in metrics.DistinctBy(m => m.PluginName))
            WriteMetric(json, interval, metric);
        json.WriteEndObject();
        json.WriteStartObject("append_dimensions");
        json.WriteString("AutoScalingGroupName", "${aws:AutoScalingGroupName}");
        json.WriteEndObject();
        json.WriteStartArray("aggregation_dimensions");
        WriteTexts(json, null, ["AutoScalingGroupName"]);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMetric(Utf8JsonWriter json, int interval, Metric metric)
    {
        json.WriteStartObject(metric.PluginName);
        WriteTexts(json, "measurement", metric.Measurements);
        json.WriteNumber("metrics_collection_interval", metric.CollectionInterval ?? interval);
        if (!metric.Resources.IsEmpty)
            WriteTexts(json, "resources", metric.Resources);
        if (metric.PluginName == "disk")
            json.WriteBoolean("drop_device", metric.DropDevice);
        json.WriteEndObject();
    }

    private static void WriteLogs(Utf8JsonWriter json, ImmutableArray<AgentLog> logs)
    {
        json.WriteStartObject("logs");
        json.WriteStartObject("logs_collected");
        json.WriteStartObject("files");
        json.WriteStartArray("collect_list");
        foreach (var log in logs)
            WriteLog(json, log);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteLog(Utf8JsonWriter json, AgentLog log)
    {
        json.WriteStartObject();
        json.WriteString("file_path", log.FilePath);
        json.WriteString("log_group_name", log.LogGroup);
        json.WriteString("log_stream_name", log.LogStream);
        WriteOptional(json, "encoding", log.Encoding);
        WriteOptional(json, "timezone", log.TimeZone);
        WriteOptional(json, "multi_line_start_pattern", log.MultiLineStartPattern);
        WriteOptional(json, "timestamp_format", log.TimestampFormat);
        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    private static void WriteTexts(Utf8JsonWriter json, string? name, ImmutableArray<string> texts)
    {
        if (name is null)
            json.WriteStartArray();
        else
            json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
