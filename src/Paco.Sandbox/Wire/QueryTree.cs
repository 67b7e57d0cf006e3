using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Paco.Sandbox.Wire;

/// <summary>The Query protocol to and from the tree that the other protocols have. Every value of a form is a text.</summary>
internal static class QueryTree
{
    private const int MaxDepth = 16;

    /// <summary>The members of a form: <c>Dimensions.member.1.Name</c> is in a list of structures.</summary>
    public static JsonObject Read(WireRequest request)
    {
        var tree = new JsonObject();
        foreach (var (name, value) in request.Method == "POST" ? FormText.Parse(request.BodyText) : request.QueryItems)
        {
            Put(tree, name.Split('.'), value);
        }

        return (JsonObject)Lists(tree)!;
    }

    /// <summary>A tree as the content of a result.</summary>
    /// <param name="times">Members whose numbers are times.</param>
    /// <param name="maps">Members that are maps: their keys are a caller's words, not the service's.</param>
    public static IEnumerable<XObject> Write(JsonObject tree, IReadOnlySet<string> times, IReadOnlySet<string> maps) =>
        tree.Where(m => m.Value is not null).Select(m => new XElement(m.Key, maps.Contains(m.Key)
            ? Entries((JsonObject)m.Value!)
            : Content(m.Value, times, maps, times.Contains(m.Key))));

    private static IEnumerable<XElement> Entries(JsonObject map) =>
        map.Select(m => new XElement("entry", new XElement("key", m.Key), new XElement("value", Templates.Json.Scalar(m.Value))));

    private static object Content(JsonNode? node, IReadOnlySet<string> times, IReadOnlySet<string> maps, bool isTime) => node switch
    {
        JsonObject below => Write(below, times, maps),
        JsonArray list => list.Select(item => new XElement("member", Content(item, times, maps, isTime))),
        JsonValue value when isTime => Time(value.GetValue<double>()),
        _ => Templates.Json.Scalar(node),
    };

    private static string Time(double seconds) => DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Round(seconds * 1000)).Iso();

    private static void Put(JsonObject tree, string[] path, string value)
    {
        if (path.Length > MaxDepth)
        {
            throw new AwsError("MalformedQueryString", "A field of the request is too deep.");
        }

        foreach (var part in path[..^1])
        {
            if (tree[part] is not JsonObject below)
            {
                tree[part] = below = [];
            }

            tree = below;
        }

        tree[path[^1]] = value;
    }

    private static JsonNode? Lists(JsonNode? node)
    {
        if (node is not JsonObject map)
        {
            return node?.DeepClone();
        }

        return map.Count == 1 && map["member"] is JsonObject items
            ? new JsonArray([.. items.OrderBy(i => Position(i.Key)).Select(i => Lists(i.Value))])
            : new JsonObject(map.Select(m => KeyValuePair.Create(m.Key, Lists(m.Value))));
    }

    private static int Position(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue;
}
