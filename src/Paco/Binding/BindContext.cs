using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Binding;

/// <summary>What reading a project shares: where mistakes go, the files, the objects found, the references used.</summary>
public sealed record BindContext(DiagnosticBag Bag, ProjectFiles Files, ObjectIndex Index)
{
    public RefScope Scope { get; init; } = RefScope.Global;
}

/// <summary>Every object of the project by its path, and every reference somebody wrote.</summary>
public sealed class ObjectIndex
{
    private readonly Dictionary<string, Model> _objects = new(StringComparer.Ordinal);
    private readonly List<RefUse> _uses = [];

    public IReadOnlyList<RefUse> Uses => _uses;

    public IReadOnlyDictionary<string, Model> Objects => _objects;

    public void Add(Model model) => _objects.TryAdd(model.Path, model);

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

    /// <summary>The names one level below a path.</summary>
    public IEnumerable<string> Children(string path)
    {
        var prefix = path.Length == 0 ? "" : path + ".";
        return _objects.Keys
            .Where(key => key.Length > prefix.Length && key.StartsWith(prefix, StringComparison.Ordinal))
            .Select(key => key[prefix.Length..].Split('.')[0])
            .Distinct();
    }
}
