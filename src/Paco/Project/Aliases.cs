using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Project;

/// <summary>The texts below <c>alias/</c>: <c>paco.ref alias.FILE.KEY</c> in a netenv file stands for one of them.</summary>
internal sealed class Aliases
{
    private const string Prefix = "paco.ref alias.";

    private readonly Dictionary<string, Node> _files = new(StringComparer.OrdinalIgnoreCase);
    private readonly DiagnosticBag _bag;

    public Aliases(ProjectFiles files, DiagnosticBag bag)
    {
        _bag = bag;
        foreach (var (stem, path) in files.YamlFiles("alias"))
        {
            if (files.ReadYaml(path) is { } node)
                _files[stem] = node;
        }
    }

    public Node Replace(Node node) => node switch
    {
        ScalarNode scalar when scalar.Value.StartsWith(Prefix, StringComparison.Ordinal) => Stands(scalar),
        MapNode map => Changed(map),
        ListNode list => new ListNode(list.Location, [.. list.Items.Select(Replace)], list.Tag),
        _ => node,
    };

    private MapNode Changed(MapNode map) =>
        _files.Count == 0 && !Holds(map)
            ? map
            : new MapNode(map.Location, [.. map.Entries.Select(e => e with { Value = Replace(e.Value) })], map.Tag);

    // Without an alias directory a reference to one is still a mistake to report.
    private static bool Holds(Node node) => node switch
    {
        ScalarNode scalar => scalar.Value.StartsWith(Prefix, StringComparison.Ordinal),
        MapNode map => map.Entries.Any(e => Holds(e.Value)),
        ListNode list => list.Items.Any(Holds),
        _ => false,
    };

    private Node Stands(ScalarNode scalar)
    {
        var parts = scalar.Value[Prefix.Length..].Split('.', 2);
        var file = _files.GetValueOrDefault(parts[0]);
        var found = parts.Length == 2 && file is MapNode map ? map[parts[1]] : file;
        if (found is BrokenNode)
            return new BrokenNode(scalar.Location);
        if (found is ScalarNode text)
            return new ScalarNode(scalar.Location, text.Value, true, scalar.Tag);
        _bag.Add(ProjectCodes.UnknownAlias, scalar.Location, $"there is no alias \"{scalar.Value[Prefix.Length..]}\"",
            file is MapNode known
                ? Spelling.DidYouMean(parts[^1], known.Entries.Select(e => e.Key))
                : Spelling.DidYouMean(parts[0], _files.Keys));
        return new ScalarNode(scalar.Location, "", true, scalar.Tag);
    }
}
