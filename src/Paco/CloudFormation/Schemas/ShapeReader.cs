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

    private static JsonTypes ReadTypes(JsonElement schema)
    {
        if (!schema.TryGetProperty("type", out var type))
        {
            return JsonTypes.None;
        }

        var types = JsonTypes.None;
        foreach (var name in type.ValueKind == JsonValueKind.Array ? ReadNames(type) : [Text(type)])
        {
            types |= ReadType(name);
        }

        return types;
    }

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

    private static ScalarShape? ReadScalar(JsonElement schema) => !HasAny(schema, ScalarKeywords) ? null : new ScalarShape
    {
        Enum = ReadEnum(schema),
        IgnoreCase = schema.TryGetProperty("enumCaseInsensitive", out _),
        Pattern = schema.TryGetProperty("pattern", out var pattern) ? pattern.GetString() : null,
        MinLength = ReadLong(schema, "minLength"),
        MaxLength = ReadLong(schema, "maxLength"),
        Minimum = ReadDecimal(schema, "minimum"),
        Maximum = ReadDecimal(schema, "maximum"),
    };

    private static readonly string[] ScalarKeywords =
        ["enum", "enumCaseInsensitive", "const", "pattern", "minLength", "maxLength", "minimum", "maximum"];

    private static ImmutableArray<string> ReadEnum(JsonElement schema) =>
        schema.TryGetProperty("enum", out var values) || schema.TryGetProperty("enumCaseInsensitive", out values) ? ReadNames(values)
        : schema.TryGetProperty("const", out var value) ? [Text(value)]
        : [];

    private static ListShape? ReadList(JsonElement schema) => !HasAny(schema, ListKeywords) ? null : new ListShape
    {
        Items = schema.TryGetProperty("items", out var items) ? Read(items) : null,
        PrefixItems = ReadAll(schema, "prefixItems"),
        MinItems = ReadLong(schema, "minItems"),
        MaxItems = ReadLong(schema, "maxItems"),
        Unique = schema.TryGetProperty("uniqueItems", out var unique) && unique.ValueKind == JsonValueKind.True,
    };

    private static readonly string[] ListKeywords = ["items", "prefixItems", "minItems", "maxItems", "uniqueItems"];

    private static ObjectShape? ReadObject(JsonElement schema) => !HasAny(schema, ObjectKeywords) ? null : new ObjectShape
    {
        Properties = ReadProperties(schema),
        PatternProperties = ReadPatternProperties(schema),
        Closed = schema.TryGetProperty("additionalProperties", out var more) && more.ValueKind == JsonValueKind.False,
        Required = ReadNames(schema, "required"),
        RequiredXor = ReadNames(schema, "requiredXor"),
        RequiredOr = ReadNames(schema, "requiredOr"),
        DependentRequired = [.. ReadCompanions(schema, "dependentRequired"), .. ReadCompanions(schema, "dependencies")],
        DependentExcluded = ReadCompanions(schema, "dependentExcluded"),
        MinProperties = ReadLong(schema, "minProperties"),
        MaxProperties = ReadLong(schema, "maxProperties"),
    };

    private static readonly string[] ObjectKeywords =
    [
        "properties", "patternProperties", "additionalProperties", "required", "requiredXor", "requiredOr", "dependentRequired",
        "dependencies", "dependentExcluded", "minProperties", "maxProperties",
    ];

    private static bool HasAny(JsonElement schema, string[] keywords)
    {
        foreach (var keyword in keywords)
        {
            if (schema.TryGetProperty(keyword, out _))
            {
                return true;
            }
        }

        return false;
    }

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

    private static ImmutableArray<NamedShape> ReadPatternProperties(JsonElement schema)
    {
        var read = ImmutableArray.CreateBuilder<NamedShape>();
        foreach (var pattern in ReadKeys(schema, "patternProperties"))
        {
            read.Add(new NamedShape(pattern, Read(schema.GetProperty("patternProperties").GetProperty(pattern))));
        }

        return read.ToImmutable();
    }

    private static ImmutableArray<DependentProperties> ReadCompanions(JsonElement schema, string keyword)
    {
        var read = ImmutableArray.CreateBuilder<DependentProperties>();
        foreach (var name in ReadKeys(schema, keyword))
        {
            read.Add(new DependentProperties(name, ReadNames(schema.GetProperty(keyword).GetProperty(name))));
        }

        return read.ToImmutable();
    }

    private static ImmutableArray<Shape> ReadAll(JsonElement schema, string keyword)
    {
        if (!schema.TryGetProperty(keyword, out var list))
        {
            return [];
        }

        var read = ImmutableArray.CreateBuilder<Shape>(list.GetArrayLength());
        foreach (var shape in list.EnumerateArray())
        {
            read.Add(Read(shape));
        }

        return read.ToImmutable();
    }

    /// <summary>The keys of an object below the schema, as written.</summary>
    internal static ImmutableArray<string> ReadKeys(JsonElement schema, string keyword)
    {
        if (!schema.TryGetProperty(keyword, out var map))
        {
            return [];
        }

        var keys = ImmutableArray.CreateBuilder<string>();
        foreach (var entry in map.EnumerateObject())
        {
            keys.Add(entry.Name);
        }

        return keys.ToImmutable();
    }

    /// <summary>A list of texts below the schema.</summary>
    internal static ImmutableArray<string> ReadNames(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var names) ? ReadNames(names) : [];

    private static ImmutableArray<string> ReadNames(JsonElement names)
    {
        if (names.ValueKind != JsonValueKind.Array)
        {
            return [];
        }

        var read = ImmutableArray.CreateBuilder<string>(names.GetArrayLength());
        foreach (var name in names.EnumerateArray())
        {
            read.Add(Text(name));
        }

        return read.ToImmutable();
    }

    private static string Text(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static long? ReadLong(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var value) && value.TryGetInt64(out var number) ? number : null;

    // A limit beyond decimal (1.79e308) limits nothing.
    private static decimal? ReadDecimal(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out var value) && value.TryGetDecimal(out var number) ? number : null;
}
