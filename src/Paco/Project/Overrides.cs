using System.Collections.Immutable;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Project;

/// <summary>What environments say of applications, held against the base: each override has something to override.</summary>
internal static class Overrides
{
    private const int MostNames = 12;

    /// <summary>
    /// The override of an application; a group or resource in it that the base does not have, and that has no type of its own, is
    /// reported and broken.
    /// </summary>
    public static Node Check(Node below, Node above, DiagnosticBag bag) =>
        Each(above, "groups", group => Group(Rewriter.At(below, "groups"), group, bag));

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

    private static Node Group(Node? groups, Entry written, DiagnosticBag bag)
    {
        var there = Rewriter.At(groups, written.Key);
        if (groups is BrokenNode || there is BrokenNode || written.Value is not MapNode { Tag: null } map)
            return written.Value;
        var isOwn = (map["resources"] as MapNode)?.Entries.Any(resource => Rewriter.At(resource.Value, "type") is not null) == true;
        return there is null && !isOwn && groups is MapNode { Entries.Length: > 0 }
            ? Nothing(groups, written, "group ", bag)
            : Each(map, "resources", resource => Resource(Rewriter.At(there, "resources"), resource, bag));
    }

    private static Node Resource(Node? resources, Entry written, DiagnosticBag bag) =>
        resources is BrokenNode || Rewriter.At(resources, written.Key) is not null
            || written.Value is not MapNode { Tag: null, Entries.Length: > 0 } map || map.Find("type") is not null
            ? written.Value
            : Nothing(resources, written, "", bag);

    private static BrokenNode Nothing(Node? there, Entry written, string what, DiagnosticBag bag)
    {
        var names = ((there as MapNode)?.Entries ?? []).Select(e => e.Key).ToArray();
        var has = Spelling.Nearest(written.Key, names) is { } near ? $"; the base has \"{near}\""
            : names.Length is > 0 and <= MostNames ? $"; the base has {string.Join(", ", names.Order(StringComparer.Ordinal))}"
            : "";
        bag.Add(ProjectCodes.NothingToOverride, written.KeyLocation, $"there is no {what}\"{written.Key}\" to override{has}",
            "a resource that only the environment has states its type");
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
