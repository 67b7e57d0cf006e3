using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>A log group with its name in CloudWatch Logs.</summary>
/// <param name="Title">The stack that makes it, or what writes to it, as people read it.</param>
public sealed record KnownLog(WrittenLog Log, string Title, string Name)
{
    public Place Place => Log.Place;

    /// <summary>Those of a part of a graph whose names are known, in the order they were stated; each group once.</summary>
    internal static async Task<ImmutableArray<KnownLog>> Of(StackGraph graph, KnownValues values)
    {
        var known = ImmutableArray.CreateBuilder<KnownLog>();
        foreach (var log in graph.Logs)
        {
            if (graph.Find(log.Node) is { } node && await log.GroupName.Value(values) is { Length: > 0 } name)
                known.Add(new KnownLog(log, node.Title, name));
        }
        return [.. known.DistinctBy(log => (log.Place, log.Name))];
    }
}
