using System.Collections.Immutable;
using Paco.Binding;
using Paco.Diagnostics;

namespace Paco.Monitoring;

/// <summary>What is watched of a resource or an application.</summary>
/// <param name="type">The type its alarm sets are looked up by.</param>
public sealed class MonitorConfig(Fields f, string? type) : Model(f)
{
    /// <summary>What stands for a type where applications have alarm sets.</summary>
    internal const string ApplicationType = "App";

    public string Title { get; } = f.Text("title", "Free text for people.", "");

    public Enablement Enabled { get; } = f.Enabled(false);

    public Given<int> CollectionInterval { get; } = f.Int("collection_interval", "Seconds between two measurements.", 60, min: 1);

    public ImmutableArray<string> AsgMetrics { get; } = f.Texts("asg_metrics", "Group metrics an ASG collects.");

    public ImmutableArray<Metric> Metrics { get; } = f.List("metrics", "Metrics the CloudWatch agent collects.", x => new Metric(x));

    public AlarmSets? AlarmSets { get; } = f.Object("alarm_sets",
        "Its alarm sets, by name; what is written below one is laid over monitor/AlarmSets.yaml.",
        x => new AlarmSets(x, type ?? ""));

    public ImmutableArray<LogSet> LogSets { get; } =
        f.Map("log_sets", "Its log sets, by name; what is written below one is laid over monitor/logging.yaml.", x => new LogSet(x),
            under: f.Context.LogSets);

    public ImmutableArray<HealthCheck> HealthChecks { get; } = f.Map("health_checks", "Route 53 health checks.", x => new HealthCheck(x));

    public Notifications? Notifications { get; } = f.Object("notifications", "Who is told.", x => new Notifications(x));

    protected internal override void Rules(Fields f)
    {
        LogMetric.Check(f, this);
        if (!HealthChecks.IsEmpty && type != ApplicationType)
        {
            f.Report(BindingCodes.UnreadKey, f.Place("health_checks"), "nobody reads \"health_checks\" here: they belong to an application",
                "move them to the monitoring: of the application");
        }
        foreach (var set in LogSets.Where(set => set.LogGroups.IsEmpty && !f.Context.LacksLogSets))
        {
            f.Report(BindingCodes.BrokenRule, set.Location, $"the log set {set.Name} has no log groups",
                Spelling.DidYouMean(set.Name, (f.Context.LogSets?.Entries ?? []).Select(e => e.Key)));
        }
    }
}

/// <summary>A plugin of the CloudWatch agent and what it measures.</summary>
public sealed class Metric(Fields f) : Model(f)
{
    public string PluginName { get; } = f.Text("name", "The agent's plugin: `mem`, `swap`, `disk`, …", "");

    public ImmutableArray<string> Measurements { get; } = f.Texts("measurements", "What it measures: `used_percent`.");

    public Given<int>? CollectionInterval { get; } =
        f.Int("collection_interval", "Seconds between two measurements; the monitoring's own by default.", min: 1);

    public ImmutableArray<string> Resources { get; } = f.Texts("resources", "What it is measured of: mount points, interfaces, `*`.");

    /// <summary>What the agent calls the metric of a measurement: <c>disk_used_percent</c>.</summary>
    internal string NameOf(string measurement) =>
        measurement.StartsWith($"{PluginName}_", StringComparison.Ordinal) ? measurement : $"{PluginName}_{measurement}";

    public Given<bool> DropDevice { get; } = f.Flag("drop_device", "Leave the device out of a disk's dimensions.", true);
}

/// <summary>PACO4xxx: parts of the original that this version does not have yet.</summary>
public static class LaterCodes
{
    public static readonly DiagnosticCode NotBuiltYet = new("PACO4001", Severity.Warning, "not built yet",
        "The project uses a part of Paco that this version reads but does not provision yet. What is written stays valid; it is left out until the version that has it. Stacks of it that exist are not touched.");

    /// <summary>What is not built, in the words every message of the code begins with: <c>resource/iam</c>, <c>backups</c>.</summary>
    public static string What(Diagnostic notBuilt) =>
        notBuilt.Message.Split(" is not built yet", 2)[0].Split(" are not built yet", 2)[0];
}
