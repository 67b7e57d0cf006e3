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

    // Where in which list a namespace's lines are. A project has alarms on few of them.
    private static readonly Lazy<Dictionary<string, List<(string List, Range Lines)>>> Places = new(Open);

    private static readonly ConcurrentDictionary<string, MetricNamespace> Known = new(StringComparer.Ordinal);

    public static IEnumerable<string> Namespaces => Places.Value.Keys;

    public static MetricNamespace? Find(string name) =>
        Places.Value.TryGetValue(name, out var places) ? Known.GetOrAdd(name, static (_, places) => Read(places), places) : null;

    /// <summary>Dimensions as the lists write a set of them.</summary>
    public static string Set(IEnumerable<string> dimensions) => string.Join(',', dimensions.Order(StringComparer.Ordinal));

    private static Dictionary<string, List<(string List, Range Lines)>> Open()
    {
        var all = new Dictionary<string, List<(string, Range)>>(StringComparer.Ordinal);
        foreach (var list in Files.Select(file => EmbeddedBytes.Text($"Metrics/{file}")))
        {
            for (var at = NextNamespace(list, 0); at < list.Length;)
            {
                var next = NextNamespace(list, at + 1);
                var name = list[at..(at + list.AsSpan(at).IndexOfAny(' ', '\n'))];
                if (!all.TryGetValue(name, out var places))
                    all[name] = places = [];
                places.Add((list, at..next));
                at = next;
            }
        }
        return all;
    }

    // The later list counts where both know a metric, and whether there are others.
    private static MetricNamespace Read(List<(string List, Range Lines)> places)
    {
        var isWhole = false;
        var metrics = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        foreach (var (list, lines) in places)
        {
            var by = ImmutableArray<string>.Empty;
            foreach (var line in list[lines].Split('\n').Where(line => !line.StartsWith('#')))
            {
                if (line.StartsWith("    ", StringComparison.Ordinal))
                    metrics[line.Trim()] = by;
                else if (line.StartsWith("  by", StringComparison.Ordinal))
                    by = [.. line["  by".Length..].Split('|', StringSplitOptions.TrimEntries)];
                else if (line.Length > 0)
                    isWhole = line.EndsWith(" whole", StringComparison.Ordinal);
            }
        }
        return new MetricNamespace(isWhole, metrics);
    }

    // A line that is neither indented nor a remark names one.
    private static int NextNamespace(string list, int from)
    {
        var at = from == 0 ? 0 : LineAfter(list, from);
        while (at < list.Length && list[at] is ' ' or '#' or '\n')
            at = LineAfter(list, at);
        return at;
    }

    private static int LineAfter(string list, int at) => list.IndexOf('\n', at) is >= 0 and var end ? end + 1 : list.Length;
}
