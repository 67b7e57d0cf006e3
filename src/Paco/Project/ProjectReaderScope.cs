using System.Collections.Frozen;
using System.Collections.Immutable;
using Paco.Diagnostics;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Project;

/// <summary>
/// Which part of the files below <c>netenv/</c> is read: what a scope covers and what references lead to. A file is opened
/// once and each of its environments laid and bound once, when they are first asked for.
/// </summary>
internal sealed partial class ProjectReader
{
    private readonly ImmutableArray<(string Stem, string Path)> _netenvs;
    private readonly Dictionary<string, OpenedNetenv?> _opened = new(StringComparer.Ordinal);

    /// <summary>The project as far as it is read, in the order of the files whatever was read first.</summary>
    public PacoProject Project => new()
    {
        Home = _files.Home,
        Settings = _settings,
        Accounts = _accounts,
        Globals = _globals,
        NetworkEnvironments = [.. _netenvs.Select(file => _opened.GetValueOrDefault(file.Stem)?.Read()).OfType<NetworkEnvironment>()],
        Index = _context.Index,
        NotRead = NotRead,
        Credentials = _credentials,
    };

    private NotRead NotRead
    {
        get
        {
            var files = _netenvs.Where(file => !_opened.ContainsKey(file.Stem)).Select(file => new ObjectPath($"netenv.{file.Stem}"));
            var partly = _opened.Values.OfType<OpenedNetenv>().Where(file => file.Unread.Any()).ToList();
            var environments = partly.SelectMany(file => file.Unread.Select(e => new ObjectPath($"netenv.{file.Name}.{e.Key}")));
            return new NotRead([.. files], _netenvs.Length, [.. environments], partly.Sum(file => file.Environments.Entries.Length));
        }
    }

    /// <summary>Reads what a scope covers, and every environment that references in it lead to.</summary>
    public void Read(Scope scope)
    {
        var part = scope.Part;
        ReadFiles(part.Path);
        if (part == Scope.All)
            return;
        Read(part.Path);
        if (part.Path.Environment is { } environment)
            ListNamesakes(Names.Stack(environment.NetworkEnvironment, environment.Name));
        Read([.. _context.Index.Uses.Where(use => part.Covers(use.Owner)).Select(use => use.Ref.Path)]);
        ReadBucketUsers(part.Path);
    }

    /// <summary>
    /// What a command can be about, by names alone: the accounts, each file below <c>resource/</c>, each environment. Opens files and
    /// binds no environment.
    /// </summary>
    public ImmutableArray<Scope> Scopes =>
    [
        .. _accounts.IsEmpty ? [] : (Scope[])[new("accounts")],
        .. _netenvs.Select(file => Netenv(file.Stem)).OfType<OpenedNetenv>()
            .SelectMany(file => file.Environments.Entries, (file, entry) => new Scope($"netenv.{file.Name}.{entry.Key}")),
        .. _globals.Select(global => new Scope(global.Path)),
    ];

    /// <summary>The names one level below a path. Reads no more than the environment that the path leads into.</summary>
    public IReadOnlyList<string> NamesBelow(ObjectPath path)
    {
        switch (path.Parts)
        {
            case ["netenv", var name]:
                Netenv(name);
                break;
            case ["netenv", var name, var environment]:
                return Netenv(name)?.Regions.GetValueOrDefault(environment)?.ToList() ?? [];
            case ["netenv", ..]:
                Read(path);
                break;
        }
        return _context.Index.Children(path);
    }

    /// <summary>What is at a path, as far as it was read.</summary>
    public Binding.Model? Find(ObjectPath path) => _context.Index.Find(path);

    // Files that a scope covers as a whole, every environment in them.
    private void ReadFiles(ObjectPath scope)
    {
        var covered = _netenvs.Where(file => scope.Covers($"netenv.{file.Stem}")).ToList();
        _files.ParseAhead(covered.Select(file => file.Path));
        var files = new List<OpenedNetenv>();
        foreach (var (stem, _) in covered)
        {
            if (Netenv(stem) is not { } file)
                continue;
            Read(file, file.Environments.Entries);
            files.Add(file);
        }
        if (files.Count == _netenvs.Length)
            return;
        foreach (var environment in files.SelectMany(file => file.Environments.Entries, (file, e) => Names.Stack(file.Name, e.Key)))
            ListNamesakes(environment);
    }

