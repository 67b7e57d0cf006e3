using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Paco.CloudFormation.Schemas;

/// <summary>
/// A value as a check walks it: JSON that somebody sent, or one of ours, which are not made into JSON first. A function is an object with
/// one property, its name.
/// </summary>
internal readonly struct TemplateNode
{
    private const string Ref = "Ref";
    private const string If = "Fn::If";
    private const string Nothing = "AWS::NoValue";

    // A JsonNode, a Value, or null.
    private readonly object? _value;

    private TemplateNode(object? value) => _value = value;

    public static implicit operator TemplateNode(JsonNode? json) => new(json);

    public static implicit operator TemplateNode(Value? value) => new(value);

    public JsonValueKind Kind => _value switch
    {
        null => JsonValueKind.Null,
        TextValue => JsonValueKind.String,
        NumberValue => JsonValueKind.Number,
        FlagValue { Flag: var flag } => flag ? JsonValueKind.True : JsonValueKind.False,
        ListValue => JsonValueKind.Array,
        Value => JsonValueKind.Object,
        JsonObject => JsonValueKind.Object,
        JsonArray => JsonValueKind.Array,
        var json => ((JsonNode)json).GetValueKind(),
    };

    public bool IsNull => _value is null;

    public bool IsObject => _value is JsonObject or (Value and not (TextValue or NumberValue or FlagValue or ListValue));

    public bool IsList => _value is JsonArray or ListValue;

    /// <summary>A text, a number or a flag.</summary>
    public bool IsScalar => _value is JsonValue or TextValue or NumberValue or FlagValue;

    /// <summary>How many properties or items it has.</summary>
    public int Count => _value switch
    {
        MapValue map => map.Count,
        ListValue list => list.Items.Length,
        JsonObject map => map.Count,
        JsonArray list => list.Count,
        _ => IsObject ? 1 : 0,
    };

    /// <summary>An item of a list.</summary>
    public TemplateNode this[int index] => _value is ListValue list ? list.Items[index] : ((JsonArray)_value!)[index];

    /// <summary>A property of an object, by its place.</summary>
    public (string Name, TemplateNode Value) At(int index)
    {
        switch (_value)
        {
            case MapValue map:
                var (key, value) = map.At(index);
                return (key, value);
            case JsonObject json:
                var (name, node) = json.GetAt(index);
                return (name, node);
            case FunctionValue function:
                return (function.Name, function.Argument);
            case RefValue reference:
                return (Ref, new TextValue(reference.LogicalId));
            case GetAttValue attribute:
                return ("Fn::GetAtt", Value.List(attribute.LogicalId, attribute.Attribute));
            // Before linking, an input stands for whatever it will be.
            case var input:
                return (Ref, new TextValue(((InputValue)input!).Reference.Path.Text));
        }
    }

    /// <summary>A property of an object; false where it has none of that name.</summary>
    public bool TryGet(string name, out TemplateNode value)
    {
        switch (_value)
        {
            case MapValue map:
                value = map[name];
                return !value.IsNull;
            case JsonObject json:
                var isThere = json.TryGetPropertyValue(name, out var node);
                value = node;
                return isThere;
            default:
                var (only, argument) = At(0);
                value = argument;
                return only == name;
        }
    }

    /// <summary>A scalar as the text CloudFormation would make of it.</summary>
    public string Text => _value switch
    {
        TextValue text => text.Text,
        NumberValue number => number.Text,
        _ => Kind switch
        {
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ => _value?.ToString() ?? "",
        },
    };

    /// <summary>The number a scalar is or spells; null for others and for what decimal cannot hold.</summary>
    public decimal? Number => _value is NumberValue { Number: var known } ? known
        : decimal.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The whole as one text; two that are alike have the same.</summary>
    public string Json => _value is Value value ? value.ToJson().ToJsonString() : ((JsonNode?)_value)?.ToJsonString() ?? "null";

    /// <summary>
    /// True for a function (<c>Ref</c>, <c>Fn::…</c>, <c>Condition</c>), and for a text with a dynamic reference
    /// (<c>{{resolve:ssm:…}}</c>): the deployed value is something else.
    /// </summary>
    public bool IsIntrinsic => _value switch
    {
        MapValue or JsonObject => Count == 1 && IsFunction(At(0)),
        _ => IsObject || (Kind == JsonValueKind.String && Text.Contains("{{resolve:", StringComparison.Ordinal)),
    };

    /// <summary>True for <c>{"Ref": "AWS::NoValue"}</c>, which removes what it is the value of.</summary>
    public bool IsNoValue => _value switch
    {
        RefValue { LogicalId: var id } => id == Nothing,
        MapValue or JsonObject => Count == 1 && TryGet(Ref, out var name) && name.IsScalar && name.Text == Nothing,
        _ => false,
    };

    /// <summary>True for what may turn out to be nothing: <c>Fn::If</c> can end in <c>AWS::NoValue</c>.</summary>
    public bool MayBeAbsent => _value switch
    {
        FunctionValue function => function.Name == If,
        MapValue or JsonObject => Count == 1 && TryGet(If, out _),
        _ => false,
    };

    /// <summary>True for <c>Fn::Transform</c> and <c>Fn::ForEach::…</c>, keys that become other properties before deployment.</summary>
    public static bool IsMacro(string key) => key.StartsWith("Fn::", StringComparison.Ordinal);

    // Some types have a property named Condition, whose value is an object; the function's is a condition's name.
    private static bool IsFunction((string Name, TemplateNode Argument) call) =>
        IsMacro(call.Name) || (call.Name is Ref or "Condition" && call.Argument.Kind == JsonValueKind.String);
}
