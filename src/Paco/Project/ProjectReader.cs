using System.Collections.Frozen;
using System.Collections.Immutable;
using Paco.Binding;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Global.Accounts;
using Paco.Monitoring;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Project;

/// <summary>Reads a project's directory: files, layers, objects. All mistakes go to the bag; nothing is thrown for them.</summary>
internal sealed partial class ProjectReader
{
    private static readonly string[] NetenvSections =
    [
        "network", "applications", "environments", "secrets_manager", "backup_vaults", "import_from", "title", "name",
    ];

    private static readonly string[] MapSections = ["applications", "environments", "secrets_manager", "backup_vaults"];

    private readonly DiagnosticBag _bag;
    private readonly ProjectFiles _files;
    private readonly BindContext _context;
    private readonly ProjectSettings _settings;
    private readonly ImmutableArray<Account> _accounts;
    private readonly ImmutableArray<GlobalResource> _globals;
    private readonly CredentialsFile? _credentials;
    private readonly Aliases _aliases;
    private readonly BindContext _environmentContext;
    private bool _knowsRegions;

    // What every scope needs: all but the files below netenv/, of which the names are enough until one is asked for.
    private ProjectReader(ProjectFiles files, string settingsFile, DiagnosticBag bag)
    {
        _bag = bag;
        _files = files;
        _context = new BindContext(bag, _files, new ObjectIndex());
        CheckVersion();
        _settings = Settings(settingsFile);
        files.IsStrict = _settings.StrictFiles;
        _accounts = Accounts();
        _credentials = CredentialsFile.Read(_files, _bag);
        _globals = Globals();
        _aliases = new Aliases(_files, _bag);
        _environmentContext = MonitorFiles();
        _netenvs = [.. YamlFiles("netenv", "NetworkEnvironments").DistinctBy(file => file.Stem)];
        foreach (var file in _netenvs)
            _context.Index.AddUnread($"netenv.{file.Stem}");
    }

    /// <summary>A project of which no environment is read yet, or null where the directory holds none.</summary>
    public static ProjectReader? Open(string home, DiagnosticBag bag)
    {
        if (!Directory.Exists(home))
        {
            bag.Add(ProjectCodes.NoProject, Location.None, $"there is no directory {home}");
            return null;
        }
        var files = new ProjectFiles(home, bag);
        if (files.TopFile("project.yaml") is { } settings)
            return new ProjectReader(files, settings, bag);
        bag.Add(ProjectCodes.NoProject, Location.None, $"{files.Home} is no Paco project: it has no project.yaml",
            "name the project's directory with --home or PACO_HOME");
        return null;
    }

    // Where the file is broken that is said once; what follows from it (no name, no regions) is not.
    private ProjectSettings Settings(string path)
    {
        var (node, file) = (_files.ReadYaml(path), _files.Read(path));
        // What is not there may have been lost with what is broken.
        _knowsRegions = node is MapNode map && (map["active_regions"] is { } listed ? listed is not BrokenNode : map.IsWhole);
        if (node is null && file is not null && !_bag.HasErrors)
            _bag.Add(ProjectCodes.NoProject, Location.Of(file), "project.yaml is empty", "it needs at least a name and active_regions");
        var context = node is null ? _context with { Bag = new DiagnosticBag() } : _context;
        return Bind(node, "project", "project", context, f => new ProjectSettings(f), file);
    }

    private void CheckVersion()
    {
        if (_files.TopFile("paco-project-version.txt") is not { } path)
        {
            _bag.Add(ProjectCodes.WrongVersion, Location.None, "paco-project-version.txt is missing", "make it, with the line 7.0");
        }
        else if (_files.Read(path) is { } file && file.Text.Trim().Split('.')[0] != "7")
        {
            _bag.Add(ProjectCodes.WrongVersion, new Location(file, 1, 1, Math.Max(1, file.Text.Trim().Length)),
                $"layout version {file.Text.Trim()} is not one this version reads", "7.0 is");
        }
    }

