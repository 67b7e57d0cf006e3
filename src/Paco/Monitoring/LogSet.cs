using System.Collections.Immutable;
using System.Globalization;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Stacks;

namespace Paco.Monitoring;

/// <summary>How long a log group keeps events: written at the group, its set, or for all sets.</summary>
public abstract class LogRetention(Fields f) : Model(f)
{
    /// <summary>The numbers of days that CloudWatch takes, or for ever.</summary>
    internal static readonly Check Check = Binding.Check.Among("a number of days CloudWatch Logs keeps, or Never",
        "Never", "1", "3", "5", "7", "14", "30", "60", "90", "120", "150", "180", "365", "400", "545", "731",
        "1096", "1827", "2192", "2557", "2922", "3288", "3653").OrBlank();

    public string ExpireEventsAfterDays { get; } = f.Text("expire_events_after_days",
        "Days that events are kept; those of the log set, then of all sets, where not given.", "", Check);

    /// <summary>Days as CloudWatch takes them; null for ever.</summary>
    internal static int? InDays(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : null;
}

/// <summary>The file <c>monitor/logging.yaml</c>.</summary>
public sealed class LoggingFile(Fields f) : Model(f)
{
    /// <summary>Where it stands in the project.</summary>
    public const string Place = "monitor.logging";

    public CloudWatchLogging? CloudWatch { get; } =
        f.Object("cw_logging", "What is collected in CloudWatch Logs.", x => new CloudWatchLogging(x));
}

/// <summary>Log sets that resources name, and how long all of them keep events.</summary>
public sealed class CloudWatchLogging(Fields f) : LogRetention(f)
{
    public ImmutableArray<LogSet> LogSets { get; } = f.Map("log_sets", "Log sets; a resource names those it has.", x => new LogSet(x));
}

/// <summary>Log groups that belong together.</summary>
public sealed class LogSet(Fields f) : LogRetention(f)
{
    public ImmutableArray<LogGroup> LogGroups { get; } = f.Map("log_groups", "Its log groups.", x => new LogGroup(x));
}

/// <summary>A log group, what is sent to it, and what is counted in it.</summary>
public sealed class LogGroup(Fields f) : LogRetention(f)
{
    public bool ExternalResource { get; } =
        f.Flag("external_resource", "It exists already under exactly its log_group_name; none is made.", false);

    public string LogGroupName { get; } = f.Text("log_group_name", "The last part of its name; its key where not given.", "");

    public ImmutableArray<MetricFilter> MetricFilters { get; } =
        f.Map("metric_filters", "What is counted in it.", x => new MetricFilter(x));

    public ImmutableArray<LogSource> Sources { get; } =
        f.Map("sources", "Files of instances that the CloudWatch agent sends to it.", x => new LogSource(x));

    protected internal override void Rules(Fields f)
    {
        if (ExternalResource && LogGroupName.Length == 0)
            f.Broken("external_resource", "a log group that exists already needs its \"log_group_name\"");
    }

    /// <summary>Its name in a set of the object that a scope is of: <c>mynet-prod-app-site-web-cloud-cfn_init</c>.</summary>
    internal string FullName(BuildScope scope, LogSet set) =>
        ExternalResource ? LogGroupName : LogGroups.NameOf(scope, $"{set.Name}-{(LogGroupName.Length > 0 ? LogGroupName : Name)}");
}

/// <summary>A file, or several by a pattern, that the CloudWatch agent sends.</summary>
public sealed class LogSource(Fields f) : LogRetention(f)
{
    public string FilePath { get; } = f.Text("path", "The file on the instances; * stands for any part of a name.", "");

    public string LogStreamName { get; } =
        f.RequiredText("log_stream_name", "The stream it goes to: `{instance_id}`.", Binding.Check.Length(1, 512));

    public string Encoding { get; } = f.Text("encoding", "The file's encoding.", "utf-8");

    public string TimeZone { get; } =
        f.Text("timezone", "Local or UTC: what the file's times are.", "Local", Binding.Check.OneOf("Local", "UTC"));

    public string MultiLineStartPattern { get; } =
        f.Text("multi_line_start_pattern", "What a new event begins with, where events have several lines.", "");

    public string TimestampFormat { get; } = f.Text("timestamp_format", "How the file writes times: `%b %d %H:%M:%S`.", "");

    internal AgentLog ToAgentLog(string logGroup) => new(FilePath, logGroup, LogStreamName)
    {
        Encoding = Encoding,
        TimeZone = TimeZone,
        MultiLineStartPattern = MultiLineStartPattern.Length > 0 ? MultiLineStartPattern : null,
        TimestampFormat = TimestampFormat.Length > 0 ? TimestampFormat : null,
    };
}

/// <summary>Makes metrics of the events that fit a pattern.</summary>
public sealed class MetricFilter(Fields f) : Model(f)
{
    public string FilterPattern { get; } =
        f.Text("filter_pattern", "The events that count, in CloudWatch's own pattern language; all where empty.", "");

    public ImmutableArray<MetricTransformation> MetricTransformations { get; } =
        f.List("metric_transformations", "The metrics.", x => new MetricTransformation(x));

    /// <param name="group">The log group's name, as the template says it.</param>
    /// <param name="groupName">The same as text: what the namespace of its metrics is called after.</param>
    internal void Write(StackBuilder stack, Value group, string groupName, ImmutableArray<string> after) =>
        stack.Add(new Resource($"MetricFilter{Names.LogicalId(Name)}", "AWS::Logs::MetricFilter", new MapValue
        {
            ["FilterPattern"] = FilterPattern,
            ["LogGroupName"] = group,
            ["MetricTransformations"] = Value.List(MetricTransformations.Select(metric => (Value)new MapValue
            {
                ["MetricName"] = metric.MetricName,
                ["MetricNamespace"] = metric.MetricNamespace.Length > 0 ? metric.MetricNamespace : $"Paco/{groupName}",
                ["MetricValue"] = metric.MetricValue,
                ["DefaultValue"] = metric.DefaultValue is { } number ? new NumberValue((decimal)number) : null,
            })),
        })
        {
            DependsOn = after,
            Source = Location,
        });
}

/// <summary>A metric that is made of events.</summary>
public sealed class MetricTransformation(Fields f) : Model(f)
{
    public string MetricName { get; } = f.RequiredText("metric_name", "Its name.");

    public string MetricNamespace { get; } =
        f.Text("metric_namespace", "Its namespace; `Paco/` and the log group's name where not given.", "", Check.Length(0, 255));

    public string MetricValue { get; } = f.RequiredText("metric_value", "What an event adds: a number, or a field of it.");

    public double? DefaultValue { get; } = f.Number("default_value", "What is reported while no event fits.");
}
