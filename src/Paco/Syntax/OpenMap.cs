using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Paco.Syntax;

/// <summary>A map whose end is not read yet. Those around it are open too, and share one list: theirs come first.</summary>
internal struct OpenMap(List<Entry> all)
{
    // So few keys are looked through as quickly as a table is made.
    private const int Few = 16;

    private readonly int _first = all.Count;
    private HashSet<string>? _names;

    private readonly ReadOnlySpan<Entry> Own => CollectionsMarshal.AsSpan(all)[_first..];

    /// <summary>Takes an entry, unless there is one of that name: that is the answer then.</summary>
    public Entry? Add(Entry entry)
    {
        if (Own.Length > Few)
            _names ??= Names();
        if (_names?.Add(entry.Key) != true && Find(entry.Key) is { } there)
            return there;
        all.Add(entry);
        return null;
    }

    /// <summary>All entries, in the order they were taken.</summary>
    public readonly ImmutableArray<Entry> Close()
    {
        ImmutableArray<Entry> own = [.. Own];
        all.RemoveRange(_first, own.Length);
        return own;
    }

    private readonly Entry? Find(string key)
    {
        foreach (ref readonly var entry in Own)
        {
            if (entry.Key == key)
                return entry;
        }
        return null;
    }

    private readonly HashSet<string> Names()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (ref readonly var entry in Own)
            names.Add(entry.Key);
        return names;
    }
}
