using System.Text.Json;

namespace Paco.Eng.Packing;

/// <summary>What a type's references lead to, numbered as they are met: definitions refer to themselves and to each other.</summary>
internal sealed class Definitions(JsonElement schema)
{
    private readonly List<string> _references = [];

    public int NumberOf(string reference)
    {
        var known = _references.IndexOf(reference);
        if (known >= 0)
            return known;
        _references.Add(reference);
        return _references.Count - 1;
    }

    /// <summary>All in their order, those too that are only met while others are worked through.</summary>
    public IEnumerable<T> All<T>(Func<JsonElement, T> work)
    {
        for (var i = 0; i < _references.Count; i++)
            yield return work(Find(_references[i]));
    }

    // A reference that leads nowhere leads to a shape that allows everything.
    private JsonElement Find(string reference)
    {
        var found = schema;
        foreach (var segment in reference.Split('/').Skip(1))
        {
            var name = segment.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(name, out found))
                return default;
        }

        return found;
    }
}
