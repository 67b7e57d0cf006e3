using System.Collections.Immutable;
using System.Globalization;
using Paco.Binding;
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

    internal Diagnostics.Location RetentionPlace { get; } = f.Place("expire_events_after_days");

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
        f.Map("sources", "What the CloudWatch agent sends to it from instances: files, and what is in the journal.", x => new LogSource(x));

    /// <summary>What it collects is JSON, an entry of the journal an event.</summary>
    internal bool HoldsJournal => Sources.Any(s => s.Journald is not null);

    protected internal override void Rules(Fields f)
    {
        if (ExternalResource && LogGroupName.Length == 0)
            f.Broken("external_resource", "a log group that exists already needs its \"log_group_name\"");
        MetricFilterRules.Check(this, f);
    }

    /// <summary>How long it keeps events, of all that says so what is nearest to it; empty where nothing does.</summary>
    internal string Retention(LogSet set, CloudWatchLogging? all) => new[]
    {
        ExpireEventsAfterDays, set.ExpireEventsAfterDays, all?.ExpireEventsAfterDays ?? "",
    }.FirstOrDefault(text => text.Length > 0) ?? "";

    /// <summary>The last part of its name, behind that of what has it; all of it where it exists already.</summary>
    internal string InnerName(LogSet set) =>
        ExternalResource ? LogGroupName : $"{set.Name}-{(LogGroupName.Length > 0 ? LogGroupName : Name)}";

    /// <summary>Its name in a set of the object that a scope is of: <c>mynet-prod-app-site-web-cloud-cfn_init</c>.</summary>
    internal string FullName(BuildScope scope, LogSet set) =>
        ExternalResource ? LogGroupName : LogGroups.NameOf(scope, InnerName(set));
}
