using System.Collections.Immutable;

namespace Paco.Monitoring.Metrics;

/// <summary>The metrics of a namespace that are known of, with the dimension sets each is published under.</summary>
/// <param name="IsWhole">No other metric is taken for one.</param>
internal sealed record MetricNamespace(bool IsWhole, IReadOnlyDictionary<string, ImmutableArray<string>> Metrics);

/// <summary>Amazon's own list of metrics, and ours beside it. README.md says what they are and how they are written.</summary>
internal static class MetricList
{
    private static readonly string[] Files = ["amazon.txt", "ours.txt"];

    private static readonly Lazy<Dictionary<string, MetricNamespace>> All = new(Read);

    public static IEnumerable<string> Namespaces => All.Value.Keys;

    public static MetricNamespace? Find(string name) => All.Value.GetValueOrDefault(name);

    /// <summary>Dimensions as the lists write a set of them.</summary>
    public static string Set(IEnumerable<string> dimensions) => string.Join(',', dimensions.Order(StringComparer.Ordinal));

    // The later file counts where both know a metric.
    private static Dictionary<string, MetricNamespace> Read()
    {
        var all = new Dictionary<string, (bool IsWhole, Dictionary<string, ImmutableArray<string>> Metrics)>(StringComparer.Ordinal);
        foreach (var file in Files)
        {
            var (space, by) = ("", ImmutableArray<string>.Empty);
            foreach (var line in Lines(file).Where(l => l.Length > 0 && l[0] != '#'))
            {
                if (line.StartsWith("    ", StringComparison.Ordinal))
                    all[space].Metrics[line.Trim()] = by;
                else if (line.StartsWith("  by", StringComparison.Ordinal))
                    by = [.. line["  by".Length..].Split('|', StringSplitOptions.TrimEntries)];
                else
                    space = Begin(all, line.Split(' '));
            }
        }
        return all.ToDictionary(s => s.Key, s => new MetricNamespace(s.Value.IsWhole, s.Value.Metrics), StringComparer.Ordinal);
    }

    private static string Begin(Dictionary<string, (bool IsWhole, Dictionary<string, ImmutableArray<string>> Metrics)> all, string[] line)
    {
        var known = all.TryGetValue(line[0], out var there) ? there.Metrics : [];
        all[line[0]] = (line is [_, "whole"], known);
        return line[0];
    }

    private static IEnumerable<string> Lines(string file)
    {
        using var stream = typeof(MetricList).Assembly.GetManifestResourceStream($"Metrics/{file}")
            ?? throw new InvalidOperationException($"The assembly carries no list of metrics {file}.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
            yield return line;
    }
}
