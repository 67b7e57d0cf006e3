using System.Text.Json;
using System.Text.Json.Nodes;

namespace Paco.CloudFormation;

/// <summary>Values as JSON, functions in their long form: for Amazon's schemas and for people who want JSON.</summary>
public static class ValueJson
{
    public static JsonNode ToJson(this Value value) => value switch
    {
        TextValue text => JsonValue.Create(text.Text),
        NumberValue number => JsonValue.Create(number.Number),
        FlagValue flag => JsonValue.Create(flag.Flag),
        ListValue list => List(list),
        MapValue map => Object(map),
        RefValue reference => Function("Ref", reference.LogicalId),
        GetAttValue attribute => Function("Fn::GetAtt", new JsonArray(attribute.LogicalId, attribute.Attribute)),
        FunctionValue function => Function(function.Name, ToJson(function.Argument)),
        // Before linking, an input stands for whatever it will be.
        InputValue input => Function("Ref", input.Reference.Path.Text),
        _ => throw new InvalidOperationException($"{value.GetType().Name} is no value"),
    };

    /// <summary>JSON as a value, as it stands: nothing in it is a function. Null where it holds a null, which templates have not.</summary>
    public static Value? Read(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => All(json.EnumerateObject().Select(p => Read(p.Value))) is { } values
            ? MapValue.Of(json.EnumerateObject().Zip(values), p => p.First.Name, p => p.Second)
            : null,
        JsonValueKind.Array => All(json.EnumerateArray().Select(Read)) is { } items ? Value.List(items) : null,
        JsonValueKind.String => json.GetString()!,
        JsonValueKind.Number => json.TryGetDecimal(out var number) ? new NumberValue(number) : null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    private static List<Value>? All(IEnumerable<Value?> values)
    {
        var all = new List<Value>();
        foreach (var value in values)
        {
            if (value is null)
                return null;
            all.Add(value);
        }
        return all;
    }

    private static JsonArray List(ListValue list)
    {
        var json = new JsonArray();
        foreach (var item in list.Items)
            json.Add(ToJson(item));
        return json;
    }

    private static JsonObject Object(MapValue map)
    {
        var json = new JsonObject();
        foreach (var (key, value) in map)
            json[key] = ToJson(value);
        return json;
    }

    private static JsonObject Function(string name, JsonNode argument) => new() { [name] = argument };
}