    private IReadOnlyList<(string Stem, string Path)> YamlFiles(params string[] directories)
    {
        var files = _files.YamlFiles(directories);
        foreach (var same in files.GroupBy(f => f.Stem, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
            _bag.Add(ProjectCodes.SameFile, Location.None, $"{string.Join(" and ", same.Select(f => _files.Shown(f.Path)))} have one name");
        return files;
    }

    private ImmutableArray<Account> Accounts()
    {
        var accounts = YamlFiles("accounts")
            .Select(file => Bind(_files.ReadYaml(file.Path), file.Stem, $"accounts.{file.Stem}", _context, f => new Account(f),
                _files.Read(file.Path)))
            .ToImmutableArray();
        if (!accounts.Any(a => a.Name == "master"))
            _bag.Add(ProjectCodes.NoMaster, Location.None, "accounts/master.yaml is missing");
        SharedAccounts.Report(accounts, _bag);
        return accounts;
    }

    private ImmutableArray<GlobalResource> Globals()
    {
        var globals = ImmutableArray.CreateBuilder<GlobalResource>();
        var files = YamlFiles("resource", "resources");
        foreach (var (stem, path) in files)
        {
            if (RoomCatalog.FindGlobal(stem) is { } room)
            {
                if (files.FirstOrDefault(f => IsNewer(f.Stem, room)) is { Path: { } newer })
                {
                    ReportOlder(path, newer);
                    continue;
                }
                globals.Add(Bind(_files.ReadYaml(path), room.Section, $"resource.{room.Section}", _context, room.Bind,
                    _files.Read(path)));
            }
            else
            {
                UnknownGlobal(stem, path);
            }
        }
        foreach (var (stem, _) in YamlFiles("service", "services"))
            NotBuilt.AddService(stem);
        return globals.DrainToImmutable();
    }

    private static bool IsNewer(string stem, GlobalRoom room) =>
        room.Section != room.FileStem && string.Equals(stem, room.Section, StringComparison.OrdinalIgnoreCase);

    private void ReportOlder(string path, string newer)
    {
        if (_files.Read(path) is { } file)
        {
            _bag.Add(ProjectCodes.OlderFile, Location.Of(file), $"nobody reads {file.Path}: {_files.Shown(newer)} counts",
                "move what is still wanted of it over, and delete it");
        }
    }

    private void UnknownGlobal(string stem, string path)
    {
        if (_files.ReadYaml(path) is not { } node || _files.Read(path) is not { } file)
            return;
        new Fields(node, stem, $"resource.{stem}", null, _context).IgnoreRest();
        if (NotBuiltFiles.Stems.Contains(stem, StringComparer.OrdinalIgnoreCase))
        {
            _bag.Add(LaterCodes.NotBuiltYet, Location.Of(file), $"resource/{stem} is not built yet",
                subject: $"resource.{stem.ToLowerInvariant()}");
            NotBuilt.AddGlobal(stem, node);
        }
        else
        {
            _bag.Add(ProjectCodes.UnknownFile, Location.Of(file), $"nobody reads {file.Path}",
                Spelling.DidYouMean(stem, NotBuiltFiles.Stems.Concat(RoomCatalog.GlobalRooms.Select(r => r.FileStem))));
        }
    }

    private NotBuiltFiles NotBuilt => new(_context);

    private OpenedNetenv? OpenNetenv((string Stem, string Path) file)
    {
        var mistakes = _bag.Count;
        var node = _files.ReadYaml(file.Path);
        if (node is BrokenNode)
            Miss(node, file.Stem, $"netenv.{file.Stem}");
        if (node is not MapNode root)
        {
            if (_files.Read(file.Path) is { } source && _bag.Count == mistakes)
                _bag.Add(ProjectCodes.NoNetwork, Location.Of(source), $"{source.Path} needs a \"network\" section");
            return null;
        }
        root = new Imports(_files, _bag, file.Stem).Resolve((MapNode)_aliases.Replace(root));
        foreach (var entry in root.Entries.Where(e => !NetenvSections.Contains(e.Key)))
        {
            _bag.Add(BindingCodes.UnreadKey, entry.KeyLocation, $"nobody reads the section \"{entry.Key}\"",
                Spelling.DidYouMean(entry.Key, NetenvSections));
        }
        foreach (var entry in root.Entries.Where(e => MapSections.Contains(e.Key)
            && e.Value is not (MapNode or BrokenNode or ScalarNode { IsNull: true })))
        {
            _bag.Add(BindingCodes.WrongType, entry.Value.Location, $"\"{entry.Key}\" takes names with values, got {entry.Value.Kind}");
        }
        if (root["network"] is not (MapNode or BrokenNode))
            _bag.Add(ProjectCodes.NoNetwork, root.Location, "a network environment needs a \"network\" section");
        if (root["environments"] is BrokenNode || (root["environments"] is null && !root.IsWhole))
            Miss(new BrokenNode(root.Location), file.Stem, $"netenv.{file.Stem}");
        var environments = root["environments"] as MapNode ?? new MapNode(root.Location, []);
        if (root.IsWhole)
            Overrides.CheckUse(root["applications"] as MapNode, environments, _bag);
        var regions = environments.Entries.ToFrozenDictionary(
            e => e.Key, e => (e.Value as MapNode)?.Entries.Select(x => x.Key).Where(Regions.IsKnown).ToFrozenSet() ?? []);
        return new OpenedNetenv(file.Stem, environments, new EnvironmentLayers(root, file.Stem, _bag), regions);
    }

    private NamedEnvironment? ReadEnvironment(OpenedNetenv file, Entry entry)
    {
        var netenv = file.Name;
        new Fields(null, netenv, $"netenv.{netenv}", null, _context).CheckName(entry);
        if (entry.Value is BrokenNode)
            return Miss(entry.Value, entry.Key, $"netenv.{netenv}.{entry.Key}");
        if (entry.Value is not MapNode environment)
        {
            _bag.Add(ProjectCodes.NoNetwork, entry.KeyLocation, $"the environment \"{entry.Key}\" needs a \"default\" section");
            return null;
        }
        if (environment["default"] is not BrokenNode && Rewriter.At(environment, "default", "network") is not (MapNode or BrokenNode))
            _bag.Add(ProjectCodes.NoNetwork, entry.KeyLocation, $"the environment \"{entry.Key}\" needs default: network: aws_account:");
        var regions = ImmutableArray.CreateBuilder<RegionalEnvironment>();
        foreach (var part in environment.Entries.Where(e => e.Key is not ("default" or "title" or "name")))
        {
            if (!CheckRegion(part))
                continue;
            var context = _environmentContext with
            {
                Scope = new RefScope(netenv, entry.Key, part.Key, file.Regions),
                Copies = file.Layers.Copies(environment, part),
            };
            var path = $"netenv.{netenv}.{entry.Key}.{part.Key}";
            regions.Add(Bind(file.Layers.Lay(environment, part), part.Key, path, context, f => new RegionalEnvironment(f), null));
        }
        return new NamedEnvironment(entry.Key, (environment["title"] as ScalarNode)?.Value ?? "", regions.DrainToImmutable());
    }

    // References into what is broken lead somewhere, for all anybody knows.
    private NamedEnvironment? Miss(Node broken, string name, string path)
    {
        _context.Index.Add(new BrokenObject(new Fields(broken, name, path, null, _context)));
        return null;
    }

    private bool CheckRegion(Entry entry)
    {
        if (!Regions.IsKnown(entry.Key))
        {
            _bag.Add(ProjectCodes.NotARegion, entry.KeyLocation, $"\"{entry.Key}\" is neither a region nor a field of an environment",
                Spelling.DidYouMean(entry.Key, [.. Regions.All, "default", "title"])
                    ?? "fields such as enabled go below a region, or below default:");
            return false;
        }
        if (_knowsRegions && !_settings.ActiveRegions.Contains(entry.Key))
        {
            _bag.Add(ProjectCodes.InactiveRegion, entry.KeyLocation, $"{entry.Key} is not among the project's active_regions",
                "add it to active_regions in project.yaml");
        }
        return true;
    }

    private sealed class BrokenObject(Fields f) : Model(f);

    private static T Bind<T>(Node? node, string name, string path, BindContext context, Func<Fields, T> bind, SourceFile? file)
        where T : Model
    {
        var model = Fields.Bind(new Fields(node, name, path, null, context, file is null ? default : Location.Of(file)), bind);
        context.Index.Add(model);
        return model;
    }
}
