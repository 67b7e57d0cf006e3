using System.Collections.Immutable;
using System.Text.Json;

namespace Paco.CloudFormation.Schemas;

/// <summary>
/// Reads a subschema's keywords. What lies behind a <c>$ref</c> is not followed, so that reading always ends. Keywords that
/// are read by nobody (<c>if</c>, <c>not</c>, <c>format</c>, <c>multipleOf</c>, …) can raise no false alarm.
/// </summary>
internal static class ShapeReader
{
    public static Shape Read(JsonElement schema) => schema.ValueKind != JsonValueKind.Object ? new Shape() : new Shape
    {
        Reference = schema.TryGetProperty("$ref", out var reference) ? reference.GetString() : null,
        Types = ReadTypes(schema),
        Scalar = ReadScalar(schema),
        List = ReadList(schema),
        Object = ReadObject(schema),
        OneOf = ReadAll(schema, "oneOf"),
        AnyOf = ReadAll(schema, "anyOf"),
        AllOf = ReadAll(schema, "allOf"),
    };

    private static JsonTypes ReadTypes(JsonElement schema) => schema.TryGetProperty("type", out var type) switch
    {
        true when type.ValueKind == JsonValueKind.Array =>
            type.EnumerateArray().Aggregate(JsonTypes.None, (types, one) => types | ReadType(one.GetString())),
        true => ReadType(type.GetString()),
        false => JsonTypes.None,
    };

    private static JsonTypes ReadType(string? name) => name switch
    {
        "string" => JsonTypes.String,
        "integer" => JsonTypes.Integer,
        "number" => JsonTypes.Number,
        "boolean" => JsonTypes.Boolean,
        "array" => JsonTypes.Array,
        "object" => JsonTypes.Object,
        "null" => JsonTypes.Null,
        _ => JsonTypes.None,
    };

    private static ScalarShape? ReadScalar(JsonElement schema)
    {
        var ignoreCase = schema.TryGetProperty("enumCaseInsensitive", out var choices);
        var isEnum = ignoreCase || schema.TryGetProperty("enum", out choices);
        var isConst = schema.TryGetProperty("const", out var constant);
        var scalar = new ScalarShape
        {
            Enum = isEnum ? [.. choices.EnumerateArray().Select(Text)] : isConst ? [Text(constant)] : [],
            IgnoreCase = ignoreCase,
            Pattern = schema.TryGetProperty("pattern", out var pattern) ? pattern.GetString() : null,
            MinLength = ReadLong(schema, "minLength"),
            MaxLength = ReadLong(schema, "maxLength"),
            Minimum = ReadDecimal(schema, "minimum"),
            Maximum = ReadDecimal(schema, "maximum"),
        };
        return scalar == NoScalar ? null : scalar;
    }

    private static readonly ScalarShape NoScalar = new();

    private static ListShape? ReadList(JsonElement schema)
    {
        var list = new ListShape
        {
            Items = schema.TryGetProperty("items", out var items) ? Read(items) : null,
            PrefixItems = ReadAll(schema, "prefixItems"),
            MinItems = ReadLong(schema, "minItems"),
            MaxItems = ReadLong(schema, "maxItems"),
            Unique = schema.TryGetProperty("uniqueItems", out var unique) && unique.ValueKind == JsonValueKind.True,
        };
        return list == NoList ? null : list;
    }

    private static readonly ListShape NoList = new();

    private static ObjectShape? ReadObject(JsonElement schema)
    {
        var read = new ObjectShape
        {
            Properties = ReadProperties(schema),
            PatternProperties = ReadMap(schema, "patternProperties", Read),
            Closed = schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False,
            Required = ReadNames(schema, "required"),
            RequiredXor = ReadNames(schema, "requiredXor"),
            RequiredOr = ReadNames(schema, "requiredOr"),
            DependentRequired = ReadMap(schema, schema.TryGetProperty("dependencies", out _) ? "dependencies" : "dependentRequired", ReadNames),
            DependentExcluded = ReadMap(schema, "dependentExcluded", ReadNames),
            MinProperties = ReadLong(schema, "minProperties"),
            MaxProperties = ReadLong(schema, "maxProperties"),
        };
        return read == NoObject ? null : read;
    }

    private static readonly ObjectShape NoObject = new();

    private static IReadOnlyDictionary<string, Shape> ReadProperties(JsonElement schema)
    {
        if (!schema.TryGetProperty("properties", out var properties))
        {
            return ImmutableDictionary<string, Shape>.Empty;
        }

        var read = new Dictionary<string, Shape>(StringComparer.Ordinal);
        foreach (var property in properties.EnumerateObject())
        {
            read[property.Name] = Read(property.Value);
        }

        return read;
    }

    private static ImmutableArray<(string, T)> ReadMap<T>(JsonElement schema, string keyword, Func<JsonElement, T> read) =>
        schema.TryGetProperty(keyword, out var map) ? [.. map.EnumerateObject().Select(entry => (entry.Name, read(entry.Value)))] : [];

    private static ImmutableArray<Shape> ReadAll(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var list) ? [.. list.EnumerateArray().Select(Read)] : [];

    internal static ImmutableArray<string> ReadNames(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var names) ? ReadNames(names) : [];

    private static ImmutableArray<string> ReadNames(JsonElement names) =>
        names.ValueKind == JsonValueKind.Array ? [.. names.EnumerateArray().Select(Text)] : [];

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static long? ReadLong(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var value) && value.TryGetInt64(out var number) ? number : null;

    // A limit beyond decimal (1.79e308) limits nothing.
    private static decimal? ReadDecimal(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var value) && value.TryGetDecimal(out var number) ? number : null;
}
