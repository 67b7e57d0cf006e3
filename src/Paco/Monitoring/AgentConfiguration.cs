using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Paco.Monitoring;

/// <summary>What the CloudWatch agent sends to a log group.</summary>
internal abstract record AgentLog(string LogGroup, string LogStream);

/// <summary>A file.</summary>
internal sealed record AgentFile(string FilePath, string LogGroup, string LogStream) : AgentLog(LogGroup, LogStream)
{
    public string? Encoding { get; init; }

    public string? TimeZone { get; init; }

    public string? MultiLineStartPattern { get; init; }

    public string? TimestampFormat { get; init; }
}

/// <summary>What is in the journal. Source: the agent's schema and release notes, 1.300070 and later.</summary>
internal sealed record AgentJournal(string LogGroup, string LogStream) : AgentLog(LogGroup, LogStream)
{
    public ImmutableArray<string> Units { get; init; } = [];

    public required string Priority { get; init; }

    public ImmutableArray<ImmutableArray<KeyValuePair<string, string>>> Matches { get; init; } = [];

    public ImmutableArray<(string Type, string Expression)> Filters { get; init; } = [];
}

/// <summary>The CloudWatch agent's configuration file.</summary>
internal static class AgentConfiguration
{
    /// <summary>The file as one line of JSON, or null where there is nothing to collect: the agent refuses to start then.</summary>
    public static string? Of(string region, int interval, ImmutableArray<Metric> metrics, ImmutableArray<AgentLog> logs, HostSystem host)
    {
        if (metrics.IsEmpty && logs.IsEmpty)
            return null;
        return Text(json =>
        {
            json.WriteStartObject();
            WriteAgent(json, region, host);
            if (!metrics.IsEmpty)
                WriteMetrics(json, interval, metrics);
            if (!logs.IsEmpty)
                WriteLogs(json, logs);
            json.WriteEndObject();
        });
    }

    private static void WriteAgent(Utf8JsonWriter json, string region, HostSystem host)
    {
        json.WriteStartObject("agent");
        json.WriteNumber("metrics_collection_interval", 60);
        json.WriteString("region", region);
        json.WriteString("logfile", host.AgentLogFile);
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
        WriteList(json, "files", [.. logs.OfType<AgentFile>()], WriteFile);
        WriteList(json, "journald", [.. logs.OfType<AgentJournal>()], WriteJournal);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    // The agent refuses a list without entries, and one that has an entry twice.
    private static void WriteList<T>(Utf8JsonWriter json, string name, ImmutableArray<T> all, Action<Utf8JsonWriter, T> write)
    {
        if (all.IsEmpty)
            return;
        json.WriteStartObject(name);
        json.WriteStartArray("collect_list");
        foreach (var one in all.DistinctBy(one => Text(inner => write(inner, one))))
            write(json, one);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Text(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
            write(json);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void WriteJournal(Utf8JsonWriter json, AgentJournal journal)
    {
        json.WriteStartObject();
        json.WriteString("log_group_name", journal.LogGroup);
        json.WriteString("log_stream_name", journal.LogStream);
        if (!journal.Units.IsEmpty)
            WriteTexts(json, "units", [.. journal.Units.Distinct()]);
        json.WriteString("priority", journal.Priority);
        WriteObjects(json, "matches", journal.Matches);
        WriteObjects(json, "filters",
            [.. journal.Filters.Select(f => ImmutableArray.Create<KeyValuePair<string, string>>(
                new("type", f.Type), new("expression", f.Expression)))]);
        json.WriteEndObject();
    }

    private static void WriteObjects(Utf8JsonWriter json, string name, ImmutableArray<ImmutableArray<KeyValuePair<string, string>>> all)
    {
        if (all.IsEmpty)
            return;
        json.WriteStartArray(name);
        foreach (var fields in all)
        {
            json.WriteStartObject();
            foreach (var (field, value) in fields)
                json.WriteString(field, value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteFile(Utf8JsonWriter json, AgentFile log)
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