    /// <summary>Reads the environments that paths lead into; true where one of them is new.</summary>
    public bool Read(ImmutableArray<ObjectPath> paths)
    {
        var isNew = false;
        foreach (var path in paths)
            isNew |= Read(path);
        return isNew;
    }

    private bool Read(ObjectPath path) =>
        path.Parts is ["netenv", var name, var environment, ..] && Netenv(name) is { } file
        && !file.WasRead(environment) && file.Environments.Find(environment) is { } entry && Read(file, [entry]);

    private bool Read(OpenedNetenv file, ImmutableArray<Entry> environments)
    {
        var isTooMuch = file.Layers.IsTooMuch(environments);
        foreach (var entry in environments)
        {
            var environment = isTooMuch ? null : ReadEnvironment(file, entry);
            file.Add(entry.Key, environment);
            // What is broken is reported there, not where somebody refers to it.
            if (environment is not null)
                _context.Index.RemoveUnread($"netenv.{file.Name}.{entry.Key}");
        }
        return true;
    }

    // Whose a deployed stack is can hang on its name alone, and one of netenv.shop.eu-dev has the name of one of netenv.shop-eu.dev:
    // then the names of the environments are wanted. Whatever else is the matter with that file does not concern this run.
    private void ListNamesakes(string prefix)
    {
        foreach (var (name, path) in _netenvs.Where(f => !_opened.ContainsKey(f.Stem)
            && prefix.StartsWith($"{Names.Stack(f.Stem)}-", StringComparison.Ordinal)))
        {
            var mistakes = new DiagnosticBag();
            if (new ProjectFiles(_files.Home, mistakes).ReadYaml(path) is MapNode root && root["import_from"] is null
                && !mistakes.HasErrors)
            {
                SetUnread(name, root["environments"] as MapNode);
            }
        }
    }

    private void SetUnread(string name, MapNode? environments)
    {
        _context.Index.RemoveUnread($"netenv.{name}");
        foreach (var entry in environments?.Entries ?? [])
            _context.Index.AddUnread($"netenv.{name}.{entry.Key}");
    }

    // A file that is broken stays unread; that it is broken is in the bag.
    private OpenedNetenv? Netenv(string name)
    {
        if (_opened.TryGetValue(name, out var opened) || !_netenvs.Any(file => file.Stem == name))
            return opened;
        _opened[name] = opened = OpenNetenv(_netenvs.First(file => file.Stem == name));
        if (opened is not null)
            SetUnread(name, opened.Environments);
        return opened;
    }
}

/// <summary>An opened file below <c>netenv/</c>, with the environments that were read of it so far.</summary>
internal sealed class OpenedNetenv(string name, MapNode environments, EnvironmentLayers layers,
    FrozenDictionary<string, FrozenSet<string>> regions)
{
    private readonly Dictionary<string, NamedEnvironment?> _read = new(StringComparer.Ordinal);

    public string Name { get; } = name;

    public MapNode Environments { get; } = environments;

    public EnvironmentLayers Layers { get; } = layers;

    /// <summary>The regions of every environment.</summary>
    public FrozenDictionary<string, FrozenSet<string>> Regions { get; } = regions;

    /// <summary>All of its environments with their accounts.</summary>
    public required AccountNeighbours Neighbours { get; init; }

    public IEnumerable<Entry> Unread => Environments.Entries.Where(entry => !WasRead(entry.Key));

    /// <summary>True for an environment that was read, also where that found it broken.</summary>
    public bool WasRead(string environment) => _read.ContainsKey(environment);

    /// <param name="environment">Its name.</param>
    /// <param name="read">Null where it is broken.</param>
    public void Add(string environment, NamedEnvironment? read) => _read[environment] = read;

    /// <summary>What was read, in the order of the file.</summary>
    public NetworkEnvironment Read() =>
        new(Name, [.. Environments.Entries.Select(entry => _read.GetValueOrDefault(entry.Key)).OfType<NamedEnvironment>()]);
}
