using System.Collections.Immutable;
using Paco.Monitoring;

namespace Paco.Resources.Asg;

/// <summary>What CloudWatch measures of a group and of the instances in it.</summary>
internal static class AsgMetrics
{
    private const string Instances = "AWS/EC2";
    private const string Agent = "CWAgent";

    private static readonly ImmutableArray<WorthSeeing> OfEvery =
    [
        new("CPUUtilization", "Average", "CPU, percent") { Namespace = Instances },
        new("GroupInServiceInstances", "Average", "instances in service"),
        new("NetworkIn", "Average", "bytes in") { Namespace = Instances },
        new("NetworkOut", "Average", "bytes out") { Namespace = Instances },
        new("StatusCheckFailed", "Maximum", "failed status checks") { Namespace = Instances },
    ];

    public static Watched Of(Asg group) =>
        new("", group, "AWS/AutoScaling", [new Dimension("AutoScalingGroupName", group.ToRef().Output("name"))], group.Monitoring)
        {
            Title = "instances",
            FurtherNamespaces = [Instances, Agent],
            KeepsDimensions = true,
            Worth = [.. OfEvery, .. FromAgent(group.Monitoring)],
        };

    // The agent sends what it is told to collect: plug-in and measurement are the metric's name.
    private static IEnumerable<WorthSeeing> FromAgent(MonitorConfig? monitoring) => monitoring is { IsEnabled: true }
        ? monitoring.Metrics.SelectMany(plugin => plugin.Measurements.Select(m => plugin.NameOf(m)))
            .Where(name => name.EndsWith("_percent", StringComparison.Ordinal)).Distinct()
            .Select(name => new WorthSeeing(name, "Maximum", name.Replace('_', ' ')) { Namespace = Agent })
        : [];
}
