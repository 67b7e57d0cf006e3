using System.Collections.Immutable;
using Paco.Binding;
using Paco.Monitoring;

namespace Paco.Resources.Rds;

/// <summary>Fields of an instance of a cluster, given for one of them or as the default of all.</summary>
/// <param name="type">The cluster's type, by which alarm sets are looked up.</param>
public class ClusterInstanceFields(Fields f, string? type) : Model(f)
{
    private static readonly int?[] Intervals = [null, 0, 1, 5, 10, 15, 30, 60];

    public string? DbInstanceType { get; } =
        f.Text("db_instance_type", "The machine it runs on; db.serverless for one that grows and shrinks.", Database.InstanceClass);

    public int? AvailabilityZone { get; } =
        f.Int("availability_zone", "The number of its availability zone; AWS chooses where not given (or 0).", min: 0, max: 10);

    public Given<bool>? PubliclyAccessible { get; } =
        f.Flag("publicly_accessible", "Give it a public address; false where neither it nor the default says.");

    public Given<bool>? AllowMajorVersionUpgrade { get; } =
        f.Flag("allow_major_version_upgrade", "Let a new engine_version be another major line.");

    public Given<bool>? AutoMinorVersionUpgrade { get; } =
        f.Flag("auto_minor_version_upgrade", "Let AWS move to newer minor versions in the maintenance window.");

    public Given<bool>? EnablePerformanceInsights { get; } =
        f.Flag("enable_performance_insights", "Collect what the database spends its time on; false where neither it nor the default says.");

    public Given<int>? EnhancedMonitoringInterval { get; } = f.Int("enhanced_monitoring_interval_in_seconds",
        "Seconds between two measurements of the operating system: 1, 5, 10, 15, 30 or 60; 0 for none.");

    public Ref? ParameterGroup { get; } =
        f.Ref("parameter_group", "A parameter group; one with AWS's defaults where not given.", "DBParameterGroup");

    public EventNotifications? EventNotifications { get; } =
        f.Object("event_notifications", "Events that somebody is told of.", x => new InstanceEventNotifications(x));

    public MonitorConfig? Monitoring { get; } = f.Object("monitoring", "What is watched of it.", x => new MonitorConfig(x, type));

    protected internal override void Rules(Fields f)
    {
        if (!Intervals.Contains(EnhancedMonitoringInterval))
        {
            f.Broken("enhanced_monitoring_interval_in_seconds",
                $"enhanced monitoring measures every 1, 5, 10, 15, 30 or 60 seconds, or never (0), not every {EnhancedMonitoringInterval}");
        }
    }
}

/// <summary>An instance of a cluster; what it leaves out is the default instance's.</summary>
public sealed class ClusterInstance(Fields f, string? type) : ClusterInstanceFields(f, type)
{
    public bool ExternalResource { get; } =
        f.Flag("external_resource", "It exists already: nothing is made, its name is offered to others.", false);

    public string? ExternalInstanceName { get; } = f.Text("external_instance_name", "The name of an instance that exists already.");

    protected internal override void Rules(Fields f)
    {
        base.Rules(f);
        if (ExternalResource && ExternalInstanceName is null)
            f.Lacks("external_resource", "an external instance needs its \"external_instance_name\"");
    }
}

/// <summary>Events of RDS that go to topics.</summary>
public abstract class EventNotifications(Fields f, params string[] categories) : Model(f)
{
    public ImmutableArray<string> Groups { get; } = f.Texts("groups", "Names of the topics that are told.");

    public ImmutableArray<string> EventCategories { get; } =
        f.Texts("event_categories", "Kinds of events.", Check.Known("kind of event", categories));

    protected internal override void Rules(Fields f)
    {
        if (Groups.IsEmpty)
            f.Lacks("groups", "notifications need \"groups\" to be told");
        if (EventCategories.IsEmpty)
            f.Lacks("event_categories", "notifications need \"event_categories\"");
    }
}

public sealed class InstanceEventNotifications(Fields f) : EventNotifications(f,
    "availability", "backtrack", "backup", "configuration change", "creation", "deletion", "failover", "failure", "low storage",
    "maintenance", "notification",
    "read replica", "recovery", "restoration", "security", "security patching");

public sealed class ClusterEventNotifications(Fields f) : EventNotifications(f,
    "configuration change", "creation", "deletion", "failover", "failure", "global-failover", "maintenance", "migration", "notification",
    "serverless");
