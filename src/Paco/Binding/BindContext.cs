using System.Collections.Immutable;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Binding;

/// <summary>What reading a project shares: where mistakes go, the files, the objects found, the references used.</summary>
public sealed record BindContext(DiagnosticBag Bag, ProjectFiles Files, ObjectIndex Index)
{
    public RefScope Scope { get; init; } = RefScope.Global;

    /// <summary>The log sets of <c>monitor/logging.yaml</c>, which lie under those that objects name; null where there are none.</summary>
    public MapNode? LogSets { get; init; }

    /// <summary>Some of them could not be read: nobody can say that one is not there.</summary>
    public bool LacksLogSets { get; init; }

    /// <summary>The alarm sets of <c>monitor/alarmsets.yaml</c> by resource type; null where there are none.</summary>
    public MapNode? AlarmSets { get; init; }

    /// <summary>Some of them could not be read.</summary>
    public bool LacksAlarmSets { get; init; }

    /// <summary>
    /// What references in files outside the environment mean within a copied application, by the copy's name: the copy instead of the
    /// original.
    /// </summary>
    public IReadOnlyDictionary<string, ImmutableArray<Move>> Copies { get; init; } =
        ImmutableDictionary<string, ImmutableArray<Move>>.Empty;

    /// <summary>What lies under an object at a path, read outside its application.</summary>
    internal MapNode InApplication(MapNode outside, ObjectPath path) =>
        path.Application is { } application && Copies.TryGetValue(application, out var moves)
            ? (MapNode)Rewriter.Moved(outside, moves)
            : outside;

    /// <summary>What is looked at once a whole tree of objects is read, when every <c>enabled</c> above is known.</summary>
    internal Queue<Action> Rules { get; } = new();
}

/// <summary>Every object of the project by its path, and every reference somebody wrote.</summary>
public sealed class ObjectIndex
{
    private readonly Dictionary<ObjectPath, Model> _objects = [];
    private readonly List<RefUse> _uses = [];
    private readonly HashSet<ObjectPath> _unread = [];

    // The names one level below each path, and the paths they were taken from: made when somebody asks, and kept up from then on.
    private (Dictionary<ObjectPath, List<string>> Names, HashSet<ObjectPath> Of)? _children;

    public IReadOnlyList<RefUse> Uses => _uses;

    public IReadOnlyDictionary<ObjectPath, Model> Objects => _objects;

    public void Add(Model model)
    {
        if (_objects.TryAdd(model.Path, model))
            Enter(model.Path);
    }

    public void Add(RefUse use) => _uses.Add(use);

    /// <summary>
    /// What the project has and this run has not read: network environments (<c>netenv.mynet</c>) and environments
    /// (<c>netenv.mynet.dev</c>). Their names are known, what stands in them is not.
    /// </summary>
    public IReadOnlyCollection<ObjectPath> Unread => _unread;

    public void AddUnread(ObjectPath path)
    {
        if (_unread.Add(path))
            Enter(path);
    }

    public void RemoveUnread(ObjectPath path)
    {
        _unread.Remove(path);
        _children = null;
    }

    /// <summary>True for a path that leads into what was not read, so that nobody can say whether there is anything at it.</summary>
    public bool IsUnread(ObjectPath path)
    {
        foreach (var unread in _unread)
        {
            if (unread.Covers(path))
                return true;
        }
        return false;
    }

    public Model? Find(ObjectPath path) => _objects.GetValueOrDefault(path);

    /// <summary>The object a reference names, seen as <typeparamref name="T"/>, or null.</summary>
    public T? Find<T>(Ref? reference)
        where T : class => reference is null ? null : Find(reference.Path) as T;

    /// <summary>
    /// The longest path that names an object and begins a reference: the object itself, then what is left of the reference.
    /// </summary>
    public (Model? Found, ObjectPath Left) Walk(ObjectPath path)
    {
        foreach (var begin in path.AndAbove)
        {
            if (_objects.TryGetValue(begin, out var model))
                return (model, begin.Rest(path));
        }
        return (null, path);
    }

    /// <summary>The names one level below a path, of objects and of sections that hold some.</summary>
    public ImmutableArray<string> Children(ObjectPath path)
    {
        if (_children is null)
        {
            _children = ([], new HashSet<ObjectPath>(_objects.Count));
            foreach (var each in _objects.Keys.Concat(_unread))
                Enter(each);
        }
        return _children.Value.Names.TryGetValue(path, out var names) ? [.. names] : [];
    }

    /// <summary>As much of a path as there is something at: sections such as "segments" are no objects, but hold some.</summary>
    public ObjectPath Reached(ObjectPath path) =>
        path.AndAbove.FirstOrDefault(p => _objects.ContainsKey(p) || _unread.Contains(p) || Children(p).Length > 0, ObjectPath.Root);

    private void Enter(ObjectPath path)
    {
        if (_children is not var (all, entered))
            return;
        // As far up as it is new: what is above of a path that was entered was entered, too.
        foreach (var at in path.AndAbove.TakeWhile(entered.Add))
        {
            if (!all.TryGetValue(at.Parent, out var names))
                all[at.Parent] = names = [];
            names.Add(at.Last);
        }
    }
}
