using System.Collections.Immutable;
using Paco.Diagnostics;
using Paco.Monitoring.Metrics;

namespace Paco.Monitoring;

/// <summary>
/// Whether a metric is ever sent, as far as anybody can know: by the lists of AWS's namespaces, and by what an ASG is told to collect.
/// Whatever somebody calls a namespace of his own is never doubted.
/// </summary>
internal static class KnownMetrics
{
    private const string Agent = "CWAgent";
    private const string Groups = "AWS/AutoScaling";

    /// <summary>The namespace of a metric of something: the first of its namespaces that has it, or its own.</summary>
    public static string NamespaceOf(Watched watched, string? metric) =>
        watched.FurtherNamespaces.Prepend(watched.Namespace)
            .FirstOrDefault(space => metric is not null && MetricList.Find(space)?.Metrics.ContainsKey(metric) == true)
        ?? (watched.FurtherNamespaces.Contains(Agent) && Collected(watched.Monitoring).Contains(metric) ? Agent : watched.Namespace);

    /// <summary>Why a metric of something is never sent, and what helps; null where it may well be.</summary>
    public static (string Message, string? Hint)? NeverSent(Watched watched, string space, string metric, ImmutableArray<string> dimensions)
    {
        if (space == Agent)
            return watched.FurtherNamespaces.Contains(Agent) ? NotCollected(watched.Monitoring, metric) : null;
        if (space == Groups && metric.StartsWith("Group", StringComparison.Ordinal)
            && watched.Monitoring?.AsgMetrics is { IsEmpty: false } some && !some.Contains(metric))
        {
            return ($"{metric} is never sent: it is not among the asg_metrics here",
                Spelling.DidYouMean(metric, some) ?? $"add {metric} to monitoring.asg_metrics");
        }
        if (MetricList.Find(space) is not { } known)
        {
            return space.StartsWith("AWS/", StringComparison.Ordinal) && Spelling.DidYouMean(space, MetricList.Namespaces) is { } near
                ? ($"no namespace \"{space}\" is known", near)
                : null;
        }
        if (known.Metrics.TryGetValue(metric, out var sets))
            return known.IsWhole ? OtherDimensions(space, metric, sets, dimensions) : null;
        var meant = Spelling.DidYouMean(metric, known.Metrics.Keys);
        return known.IsWhole || meant is not null ? ($"{space} has no metric \"{metric}\"", meant) : null;
    }

    private static (string, string?)? OtherDimensions(string space, string metric, ImmutableArray<string> sets,
        ImmutableArray<string> dimensions)
    {
        var set = MetricList.Set(dimensions);
        return sets.Contains(set)
            ? null
            : ($"{space} has {metric} {By(set)} nowhere", $"it has it {string.Join("; ", sets.Where(s => s.Length > 0).Select(By))}");
    }

    private static string By(string set) =>
        set.Length == 0 ? "without dimensions" : $"by {set.Replace(",", " and ", StringComparison.Ordinal)}";

    private static (string, string?)? NotCollected(MonitorConfig? monitoring, string metric)
    {
        var collected = Collected(monitoring).ToArray();
        if (collected.Contains(metric))
            return null;
        var message = $"{metric} is never sent: the CloudWatch agent is not told to collect it";
        return MetricList.Find(Agent)!.Metrics.ContainsKey(metric) && metric.Split('_', 2) is [var plugin, var measurement]
            ? (message, $"add to monitoring.metrics: {{name: {plugin}, measurements: [{measurement}]}}")
            : (message, Spelling.DidYouMean(metric, collected.Concat(MetricList.Find(Agent)!.Metrics.Keys)));
    }

    private static IEnumerable<string> Collected(MonitorConfig? monitoring) =>
        (monitoring?.Metrics ?? []).SelectMany(plugin => plugin.Measurements.Select(m => plugin.NameOf(m)));
}
