using System.Collections.Frozen;
using System.Collections.Immutable;
using Paco.Binding;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Global.Accounts;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Project;

/// <summary>Reads a project's directory: files, layers, objects. All mistakes go to the bag; nothing is thrown for them.</summary>
internal sealed class ProjectReader
{
    private static readonly string[] NetenvSections = ["network", "applications", "environments", "secrets_manager", "backup_vaults", "import_from", "title", "name"];

    private static readonly string[] MapSections = ["applications", "environments", "secrets_manager", "backup_vaults"];

    private readonly DiagnosticBag _bag;
    private readonly ProjectFiles _files;
    private readonly BindContext _context;
    private bool _knowsRegions;

    private ProjectReader(string home, DiagnosticBag bag)
    {
        _bag = bag;
        _files = new ProjectFiles(home, bag);
        _context = new BindContext(bag, _files, new ObjectIndex());
    }

    /// <summary>The project, or null where the directory holds none.</summary>
    public static PacoProject? Read(string home, DiagnosticBag bag)
    {
        if (Directory.Exists(home))
            return new ProjectReader(home, bag).Read();
        bag.Add(ProjectCodes.NoProject, Location.None, $"there is no directory {home}");
        return null;
    }

    private PacoProject? Read()
    {
        if (_files.TopFile("project.yaml") is not { } settingsFile)
        {
            _bag.Add(ProjectCodes.NoProject, Location.None, $"{_files.Home} is no Paco project: it has no project.yaml", "name the project's directory with --home or PACO_HOME");
            return null;
        }
        CheckVersion();
        var settings = Settings(settingsFile);
        var accounts = Accounts();
        var globals = Globals();
        var aliases = new Aliases(_files, _bag);
        var environments = YamlFiles("netenv", "NetworkEnvironments").Select(file => ReadNetenv(file, settings, aliases)).OfType<NetworkEnvironment>();
        return new PacoProject
        {
            Home = _files.Home,
            Settings = settings,
            Accounts = accounts,
            Globals = globals,
            NetworkEnvironments = [.. environments],
            Index = _context.Index,
        };
    }

    // Where the file is broken that is said once; what follows from it (no name, no regions) is not.
    private ProjectSettings Settings(string path)
    {
        var (node, file) = (_files.ReadYaml(path), _files.Read(path));
        _knowsRegions = node is not null;
        if (node is null && file is not null && !_bag.HasErrors)
            _bag.Add(ProjectCodes.NoProject, Location.Of(file), "project.yaml is empty", "it needs at least a name and active_regions");
        var context = node is null ? _context with { Bag = new DiagnosticBag() } : _context;
        return Bind(node, "project", "project", context, f => new ProjectSettings(f), file);
    }

    private void CheckVersion()
    {
        if (_files.TopFile("paco-project-version.txt") is not { } path)
            _bag.Add(ProjectCodes.WrongVersion, Location.None, "paco-project-version.txt is missing", "make it, with the line 7.0");
        else if (_files.Read(path) is { } file && file.Text.Trim().Split('.')[0] != "7")
            _bag.Add(ProjectCodes.WrongVersion, new Location(file, 1, 1, Math.Max(1, file.Text.Trim().Length)), $"layout version {file.Text.Trim()} is not one this version reads", "7.0 is");
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
            .Select(file => Bind(_files.ReadYaml(file.Path), file.Stem, $"accounts.{file.Stem}", _context, f => new Account(f), _files.Read(file.Path)))
            .ToImmutableArray();
        if (!accounts.Any(a => a.Name == "master"))
            _bag.Add(ProjectCodes.NoMaster, Location.None, "accounts/master.yaml is missing");
        return accounts;
    }

    private ImmutableArray<GlobalResource> Globals()
    {
        var globals = ImmutableArray.CreateBuilder<GlobalResource>();
        foreach (var (stem, path) in YamlFiles("resource", "resources"))
        {
            if (RoomCatalog.FindGlobal(stem) is { } room)
                globals.Add(Bind(_files.ReadYaml(path), room.FileStem, $"resource.{room.FileStem}", _context, room.Bind, _files.Read(path)));
            else
                UnknownGlobal(stem, path);
        }
        return globals.DrainToImmutable();
    }

    private void UnknownGlobal(string stem, string path)
    {
        string[] later = ["cloudtrail", "codecommit", "iam", "s3", "sns", "snstopics", "ssm", "config", "cloudwatch", "ec2", "route53"];
        if (_files.ReadYaml(path) is null || _files.Read(path) is not { } file)
            return;
        if (later.Contains(stem, StringComparer.OrdinalIgnoreCase))
            _bag.Add(Monitoring.LaterCodes.NotBuiltYet, Location.Of(file), $"resource/{stem} is not built yet");
        else
            _bag.Add(ProjectCodes.UnknownFile, Location.Of(file), $"nobody reads {file.Path}", Spelling.DidYouMean(stem, later));
    }

