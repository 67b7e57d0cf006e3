using System.Globalization;
using System.Text.Json;

namespace Paco.Eng.Packing;

/// <summary>
/// Packs a subschema's keywords. Keywords that are read by nobody (<c>if</c>, <c>not</c>, <c>format</c>, <c>multipleOf</c>, …) are left
/// out, and so can raise no false alarm.
/// </summary>
internal sealed class ShapePacker(PackedParts parts, Definitions definitions)
{
    // Their places are the bits of JsonTypes.
    private static readonly string[] TypeNames = ["string", "integer", "number", "boolean", "array", "object", "null"];

    private static readonly string[] ScalarKeywords =
        ["enum", "enumCaseInsensitive", "const", "pattern", "minLength", "maxLength", "minimum", "maximum"];

    private static readonly string[] ListKeywords = ["items", "prefixItems", "minItems", "maxItems", "uniqueItems"];

    private static readonly string[] ObjectKeywords =
    [
        "properties", "patternProperties", "additionalProperties", "required", "requiredXor", "requiredOr", "dependentRequired",
        "dependencies", "dependentExcluded", "minProperties", "maxProperties",
    ];

    /// <summary>Where the shape begins that stands for a subschema.</summary>
    public int Place(JsonElement schema) => parts.Place(Shape(schema));

    /// <summary>The texts of a list; none where it is no list.</summary>
    public static string[] Names(JsonElement names) =>
        names.ValueKind == JsonValueKind.Array ? [.. names.EnumerateArray().Select(Text)] : [];

    private byte[] Shape(JsonElement schema)
    {
        var shape = new OptionalParts(parts);
        return schema.ValueKind != JsonValueKind.Object ? shape.ToArray() : shape
            .Part(schema, "$ref", (part, value) => part.Number(definitions.NumberOf(value.GetString()!)))
            .Part(schema, "type", (part, value) => part.Number(Types(value)))
            .Part(HasAny(schema, ScalarKeywords), part => part.Part(Scalar(schema)))
            .Part(HasAny(schema, ListKeywords), part => part.Part(List(schema)))
            .Part(HasAny(schema, ObjectKeywords), part => part.Part(Object(schema)))
            .Part(schema, "oneOf", Shapes)
            .Part(schema, "anyOf", Shapes)
            .Part(schema, "allOf", Shapes)
            .ToArray();
    }

    private OptionalParts Scalar(JsonElement schema) => new OptionalParts(parts)
        .Part(HasAny(schema, ["enum", "enumCaseInsensitive", "const"]), part => part.Texts(Enum(schema)))
        .Flag(schema.TryGetProperty("enumCaseInsensitive", out _))
        .Part(schema, "pattern", (part, value) => part.Text(value.GetString()!))
        .Number(schema, "minLength")
        .Number(schema, "maxLength")
        .Part(Limit(schema, "minimum") is not null, part => part.Text(Limit(schema, "minimum")!))
        .Part(Limit(schema, "maximum") is not null, part => part.Text(Limit(schema, "maximum")!));

    private OptionalParts List(JsonElement schema) => new OptionalParts(parts)
        .Part(schema, "items", (part, value) => part.Number(Place(value)))
        .Part(schema, "prefixItems", Shapes)
        .Number(schema, "minItems")
        .Number(schema, "maxItems")
        .Flag(schema.TryGetProperty("uniqueItems", out var unique) && unique.ValueKind == JsonValueKind.True);

    private OptionalParts Object(JsonElement schema) => new OptionalParts(parts)
        .Part(schema, "properties", NamedShapes)
        .Part(schema, "patternProperties", NamedShapes)
        .Flag(schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False)
        .Texts(schema, "required")
        .Texts(schema, "requiredXor")
        .Texts(schema, "requiredOr")
        .Part(HasAny(schema, ["dependentRequired", "dependencies"]), part => Companions(part, schema, "dependentRequired", "dependencies"))
        .Part(HasAny(schema, ["dependentExcluded"]), part => Companions(part, schema, "dependentExcluded"))
        .Number(schema, "minProperties")
        .Number(schema, "maxProperties");

    private void Shapes(PartWriter part, JsonElement list)
    {
        part.Number(list.GetArrayLength());
        foreach (var shape in list.EnumerateArray())
            part.Number(Place(shape));
    }

    private void NamedShapes(PartWriter part, JsonElement map)
    {
        part.Number(map.EnumerateObject().Count());
        foreach (var entry in map.EnumerateObject())
            part.Text(entry.Name).Number(Place(entry.Value));
    }

    private static void Companions(PartWriter part, JsonElement schema, params string[] keywords)
    {
        JsonProperty[] all = [.. keywords.SelectMany(k => schema.TryGetProperty(k, out var map) ? map.EnumerateObject().ToArray() : [])];
        part.Number(all.Length);
        foreach (var entry in all)
            part.Text(entry.Name).Texts(Names(entry.Value));
    }

    private static int Types(JsonElement type) =>
        (type.ValueKind == JsonValueKind.Array ? Names(type) : [Text(type)])
        .Aggregate(0, (types, name) => types | Bit(Array.IndexOf(TypeNames, name)));

    private static int Bit(int place) => place < 0 ? 0 : 1 << place;

    private static string[] Enum(JsonElement schema) =>
        schema.TryGetProperty("enum", out var values) || schema.TryGetProperty("enumCaseInsensitive", out values) ? Names(values)
        : schema.TryGetProperty("const", out var value) ? [Text(value)]
        : [];

    // A limit beyond decimal (1.79e308) limits nothing.
    private static string? Limit(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var value) && value.TryGetDecimal(out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : null;

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static bool HasAny(JsonElement schema, string[] keywords) => keywords.Any(k => schema.TryGetProperty(k, out _));
}
