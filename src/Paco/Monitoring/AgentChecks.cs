using Paco.Diagnostics;

namespace Paco.Monitoring;

/// <summary>What the agent would take and then not find.</summary>
internal static class AgentChecks
{
    public static void Report(MonitorConfig monitoring, IEnumerable<LogSource> sources, HostSystem host, DiagnosticBag bag)
    {
        foreach (var metric in monitoring.Metrics.Where(m => m.PluginName.Length > 0 && !host.IsWindows))
        {
            foreach (var (place, wrong) in Wrong(metric))
                bag.Add(LogCodes.NotCollected, place, wrong.Message, wrong.Hint, subject: monitoring.Path);
        }
        foreach (var source in sources)
        {
            if (host.InsteadOf(source.FilePath) is { } instead)
            {
                bag.Add(LogCodes.NotCollected, source.PathPlace, $"the image's system writes no {source.FilePath}: nothing is collected",
                    instead.StartsWith("path", StringComparison.Ordinal) ? $"write {instead}"
                        : $"write {instead} instead; or install rsyslog (cfn_init), which writes the file", subject: source.Path);
            }
        }
    }

    private static IEnumerable<(Location Place, (string Message, string? Hint) Wrong)> Wrong(Metric metric)
    {
        if (AgentPlugins.Unknown(metric.PluginName) is { } plugin)
            return [(metric.NamePlace, plugin)];
        return metric.Measurements.Select(m => AgentPlugins.Unknown(metric.PluginName, m)).OfType<(string, string?)>()
            .Select(wrong => (metric.MeasurementsPlace, wrong));
    }
}
