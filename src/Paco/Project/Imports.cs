using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Project;

/// <summary>Carries out <c>import_from</c> in a netenv file: the whole file from another one, a region, a group.</summary>
internal sealed class Imports(ProjectFiles files, DiagnosticBag bag, string networkEnvironment)
{
    internal const string Doc = "What it takes over: `file://other.yaml` next to this file, or `paco.ref netenv.…` of this file.";

    private const long MaxWeight = YamlReader.MaxWeight * 5;
    private const string FilePrefix = "file://";

    private long _weight;

    private string RefPrefix => $"paco.ref netenv.{networkEnvironment}.";

    public MapNode Resolve(MapNode root)
    {
        if (root["import_from"] is ScalarNode from && Source(root, from) is { } imported)
            root = Overlay.Lay(imported, Rewriter.With(root, "import_from", null)) as MapNode ?? WithBrokenSections(root);
        root = Each(root, ["applications"],
            (app, application) => Each(application, ["groups"], (name, group) => Group(root, app, name, group)));
        return Each(root, ["environments"], (_, environment) => Each(environment, [], (_, region) => Region(root, region)));
    }

    // What the group itself says wins over what it imports; references to the source's own group mean this one.
    private MapNode Group(MapNode root, string application, string name, MapNode group)
    {
        if (group["import_from"] is not ScalarNode from || Source(root, from) is not MapNode imported)
            return group;
        if (from.Value.StartsWith(RefPrefix, StringComparison.Ordinal))
        {
            ObjectPath here = $"netenv.{networkEnvironment}.applications.{application}.groups.{name}";
            imported = (MapNode)Rewriter.Moved(imported, new Move(from.Value[Binding.Ref.Prefix.Length..].Trim(), here));
        }
        return (MapNode)Overlay.Lay(imported, group)!;
    }

    // What would have been imported is broken: each section may lack something.
    private static MapNode WithBrokenSections(MapNode root) =>
        EnvironmentLayers.Sections.Aggregate(root, (map, section) => Rewriter.With(map, section, new BrokenNode(root.Location)));

    // For a region it is the other way round: what is imported wins.
    private MapNode Region(MapNode root, MapNode region) =>
        region["import_from"] is ScalarNode from && Source(root, from) is MapNode imported
            ? (MapNode)Overlay.Lay(region, imported)!
            : region;

    private Node? Source(MapNode root, ScalarNode from)
    {
        var node = from.Value.StartsWith(FilePrefix, StringComparison.Ordinal) ? FromFile(from)
            : from.Value.StartsWith(RefPrefix, StringComparison.Ordinal) ? FromHere(root, from.Value[RefPrefix.Length..])
            : null;
        if (node is null)
        {
            bag.Add(ProjectCodes.BadImport, from.Location, $"\"{from.Value}\" leads nowhere",
                "file://other.yaml next to this file, or paco.ref netenv.… of this file");
        }
        // Imports of imports multiply; what is past the limit is left out, and the file with it.
        _weight += node?.Weight ?? 0;
        if (_weight <= MaxWeight)
            return node;
        bag.Add(SyntaxCodes.TooLarge, root.Location, $"more than {MaxWeight:N0} values, imports written out");
        return null;
    }

    private static Node? FromHere(MapNode root, ObjectPath path) =>
        Rewriter.At(root, path.Parts) ?? Rewriter.At(root, ["environments", .. path.Parts]);

    private Node? FromFile(ScalarNode from)
    {
        var folder = Path.GetDirectoryName(from.Location.File?.Path) ?? "";
        if (files.Resolve(folder, from.Value[FilePrefix.Length..]) is not { } path || !Path.Exists(path)
            || files.ReadYaml(path, from.Location) is not { } node)
        {
            return null;
        }
        var other = Path.GetFileNameWithoutExtension(path);
        return Rewriter.Moved(node, new Move($"netenv.{other}", $"netenv.{networkEnvironment}"));
    }

    private static MapNode Each(MapNode map, string[] path, Func<string, MapNode, MapNode> change)
    {
        if (path.Length > 0)
        {
            return map[path[0]] is MapNode inner && Each(inner, path[1..], change) is var changed && !ReferenceEquals(changed, inner)
                ? Rewriter.With(map, path[0], changed)
                : map;
        }
        foreach (var entry in map.Entries)
        {
            if (entry.Value is MapNode value && change(entry.Key, value) is var made && !ReferenceEquals(made, value))
                map = Rewriter.With(map, entry.Key, made);
        }
        return map;
    }
}
