using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Paco.Binding;

/// <summary>
/// Shapes as JSON Schema 2020-12, for editors. What validates in a project validates here, with one exception: numbers and
/// flags must not be in quotes.
/// </summary>
/// <param name="inLayers">The file holds several layers of one object: nothing is required of one of them, and any value may be an
/// alias.</param>
internal sealed class JsonSchema(bool inLayers)
{
    // In layers also app{suffix}, a copy of an application.
    private const string Names = "^[A-Za-z][A-Za-z0-9_-]*$";
    private const string LayeredNames = @"^[A-Za-z][A-Za-z0-9_-]*(\{[A-Za-z0-9_-]*\})?$";

    private static readonly JsonWriterOptions Layout =
        new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly SortedDictionary<string, JsonObject> _definitions = new(StringComparer.Ordinal);
    private readonly Dictionary<ObjectDoc, string> _names = [];

    /// <summary>The schema of a kind of file, as a text that is the same whenever it is made.</summary>
    public static string Of(string title, string summary, ObjectDoc doc, bool inLayers)
    {
        var writer = new JsonSchema(inLayers);
        var root = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema", ["title"] = title, ["description"] = summary, ["type"] = "object",
        };
        writer.Fill(root, doc);
        if (inLayers)
            writer._definitions["alias"] = new JsonObject { ["type"] = "string", ["pattern"] = @"^paco\.ref alias\." };
        if (writer._definitions.Count > 0)
            root["$defs"] = new JsonObject(writer._definitions.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)d.Value)));
        return Text(root);
    }

    private static string Text(JsonObject root)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Layout))
            root.WriteTo(json);
        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private void Fill(JsonObject json, ObjectDoc doc)
    {
        var properties = new JsonObject();
        foreach (var field in doc.Fields)
            properties[field.Name] = Field(field);
        foreach (var own in doc.IsNamed ? (string[])["name", "title"] : [])
            properties.TryAdd(own, new JsonObject { ["description"] = "Its key is its name; what stands here has no effect." });
        foreach (var name in doc.RestNames)
            properties[name] = Field(doc.Rest!);
        json["properties"] = properties;
        if (!inLayers && doc.Fields.Any(f => f.Required))
            json["required"] = Array(doc.Fields.Where(f => f.Required).Select(f => f.Name));
        if (doc is { Rest: not null, RestNames.IsEmpty: true })
            json["propertyNames"] = new JsonObject { ["pattern"] = inLayers ? LayeredNames : Names };
        if (!doc.IsOpen)
            json["additionalProperties"] = doc.RestNames.IsEmpty && doc.Rest is { } rest ? Field(rest) : false;
    }

    private JsonObject Field(FieldDoc field)
    {
        var json = Of(field.Shape, nullable: inLayers || !field.Required);
        var refers = field.Shape is Shape.Reference { Kinds.IsEmpty: false }
            or Shape.ListOf { Item: Shape.Reference { Kinds.IsEmpty: false } };
        json["description"] = (inLayers && field.Required ? "Required. " : "") + field.Doc + (refers ? $" ({field.Shape.Words})" : "");
        if (field.Default is not null)
            json["default"] = Default(field);
        if (field.IsObsolete)
            json["deprecated"] = true;
        return json;
    }

    private static JsonNode? Default(FieldDoc field) => field.Shape switch
    {
        Shape.Flag => field.Default == "true",
        Shape.WholeNumber => int.Parse(field.Default!, CultureInfo.InvariantCulture),
        _ => field.Default,
    };

    private JsonObject Of(Shape shape, bool nullable = true) => shape switch
    {
        Shape.Text text => TextOf(text, nullable),
        Shape.WholeNumber number => Narrow(NumberOf(number, nullable)),
        Shape.Number => Narrow(new JsonObject { ["type"] = Type(nullable, "number") }),
        Shape.Flag => Narrow(new JsonObject { ["type"] = Type(nullable, "boolean") }),
        Shape.Reference { OrText: { } text } => text.Check is null ? TextOf(text, nullable) : Any(Ref(nullable), TextOf(text, nullable)),
        Shape.Reference => Ref(nullable),
        Shape.ListOf list => Any(new JsonObject { ["type"] = Type(nullable, "array"), ["items"] = Of(list.Item) }, Of(list.Item, nullable)),
        Shape.MapOf map => MapOf(map, nullable),
        Shape.Object inner => new JsonObject { ["$ref"] = $"#/$defs/{Define(inner.Doc)}" },
        Shape.OneOf choice => Choose(choice),
        Shape.FilePath => new JsonObject { ["type"] = Type(nullable, "string") },
        Shape.Free => [],
        _ => throw new InvalidOperationException($"no schema for {shape}"),
    };

    private JsonObject TextOf(Shape.Text text, bool nullable)
    {
        if (text.Check is not { } check)
            return new JsonObject { ["type"] = Type(nullable, "string", "number", "boolean") };
        if (check is { Form: null, Vocabulary.Count: > 0 })
        {
            var words = new JsonObject { ["enum"] = Words(check, nullable) };
            return check.Open ? Any(words, new JsonObject { ["type"] = Type(nullable, "string", "number", "boolean") }) : Narrow(words);
        }
        var json = new JsonObject { ["type"] = Type(nullable, "string", "number") };
        if (check is { Form: { } form, Open: false })
            json["pattern"] = form;
        if (check.MinLength is { } min)
            json["minLength"] = min;
        if (check.MaxLength is { } max)
            json["maxLength"] = max;
        return json.Count > 1 ? Narrow(json) : json;
    }

    // A word that is a number may be written as one.
    private static JsonArray Words(Check check, bool nullable)
    {
        var words = Array(check.Vocabulary);
        foreach (var word in check.Vocabulary)
        {
            if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                words.Add((JsonNode)number);
        }
        if (!check.Vocabulary.Contains("") && check.Holds(""))
            words.Add((JsonNode)"");
        if (nullable)
            words.Add(null);
        return words;
    }

    private static JsonObject NumberOf(Shape.WholeNumber number, bool nullable)
    {
        var json = new JsonObject { ["type"] = Type(nullable, "integer") };
        if (number.Min != int.MinValue)
            json["minimum"] = number.Min;
        if (number.Max != int.MaxValue)
            json["maximum"] = number.Max;
        return json;
    }

    private static JsonObject Ref(bool nullable) => new() { ["type"] = Type(nullable, "string"), ["pattern"] = @"^paco\.ref " };

    private JsonObject MapOf(Shape.MapOf map, bool nullable)
    {
        var json = new JsonObject { ["type"] = Type(nullable, "object") };
        if (!map.AnyKey)
            json["propertyNames"] = new JsonObject { ["pattern"] = inLayers ? LayeredNames : Names };
        json["additionalProperties"] = Of(map.Value);
        return json;
    }

    // Where the word is not repeated (in an override) it is one of all.
    private JsonObject Choose(Shape.OneOf choice)
    {
        var cases = choice.Choices.Select(c => Case(choice.Discriminator, c)).ToList();
        var all = choice.Choices.Select(c => Define(c.Doc)).Distinct();
        var words = new JsonObject { ["enum"] = Array(choice.Choices.Select(c => c.Word)) };
        var open = new JsonObject
        {
            ["if"] = new JsonObject { ["not"] = new JsonObject { ["required"] = Array([choice.Discriminator]) } },
            ["then"] = Any([.. all.Select(name => new JsonObject { ["$ref"] = $"#/$defs/{name}" })]),
        };
        return new JsonObject
        {
            ["type"] = ObjectOrNull(),
            ["properties"] = new JsonObject { [choice.Discriminator] = words },
            ["allOf"] = new JsonArray([.. cases, open]),
        };
    }

    private JsonObject Case(string discriminator, Choice choice) => new()
    {
        ["if"] = new JsonObject
        {
            ["properties"] = new JsonObject { [discriminator] = new JsonObject { ["const"] = choice.Word } },
            ["required"] = Array([discriminator]),
        },
        ["then"] = new JsonObject { ["$ref"] = $"#/$defs/{Define(choice.Doc)}" },
    };

    // The name of an object among the definitions: its type's, and a number where types of one name differ.
    private string Define(ObjectDoc doc)
    {
        if (_names.TryGetValue(doc, out var known))
            return known;
        var name = _names[doc] = Free(doc.Name);
        _definitions[name] = [];
        var content = new JsonObject { ["type"] = ObjectOrNull() };
        Fill(content, doc);
        var same = _definitions.Keys.FirstOrDefault(other =>
            other != name && other.StartsWith(doc.Name, StringComparison.Ordinal) && JsonNode.DeepEquals(_definitions[other], content));
        if (same is null)
            _definitions[name] = content;
        else
            _definitions.Remove(name);
        return _names[doc] = same ?? name;
    }

    private string Free(string name)
    {
        var free = name;
        for (var i = 2; _definitions.ContainsKey(free); i++)
            free = $"{name}-{i}";
        return free;
    }

    private JsonObject Narrow(JsonObject json) => inLayers ? Any(json, new JsonObject { ["$ref"] = "#/$defs/alias" }) : json;

    private static JsonObject Any(params JsonNode[] choices) => new() { ["anyOf"] = new JsonArray(choices) };

    private static JsonNode ObjectOrNull() => Type(nullable: true, "object");

    private static JsonNode Type(bool nullable, params string[] types) =>
        (nullable, types) switch
        {
            (false, [var only]) => only,
            (false, _) => Array(types),
            _ => Array([.. types, "null"]),
        };

    private static JsonArray Array(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);
}
