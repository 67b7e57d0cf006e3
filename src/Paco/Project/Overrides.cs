using System.Collections.Immutable;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Project;

/// <summary>What environments say of applications, held against the base: each override has something to override.</summary>
internal static class Overrides
{
    private const int MostNames = 12;

    /// <summary>
    /// The override of an application; a resource in it that the base does not have, and that states no type of its own, is reported
    /// and broken.
    /// </summary>
    public static Node Check(Node below, Node above, DiagnosticBag bag) =>
        Each(above, "groups", group => Rewriter.At(below, "groups", group.Key) is BrokenNode || below is BrokenNode
            ? group.Value
            : Each(group.Value, "resources", resource => Resource(Rewriter.At(below, "groups", group.Key, "resources"), resource, bag)));

    /// <summary>Warns of every application of the base that no environment names.</summary>
    public static void CheckUse(MapNode? applications, MapNode environments, DiagnosticBag bag)
    {
        if (environments.Entries.IsEmpty)
            return;
        var named = environments.Entries.Select(e => e.Value).OfType<MapNode>().SelectMany(e => e.Entries)
            .Select(part => Rewriter.At(part.Value, "applications")).OfType<MapNode>()
            .SelectMany(a => a.Entries).Select(a => EnvironmentLayers.BaseOf(a.Key)).ToHashSet(StringComparer.Ordinal);
        foreach (var unused in (applications?.Entries ?? []).Where(a => !named.Contains(a.Key)))
        {
            bag.Add(ProjectCodes.UnusedApplication, unused.KeyLocation, $"no environment names the application \"{unused.Key}\"",
                $"write applications: {unused.Key}: below default: of the environments that are to have it");
        }
    }

    private static Node Resource(Node? resources, Entry written, DiagnosticBag bag)
    {
        var there = (resources as MapNode)?.Entries ?? [];
        if (resources is BrokenNode || written.Value is not MapNode { Tag: null } map || map.Find("type") is not null
            || map.Entries.IsEmpty || there.Any(e => e.Key == written.Key))
        {
            return written.Value;
        }
        var names = there.Select(e => e.Key).ToArray();
        var near = Spelling.Nearest(written.Key, names);
        var has = near is not null ? $"the base has \"{near}\""
            : names.Length is > 0 and <= MostNames ? $"the base has {string.Join(", ", names.Order(StringComparer.Ordinal))}"
            : null;
        bag.Add(ProjectCodes.NothingToOverride, written.KeyLocation, $"there is no \"{written.Key}\" to override",
            has is null ? "a resource that only the environment has states its type"
                : $"{has}; a resource that only the environment has states its type");
        return new BrokenNode(written.KeyLocation);
    }

    private static Node Each(Node node, string key, Func<Entry, Node> change)
    {
        if (node is not MapNode map || map[key] is not MapNode inner)
            return node;
        var entries = inner.Entries.Select(e => e with { Value = change(e) }).ToImmutableArray();
        return entries.SequenceEqual(inner.Entries)
            ? node
            : Rewriter.With(map, key, new MapNode(inner.Location, entries, inner.Tag) { Overridden = inner.Overridden });
    }
}
