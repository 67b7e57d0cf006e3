using System.Collections.Frozen;
using Paco.Diagnostics;

namespace Paco.Monitoring;

/// <summary>
/// The plug-ins of the CloudWatch agent on Linux and what they measure, which the agent's own schema does not check. Source: the
/// CloudWatch User Guide, "Metrics collected by the CloudWatch agent on Linux and macOS instances"; the agent's schema.
/// </summary>
internal static class AgentPlugins
{
    private static readonly FrozenDictionary<string, string[]> Measured = new Dictionary<string, string>
    {
        ["cpu"] = "time_active time_guest time_guest_nice time_idle time_iowait time_irq time_nice time_softirq time_steal time_system "
            + "time_user usage_active usage_guest usage_guest_nice usage_idle usage_iowait usage_irq usage_nice usage_softirq usage_steal "
            + "usage_system usage_user",
        ["disk"] = "free inodes_free inodes_total inodes_used total used used_percent",
        ["diskio"] = "iops_in_progress io_time reads read_bytes read_time writes write_bytes write_time",
        ["mem"] = "active available available_percent buffered cached free inactive shared total used used_percent",
        ["net"] = "bytes_recv bytes_sent drop_in drop_out err_in err_out packets_recv packets_sent",
        ["netstat"] = "tcp_close tcp_close_wait tcp_closing tcp_established tcp_fin_wait1 tcp_fin_wait2 tcp_last_ack tcp_listen tcp_none "
            + "tcp_syn_recv tcp_syn_sent tcp_time_wait udp_socket",
        ["processes"] = "blocked dead idle paging running sleeping stopped total total_threads wait zombies",
        ["swap"] = "free used used_percent",
    }.ToFrozenDictionary(p => p.Key, p => p.Value.Split(' '));

    // What they measure depends on what runs there.
    private static readonly string[] Others =
        ["collectd", "efa", "ethtool", "jmx", "nvidia_gpu", "nvidia_smi", "otlp", "procstat", "prometheus", "statsd"];

    /// <summary>What is wrong with a plug-in's name and what helps; null where it is known.</summary>
    public static (string Message, string? Hint)? Unknown(string plugin) => Measured.ContainsKey(plugin) || Others.Contains(plugin) ? null
        : ($"the CloudWatch agent has no plug-in \"{plugin}\"",
            Spelling.DidYouMean(plugin, Measured.Keys.Concat(Others))
                ?? $"it has {string.Join(", ", Measured.Keys.Order(StringComparer.Ordinal))}");

    /// <summary>The same for one of its measurements, which may have the plug-in's name in front.</summary>
    public static (string Message, string? Hint)? Unknown(string plugin, string measurement)
    {
        var bare = measurement.StartsWith($"{plugin}_", StringComparison.Ordinal) ? measurement[(plugin.Length + 1)..] : measurement;
        var ofVolumes = plugin == "diskio" && (bare.StartsWith("ebs_", StringComparison.Ordinal)
            || bare.StartsWith("instance_store_", StringComparison.Ordinal));
        return !Measured.TryGetValue(plugin, out var known) || known.Contains(bare) || ofVolumes ? null
            : ($"the plug-in {plugin} does not measure \"{measurement}\"",
                Spelling.DidYouMean(bare, known) ?? $"it measures {string.Join(", ", known)}");
    }
}
