using System.Collections.Concurrent;
using System.Collections.Immutable;
using Paco.CloudFormation;

namespace Paco.Monitoring.Metrics;

/// <summary>The metrics of a namespace that are known of, with the dimension sets each is published under.</summary>
/// <param name="IsWhole">No other metric is taken for one.</param>
internal sealed record MetricNamespace(bool IsWhole, IReadOnlyDictionary<string, ImmutableArray<string>> Metrics);

/// <summary>Amazon's own list of metrics, and ours beside it. README.md says what they are and how they are written.</summary>
internal static class MetricList
{
    private static readonly string[] Files = ["amazon.txt", "ours.txt"];

    // A namespace is in one list or in both. A project has alarms on few of them.
    private static readonly Lazy<ILookup<string, (bool IsWhole, string List, Range Lines)>> Blocks = new(() =>
        (from file in Files
         let list = EmbeddedBytes.Text($"Metrics/{file}")
         from block in TextBlocks.Of(list)
         select (block.Name, Block: (block.Mark == "whole", list, block.Lines)))
        .ToLookup(b => b.Name, b => b.Block, StringComparer.Ordinal));

    private static readonly ConcurrentDictionary<string, MetricNamespace> Known = new(StringComparer.Ordinal);

    public static IEnumerable<string> Namespaces => Blocks.Value.Select(b => b.Key);

    public static MetricNamespace? Find(string name) =>
        Blocks.Value.Contains(name) ? Known.GetOrAdd(name, known => Read(Blocks.Value[known])) : null;

    /// <summary>Dimensions as the lists write a set of them.</summary>
    public static string Set(IEnumerable<string> dimensions) => string.Join(',', dimensions.Order(StringComparer.Ordinal));

    // The later list counts where both know a metric, and whether there are others.
    private static MetricNamespace Read(IEnumerable<(bool IsWhole, string List, Range Lines)> blocks)
    {
        var whole = false;
        var metrics = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var (isWhole, list, lines) in blocks)
        {
            whole = isWhole;
            var by = ImmutableArray<string>.Empty;
            foreach (var line in list[lines].Split('\n'))
            {
                if (line.StartsWith("    ", StringComparison.Ordinal))
                    metrics[line.Trim()] = by;
                else if (line.StartsWith("  by", StringComparison.Ordinal))
                    by = [.. line["  by".Length..].Split('|', StringSplitOptions.TrimEntries)];
            }
        }
        return new MetricNamespace(whole, metrics);
    }
}
