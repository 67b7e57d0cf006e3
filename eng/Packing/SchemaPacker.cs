using System.Text.Json;

namespace Paco.Eng.Packing;

/// <summary>
/// Packs resource schemas: of each the shape of its properties, the shapes its references lead to, and what else is read of it.
/// </summary>
internal static class SchemaPacker
{
    private const string PropertyPrefix = "/properties/";

    public static byte[] Pack(IEnumerable<string> schemas)
    {
        var sorted = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var schema in schemas)
        {
            var read = JsonDocument.Parse(schema).RootElement;
            sorted.Add(read.GetProperty("typeName").GetString()!, read);
        }

        return FileLayout.Of("PacoSchemas2", sorted, Type);
    }

    private static byte[] Type(JsonElement schema, PackedParts parts)
    {
        var definitions = new Definitions(schema);
        var shapes = new ShapePacker(parts, definitions);
        var root = shapes.Place(schema);
        int[] places = [.. definitions.All(shapes.Place)];
        var type = new PartWriter(parts).Number(root).Number(places.Length);
        foreach (var place in places)
            type.Number(place);
        return Facts(type, schema).ToArray();
    }

    private static PartWriter Facts(PartWriter type, JsonElement schema)
    {
        type.Number(schema.TryGetProperty("replacementStrategy", out var order) && order.ValueEquals("delete_then_create") ? 1 : 0);
        foreach (var keyword in (string[])["createOnlyProperties", "readOnlyProperties", "writeOnlyProperties",
            "conditionalCreateOnlyProperties", "primaryIdentifier"])
        {
            type.Texts(schema.TryGetProperty(keyword, out var paths) ? [.. ShapePacker.Names(paths).Select(Strip)] : []);
        }

        type.Texts(schema.TryGetProperty("tagging", out var tagging) && tagging.TryGetProperty("tagProperty", out var tags)
            ? [Strip(tags.GetString()!)]
            : []);
        return type.Texts([.. EqualForms(schema)]);
    }

    // Path, expression, path, expression.
    private static IEnumerable<string> EqualForms(JsonElement schema) => schema.TryGetProperty("propertyTransform", out var all)
        ? all.EnumerateObject().Where(e => e.Value.ValueKind == JsonValueKind.String)
            .SelectMany(e => new[] { Strip(e.Name), e.Value.GetString()! })
        : [];

    private static string Strip(string pointer) =>
        pointer.StartsWith(PropertyPrefix, StringComparison.Ordinal) ? pointer[PropertyPrefix.Length..] : pointer;
}