    private NetworkEnvironment? ReadNetenv((string Stem, string Path) file, ProjectSettings settings, Aliases aliases)
    {
        var mistakes = _bag.Count;
        if (_files.ReadYaml(file.Path) is not MapNode root)
        {
            if (_files.Read(file.Path) is { } source && _bag.Count == mistakes)
                _bag.Add(ProjectCodes.NoNetwork, Location.Of(source), $"{source.Path} needs a \"network\" section");
            return null;
        }
        root = new Imports(_files, _bag, file.Stem).Resolve((MapNode)aliases.Replace(root));
        foreach (var entry in root.Entries.Where(e => !NetenvSections.Contains(e.Key)))
            _bag.Add(ProjectCodes.UnknownSection, entry.KeyLocation, $"nobody reads the section \"{entry.Key}\"", Spelling.DidYouMean(entry.Key, NetenvSections));
        foreach (var entry in root.Entries.Where(e => MapSections.Contains(e.Key) && e.Value is not (MapNode or ScalarNode { IsNull: true })))
            _bag.Add(BindingCodes.WrongType, entry.Value.Location, $"\"{entry.Key}\" takes names with values, got {entry.Value.Kind}");
        if (root["network"] is not MapNode)
            _bag.Add(ProjectCodes.NoNetwork, root.Location, "a network environment needs a \"network\" section");
        var environments = root["environments"] as MapNode ?? new MapNode(root.Location, []);
        var layers = new EnvironmentLayers(root, file.Stem, _bag);
        if (layers.IsTooMuch(environments))
            return null;
        var regions = environments.Entries.ToFrozenDictionary(
            e => e.Key, e => (e.Value as MapNode)?.Entries.Select(x => x.Key).Where(Regions.IsKnown).ToFrozenSet() ?? []);
        return new NetworkEnvironment(file.Stem,
        [
            .. environments.Entries.Select(e => ReadEnvironment(e, file.Stem, settings, layers, regions)).OfType<NamedEnvironment>(),
        ]);
    }

    private NamedEnvironment? ReadEnvironment(
        Entry entry, string netenv, ProjectSettings settings, EnvironmentLayers layers, FrozenDictionary<string, FrozenSet<string>> known)
    {
        new Fields(null, netenv, $"netenv.{netenv}", null, _context).CheckName(entry);
        if (entry.Value is not MapNode environment)
        {
            _bag.Add(ProjectCodes.NoNetwork, entry.KeyLocation, $"the environment \"{entry.Key}\" needs a \"default\" section");
            return null;
        }
        if (Rewriter.At(environment, "default", "network") is not MapNode)
            _bag.Add(ProjectCodes.NoNetwork, entry.KeyLocation, $"the environment \"{entry.Key}\" needs default: network: aws_account:");
        var regions = ImmutableArray.CreateBuilder<RegionalEnvironment>();
        foreach (var part in environment.Entries.Where(e => e.Key is not ("default" or "title" or "name")))
        {
            if (!CheckRegion(part, settings))
                continue;
            var context = _context with { Scope = new RefScope(netenv, entry.Key, part.Key, known) };
            var path = $"netenv.{netenv}.{entry.Key}.{part.Key}";
            regions.Add(Bind(layers.Lay(environment, part), part.Key, path, context, f => new RegionalEnvironment(f), null));
        }
        return new NamedEnvironment(entry.Key, regions.DrainToImmutable());
    }

    private bool CheckRegion(Entry entry, ProjectSettings settings)
    {
        if (!Regions.IsKnown(entry.Key))
        {
            _bag.Add(ProjectCodes.NotARegion, entry.KeyLocation, $"\"{entry.Key}\" is neither a region nor a field of an environment",
                Spelling.DidYouMean(entry.Key, [.. Regions.All, "default", "title"]) ?? "fields such as enabled go below a region, or below default:");
            return false;
        }
        if (_knowsRegions && !settings.ActiveRegions.Contains(entry.Key))
            _bag.Add(ProjectCodes.InactiveRegion, entry.KeyLocation, $"{entry.Key} is not among the project's active_regions", "add it to active_regions in project.yaml");
        return true;
    }

    private static T Bind<T>(Node? node, string name, string path, BindContext context, Func<Fields, T> bind, SourceFile? file)
        where T : Model
    {
        var model = Fields.Bind(new Fields(node, name, path, null, context, file is null ? default : Location.Of(file)), bind);
        context.Index.Add(model);
        return model;
    }
}
