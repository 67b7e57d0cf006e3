using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Paco.Cli.Tests.Conformance;

/// <summary>Reads the fields of a Query request along a shape: <c>Tags.member.1.Key</c>, or EC2's <c>Filter.1.Value.1</c>.</summary>
internal sealed class QueryTree(IEnumerable<KeyValuePair<string, string>> fields, bool isEc2)
{
    private readonly Dictionary<string, string> _left = fields.ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);

    /// <summary>Names of fields that the shapes read so far do not know.</summary>
    public IEnumerable<string> Unread => _left.Keys;

    public JsonNode? Read(Shape shape, string at) => shape.Type switch
    {
        "structure" => Structure(shape, at),
        "list" => List(shape, at),
        "map" => Map(shape, at),
        _ => _left.Remove(at, out var text) ? JsonValue.Create(text) : null,
    };

    private JsonObject Structure(Shape shape, string at)
    {
        var tree = new JsonObject();
        foreach (var (name, member) in shape.Members)
        {
            var below = at.Length == 0 ? Name(name, member) : $"{at}.{Name(name, member)}";
            if (_left.Keys.Any(k => k == below || k.StartsWith($"{below}.", StringComparison.Ordinal)))
                tree[name] = Read(member, below);
        }
        return tree;
    }

    private JsonArray List(Shape shape, string at)
    {
        // A list without items is written as a field without a value.
        if (_left.GetValueOrDefault(at) == "")
            _left.Remove(at);
        var stem = isEc2 ? at
            : !shape.IsFlattened ? $"{at}.{shape.Item.LocationName ?? "member"}"
            : shape.Item.LocationName is { } own ? string.Join('.', [.. at.Split('.')[..^1], own])
            : at;
        var tree = new JsonArray();
        for (var i = 1; Has($"{stem}.{i}"); i++)
            tree.Add(Read(shape.Item, $"{stem}.{i}"));
        return tree;
    }

    private JsonObject Map(Shape shape, string at)
    {
        var (tree, stem) = (new JsonObject(), shape.IsFlattened ? at : $"{at}.entry");
        for (var i = 1; Has($"{stem}.{i}"); i++)
        {
            var key = Read(shape.Key, $"{stem}.{i}.{shape.Key.LocationName ?? "key"}")?.ToString() ?? "";
            tree[key] = Read(shape.Value, $"{stem}.{i}.{shape.Value.LocationName ?? "value"}");
        }
        return tree;
    }

    private bool Has(string at) => _left.Keys.Any(k => k == at || k.StartsWith($"{at}.", StringComparison.Ordinal));

    private string Name(string name, Shape member) => !isEc2 ? member.LocationName ?? name
        : member.Text("queryName") ?? (member.LocationName is { } other ? char.ToUpperInvariant(other[0]) + other[1..] : name);
}

/// <summary>Reads XML along a shape, and notes what the shape has no place for.</summary>
internal sealed class XmlTree
{
    /// <summary>Elements that the shapes do not know.</summary>
    public List<string> Unknown { get; } = [];

    public JsonNode? Read(Shape shape, XElement element, string at) => shape.Type switch
    {
        "structure" => Structure(shape, element, at),
        "list" => List(shape.Item, element.Elements(), shape.Item.LocationName ?? "member", at),
        "map" => Map(shape, [.. element.Elements()], at),
        _ => Scalar(element, at),
    };

    private JsonObject Structure(Shape shape, XElement element, string at)
    {
        var tree = new JsonObject();
        var left = element.Elements().ToList();
        foreach (var (name, member) in shape.Members.Where(m => m.Shape.Location is null))
        {
            if (member.Text("xmlAttribute") == "True")
            {
                if (element.Attributes().FirstOrDefault(a => a.Name.LocalName == Local(member.LocationName ?? name)) is { } attribute)
                    tree[name] = attribute.Value;
                continue;
            }
            var own = member is { Type: "list", IsFlattened: true } ? member.Item.LocationName ?? member.LocationName ?? name
                : member.LocationName ?? name;
            var mine = left.Where(e => e.Name.LocalName == own).ToList();
            if (mine.Count == 0)
                continue;
            left.RemoveAll(mine.Contains);
            tree[name] = member.IsFlattened ? Flat(member, mine, $"{at}/{name}") : Read(member, mine[0], $"{at}/{name}");
            if (!member.IsFlattened && mine.Count > 1)
                Unknown.Add($"{at}/{name}: there more than once");
        }
        Unknown.AddRange(left.Select(e => $"{at}/{e.Name.LocalName}: no such member"));
        return tree;
    }

    private JsonNode Flat(Shape shape, List<XElement> elements, string at) => shape.Type == "map" ? Map(shape, elements, at)
        : new JsonArray([.. elements.Select(e => Read(shape.Item, e, at))]);

    private JsonArray List(Shape item, IEnumerable<XElement> elements, string name, string at)
    {
        var all = elements.ToLookup(e => e.Name.LocalName == name);
        Unknown.AddRange(all[false].Select(e => $"{at}/{e.Name.LocalName}: an item is called {name}"));
        return [.. all[true].Select(e => Read(item, e, at))];
    }

    private JsonObject Map(Shape shape, List<XElement> entries, string at)
    {
        var tree = new JsonObject();
        foreach (var entry in entries)
        {
            var (key, value) = (Child(entry, shape.Key.LocationName ?? "key"), Child(entry, shape.Value.LocationName ?? "value"));
            if (key is null || value is null)
                Unknown.Add($"{at}/{entry.Name.LocalName}: an entry has a key and a value");
            else
                tree[key.Value] = Read(shape.Value, value, $"{at}/{key.Value}");
        }
        return tree;
    }

    private JsonValue Scalar(XElement element, string at)
    {
        Unknown.AddRange(element.Elements().Select(e => $"{at}/{e.Name.LocalName}: in what has no members"));
        return JsonValue.Create(element.Value);
    }

    private static XElement? Child(XElement element, string name) => element.Elements().FirstOrDefault(e => e.Name.LocalName == name);

    private static string Local(string name) => name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
