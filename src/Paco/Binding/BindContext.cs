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

    /// <summary>What is looked at once a whole tree of objects is read, when every <c>enabled</c> above is known.</summary>
    internal Queue<Action> Rules { get; } = new();
}

/// <summary>Every object of the project by its path, and every reference somebody wrote.</summary>
public sealed class ObjectIndex
{
    private readonly Dictionary<string, Model> _objects = new(StringComparer.Ordinal);
    private readonly List<RefUse> _uses = [];
    private readonly HashSet<string> _unread = new(StringComparer.Ordinal);
    private Dictionary<string, List<string>>? _children;

    public IReadOnlyList<RefUse> Uses => _uses;

    public IReadOnlyDictionary<string, Model> Objects => _objects;

    public void Add(Model model)
    {
        _objects.TryAdd(model.Path, model);
        _children = null;
    }

    public void Add(RefUse use) => _uses.Add(use);

    /// <summary>
    /// What the project has and this run has not read: network environments (<c>netenv.mynet</c>) and environments
    /// (<c>netenv.mynet.dev</c>). Their names are known, what stands in them is not.
    /// </summary>
    public IReadOnlyCollection<string> Unread => _unread;

    public void AddUnread(string path)
    {
        _unread.Add(path);
        _children = null;
    }

    public void RemoveUnread(string path)
    {
        _unread.Remove(path);
        _children = null;
    }

    /// <summary>True for a path that leads into what was not read, so that nobody can say whether there is anything at it.</summary>
    public bool IsUnread(string path)
    {
        if (_unread.Count == 0)
            return false;
        var unread = _unread.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var end = path.IndexOf('.', StringComparison.Ordinal); end > 0; end = path.IndexOf('.', end + 1))
        {
            if (unread.Contains(path.AsSpan(0, end)))
                return true;
        }
        return unread.Contains(path);
    }

    public Model? Find(string path) => _objects.GetValueOrDefault(path);

    /// <summary>The object a reference names, seen as <typeparamref name="T"/>, or null.</summary>
    public T? Find<T>(Ref? reference)
        where T : class => reference is null ? null : Find(reference.Path) as T;

    /// <summary>
    /// The longest path that names an object and begins a reference: the object itself, then what is left of the reference.
    /// </summary>
    public (Model? Found, string Suffix) Walk(string path)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOf('.', end - 1))
        {
            if (_objects.TryGetValue(path[..end], out var model))
                return (model, end == path.Length ? "" : path[(end + 1)..]);
            if (path.LastIndexOf('.', end - 1) < 0)
                break;
        }
        return (null, path);
    }

    /// <summary>The names one level below a path, of objects and of sections that hold some.</summary>
    public IReadOnlyList<string> Children(string path) => (_children ??= AllChildren()).TryGetValue(path, out var names) ? names : [];

    /// <summary>As much of a path as there is something at: sections such as "segments" are no objects, but hold some.</summary>
    public string Reached(string path)
    {
        var end = path.Length;
        while (end > 0 && !_objects.ContainsKey(path[..end]) && !_unread.Contains(path[..end]) && Children(path[..end]).Count == 0)
            end = Math.Max(0, path.LastIndexOf('.', end - 1));
        return path[..end];
    }

    private Dictionary<string, List<string>> AllChildren()
    {
        var all = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var seen = new HashSet<string>(_objects.Count, StringComparer.Ordinal);
        foreach (var path in _objects.Keys.Concat(_unread))
        {
            // From the end to the front, as far as it is new.
            for (var at = path; at.Length > 0 && seen.Add(at);)
            {
                var dot = at.LastIndexOf('.');
                var parent = dot < 0 ? "" : at[..dot];
                if (!all.TryGetValue(parent, out var names))
                    all[parent] = names = [];
                names.Add(at[(dot + 1)..]);
                at = parent;
            }
        }
        return all;
    }
}
