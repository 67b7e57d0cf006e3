using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Binding;

/// <summary>What reading a project shares: where mistakes go, the files, the objects found, the references used.</summary>
public sealed record BindContext(DiagnosticBag Bag, ProjectFiles Files, ObjectIndex Index)
{
    public RefScope Scope { get; init; } = RefScope.Global;

    /// <summary>What is looked at once a whole tree of objects is read, when every <c>enabled</c> above is known.</summary>
    internal Queue<Action> Rules { get; } = new();
}

/// <summary>Every object of the project by its path, and every reference somebody wrote.</summary>
public sealed class ObjectIndex
{
    private readonly Dictionary<string, Model> _objects = new(StringComparer.Ordinal);
    private readonly List<RefUse> _uses = [];
    private Dictionary<string, List<string>>? _children;

    public IReadOnlyList<RefUse> Uses => _uses;

    public IReadOnlyDictionary<string, Model> Objects => _objects;

    public void Add(Model model)
    {
        _objects.TryAdd(model.Path, model);
        _children = null;
    }

    public void Add(RefUse use) => _uses.Add(use);

    public Model? Find(string path) => _objects.GetValueOrDefault(path);

    /// <summary>The object a reference names, seen as <typeparamref name="T"/>, or null.</summary>
    public T? Find<T>(Ref? reference)
        where T : class => reference is null ? null : Find(reference.Path) as T;

    /// <summary>The longest path that names an object and begins a reference: the object itself, then what is left of the reference.</summary>
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
        while (end > 0 && !_objects.ContainsKey(path[..end]) && Children(path[..end]).Count == 0)
            end = Math.Max(0, path.LastIndexOf('.', end - 1));
        return path[..end];
    }

    private Dictionary<string, List<string>> AllChildren()
    {
        var all = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var seen = new HashSet<string>(_objects.Count, StringComparer.Ordinal);
        foreach (var path in _objects.Keys)
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
