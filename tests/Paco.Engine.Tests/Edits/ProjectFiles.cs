using System.Text.Json;
using System.Text.Json.Nodes;

namespace Paco.Engine.Tests.Edits;

/// <summary>The files of a project as trees (JSON is YAML), and the changes people make in an editor: they know nothing of rooms.</summary>
internal sealed class ProjectFiles
{
    private readonly SortedDictionary<string, JsonObject> _files = new(StringComparer.Ordinal);

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public const string Environments = "environments";

    public JsonObject this[string file]
    {
        get => _files[file];
        set => _files[file] = value;
    }

    public JsonObject Network => _files["netenv/mynet.yaml"];

    public ProjectFiles Copy()
    {
        var copy = new ProjectFiles();
        foreach (var (name, tree) in _files)
            copy[name] = (JsonObject)tree.DeepClone();
        return copy;
    }

    public void Write(string folder)
    {
        foreach (var (name, tree) in _files)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, tree.ToJsonString(Indented));
        }
        File.WriteAllText(Path.Combine(folder, "paco-project-version.txt"), "7.0\n");
    }

    /// <summary>What stands at a path of the network environment, and what each environment says about it.</summary>
    public IEnumerable<JsonObject> Layers(params string[] path)
    {
        JsonObject[] roots =
        [
            Network,
            .. Objects(Network[Environments]).SelectMany(e => Objects(e.Value)).Select(layer => layer.Value),
        ];
        return roots.Select(root => path.Aggregate<string, JsonNode?>(root, (at, name) => (at as JsonObject)?[name])).OfType<JsonObject>();
    }

    /// <summary>Another name for an object below a path, wherever it stands, in its old place among its neighbours.</summary>
    public void Rename(string[] path, string from, string to)
    {
        foreach (var layer in Layers(path).ToList())
            Replace(layer, layer.Select(e => (e.Key == from ? to : e.Key, e.Value)));
        var place = string.Concat(path.Select(p => p + "."));
        Redirect($"netenv.mynet.{place}{from}", $"netenv.mynet.{place}{to}");
    }

    /// <summary>The objects below a path in another order.</summary>
    public static void Shuffle(JsonObject tree, Random dice) =>
        Replace(tree, tree.OrderBy(_ => dice.Next()).Select(e => (e.Key, e.Value)));

    /// <summary>References to an object, and to what is below it, lead elsewhere.</summary>
    public void Redirect(string from, string to)
    {
        var (old, now) = ($"paco.ref {from}", $"paco.ref {to}");
        foreach (var tree in _files.Values)
            Texts(tree, text => text == old || text.StartsWith($"{old}.", StringComparison.Ordinal) ? now + text[old.Length..] : text);
    }

    /// <summary>Changes the texts of a tree.</summary>
    public static void Texts(JsonNode? tree, Func<string, string> change)
    {
        switch (tree)
        {
            case JsonObject map:
                foreach (var (key, value) in map.ToList())
                    Text(value, change, changed => map[key] = changed);
                break;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                    Text(list[i], change, changed => list[i] = changed);
                break;
        }
    }

    /// <summary>What stands under a key, wherever it stands.</summary>
    public IEnumerable<string> Values(string key) => _files.Values.SelectMany(tree => Values(tree, key));

    public static IEnumerable<(string Key, JsonObject Value)> Objects(JsonNode? tree) =>
        (tree as JsonObject ?? []).Where(e => e.Value is JsonObject).Select(e => (e.Key, (JsonObject)e.Value!));

    private static IEnumerable<string> Values(JsonObject tree, string key) =>
        Objects(tree).SelectMany(e => Values(e.Value, key)).Concat(tree[key] is JsonValue value ? [value.ToString()] : []);

    private static void Text(JsonNode? node, Func<string, string> change, Action<JsonNode> set)
    {
        if (node is JsonValue value && value.TryGetValue<string>(out var text))
        {
            if (change(text) is var changed && changed != text)
                set(changed);
        }
        else
        {
            Texts(node, change);
        }
    }

    private static void Replace(JsonObject tree, IEnumerable<(string Key, JsonNode? Value)> entries)
    {
        var now = entries.ToList();
        tree.Clear();
        foreach (var (key, value) in now)
            tree[key] = value;
    }
}
