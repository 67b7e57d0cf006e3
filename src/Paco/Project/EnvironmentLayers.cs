using System.Collections.Immutable;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Project;

/// <summary>Lays base, <c>default:</c> and region of an environment over each other, section by section.</summary>
internal sealed class EnvironmentLayers(MapNode file, string networkEnvironment, DiagnosticBag bag)
{
    internal static readonly string[] Sections = ["network", "applications", "secrets_manager", "backup_vaults"];

    // Every environment repeats the base: files within their limits can still be far too much together.
    private const long MaxWeight = 5_000_000;

    /// <summary>Reports environments that are too much, written out; laying them first to be sure only where it could be.</summary>
    public bool IsTooMuch(IEnumerable<Entry> environments)
    {
        var laid = environments.Where(e => e.Value is MapNode)
            .SelectMany(e => ((MapNode)e.Value).Entries.Select(region => (Environment: (MapNode)e.Value, region))).ToList();
        if (laid.Count * file.Weight <= MaxWeight)
            return false;
        var sum = 0L;
        foreach (var (environment, region) in laid.Where(l => Clouds.Regions.IsKnown(l.region.Key)))
        {
            sum += Lay(environment, region).Weight;
            if (sum <= MaxWeight)
                continue;
            bag.Add(SyntaxCodes.TooLarge, region.KeyLocation, $"more than {MaxWeight:N0} values, environments written out");
            return true;
        }
        return false;
    }

    /// <summary>The tree of one environment in one region.</summary>
    public Node Lay(MapNode environment, Entry region)
    {
        if (environment["default"] is BrokenNode || region.Value is BrokenNode)
            return new BrokenNode(region.KeyLocation);
        var defaults = environment["default"] as MapNode;
        var over = region.Value as MapNode ?? new MapNode(region.KeyLocation, []);
        var all = (MapNode)Overlay.Lay(defaults, over)!;
        foreach (var section in Sections)
            all = Rewriter.With(all, section, Section(section, defaults?[section], over[section]));
        return all;
    }

    private Node? Section(string section, Node? defaults, Node? over) => section switch
    {
        "network" => Overlay.Lay(Overlay.Lay(file["network"], defaults), over),
        "applications" => Applications(Overlay.Lay(defaults, over), defaults, over),
        "secrets_manager" => Secrets(Overlay.Lay(defaults, over)),
        _ => defaults is null && over is null ? null : Overlay.Lay(Overlay.Lay(file[section], defaults), over),
    };

    // Only the applications an environment names exist in it.
    private Node? Applications(Node? named, Node? defaults, Node? over)
    {
        if (named is not MapNode map)
            return named as BrokenNode;
        var entries = ImmutableArray.CreateBuilder<Entry>();
        foreach (var entry in map.Entries)
        {
            var (baseName, suffix) = Split(entry.Key);
            var below = file["applications"] is BrokenNode broken ? broken : Rewriter.At(file, "applications", baseName);
            if (below is null)
            {
                bag.Add(ProjectCodes.UnknownApplication, entry.KeyLocation, $"there is no application \"{baseName}\" in the base section",
                    Spelling.DidYouMean(baseName, (file["applications"] as MapNode)?.Entries.Select(e => e.Key) ?? []));
                continue;
            }
            var laid = Over(Over(below, Rewriter.At(defaults, entry.Key)), Rewriter.At(over, entry.Key));
            if (suffix is not null)
                laid = Rewriter.Moved(laid, MovesOf(baseName, baseName + suffix));
            entries.Add(new Entry(baseName + suffix, entry.KeyLocation, laid));
        }
        return new MapNode(map.Location, entries.DrainToImmutable());
    }

    // "app:" with nothing below it means the application as it is in the base.
    private Node Over(Node below, Node? above) => above is null or ScalarNode { IsNull: true }
        ? below
        : Overlay.Lay(below, Overrides.Check(below, above, bag))!;

    /// <summary>The application that an environment means by a name: <c>app</c> by <c>app{dog}</c> too.</summary>
    internal static string BaseOf(string name) => Split(name).Base;

    private static (string Base, string? Suffix) Split(string name) =>
        name.IndexOf('{', StringComparison.Ordinal) is > 0 and var at && name.EndsWith('}')
            ? (name[..at], name[(at + 1)..^1])
            : (name, null);

    /// <summary>What references mean in the copied applications of an environment in a region, by the copies' names.</summary>
    public IReadOnlyDictionary<string, ImmutableArray<Move>> Copies(MapNode environment, Entry region) =>
        new[] { environment["default"], region.Value }
            .SelectMany(layer => (Rewriter.At(layer, "applications") as MapNode)?.Entries ?? []).Select(entry => Split(entry.Key))
            .Where(name => name.Suffix is not null).DistinctBy(name => name.Base + name.Suffix)
            .ToDictionary(name => name.Base + name.Suffix, name => MovesOf(name.Base, name.Base + name.Suffix));

    // In a copied application references to the original mean the copy; "app{}" means the original all the same.
    private ImmutableArray<Move> MovesOf(string from, string to)
    {
        ObjectPath applications = $"netenv.{networkEnvironment}.applications";
        return
        [
            new Move(applications.Below(from), applications.Below(to)),
            new Move(applications.Below($"{from}{{}}"), applications.Below(from)),
        ];
    }

    // Only the secrets an environment names exist in it: application, group, secret.
    private Node? Secrets(Node? named) => named is MapNode map ? Narrow(map, file["secrets_manager"], 3) : named as BrokenNode;

    private static MapNode Narrow(MapNode named, Node? below, int levels)
    {
        var entries = named.Entries.Select(entry =>
        {
            var under = below as BrokenNode ?? (below as MapNode)?[entry.Key];
            var value = levels > 1 && entry.Value is MapNode inner ? Narrow(inner, under, levels - 1)
                : entry.Value is ScalarNode { IsNull: true } && under is not null ? under
                : Overlay.Lay(under, entry.Value)!;
            return entry with { Value = value };
        });
        return new MapNode(named.Location, [.. entries], named.Tag) { Overridden = below };
    }
}
