namespace Paco.Monitoring;

/// <summary>Which metrics there are, as far as anybody publishes lists of them.</summary>
internal static class KnownMetrics
{
    // What the CloudWatch agent calls its metrics begins with the plugin's name.
    private static readonly string[] OfInstances = ["StatusCheckFailed", "CPUUtilization"];

    /// <summary>The namespace of a metric of something: its own, unless only another one has it.</summary>
    public static string NamespaceOf(Watched watched, string? metric) => watched.FurtherNamespaces switch
    {
        [] => watched.Namespace,
        _ when metric is null => watched.Namespace,
        _ when OfInstances.Contains(metric) => "AWS/EC2",
        _ when metric.Contains('_', StringComparison.Ordinal) => "CWAgent",
        _ => watched.Namespace,
    };
}
