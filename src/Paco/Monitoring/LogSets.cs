using System.Collections.Immutable;
using Paco.Binding;

namespace Paco.Monitoring;

/// <summary>Sets of <c>monitor/Logging.yaml</c> that a resource has, and what differs from them.</summary>
public sealed class LogSets(Fields f) : Model(f)
{
    internal static readonly Check Retention = Check.Among("a number of days CloudWatch Logs keeps, or Never",
        "Never", "1", "3", "5", "7", "14", "30", "60", "90", "120", "150", "180", "365", "400",
        "545", "731", "1096", "1827", "2192", "2557", "2922", "3288", "3653").OrBlank();

    public ImmutableArray<LogSet> All { get; } = f.Rest("A set of log groups, and what differs from it.", x => new LogSet(x));
}

public sealed class LogSet(Fields f) : Model(f)
{
    public string? ExpireEventsAfterDays { get; } =
        f.Text("expire_events_after_days", "Days its groups keep what they are sent.", LogSets.Retention);

    public ImmutableArray<LogGroup> LogGroups { get; } = f.Map("log_groups", "Its groups.", x => new LogGroup(x));
}

/// <summary>A group of CloudWatch Logs and the files whose lines go there.</summary>
public sealed class LogGroup(Fields f) : Model(f)
{
    public string? ExpireEventsAfterDays { get; } = f.Text("expire_events_after_days", "Days it keeps what it is sent.", LogSets.Retention);

    public bool? ExternalResource { get; } = f.Flag("external_resource", "It exists already: none is made.");

    public string? LogGroupName { get; } = f.Text("log_group_name", "Its name, instead of its key.");

    public ImmutableArray<MetricFilter> MetricFilters { get; } =
        f.Map("metric_filters", "What is counted in it.", x => new MetricFilter(x));

    public ImmutableArray<LogSource> Sources { get; } = f.Map("sources", "Files whose lines it is sent.", x => new LogSource(x));
}

/// <summary>A file of an instance.</summary>
public sealed class LogSource(Fields f) : Model(f)
{
    public string? ExpireEventsAfterDays { get; } = f.Text("expire_events_after_days", "Days what it sends is kept.", LogSets.Retention);

    public string? FilePath { get; } = f.Text("path", "The file.");

    public string? LogStreamName { get; } = f.Text("log_stream_name", "The stream its lines go to.", Check.Length(1, 512));

    public string? Encoding { get; } = f.Text("encoding", "The file's encoding; utf-8 by default.");

    public string? MultiLineStartPattern { get; } =
        f.Text("multi_line_start_pattern", "What a new entry begins with, where entries have several lines.");

    public string? TimestampFormat { get; } = f.Text("timestamp_format", "How times are written in it.");

    public string? Timezone { get; } = f.Text("timezone", "The zone of its times.", Check.OneOf("Local", "UTC"));
}

/// <summary>Lines that are counted.</summary>
public sealed class MetricFilter(Fields f) : Model(f)
{
    public string? FilterPattern { get; } = f.Text("filter_pattern", "Which lines.");

    public ImmutableArray<MetricTransformation> MetricTransformations { get; } =
        f.List("metric_transformations", "What becomes of them.", x => new MetricTransformation(x));
}

public sealed class MetricTransformation(Fields f) : Model(f)
{
    public string? MetricName { get; } = f.Text("metric_name", "The metric.");

    public string? MetricNamespace { get; } =
        f.Text("metric_namespace", "The metric's namespace; made of the group's name by default.", Check.Length(0, 255));

    public string? MetricValue { get; } = f.Text("metric_value", "What a line counts: 1, or a field of it.");

    public double? DefaultValue { get; } = f.Number("default_value", "The value without lines.");
}
