using System.Text.Json;
using System.Text.Json.Nodes;

namespace Paco.CloudFormation.Schemas;

/// <summary>What in a template is not yet a value.</summary>
internal static class Intrinsic
{
    /// <summary>
    /// True for a function (<c>Ref</c>, <c>Fn::…</c>, <c>Condition</c>), and for a text with a dynamic reference
    /// (<c>{{resolve:ssm:…}}</c>): the deployed value is something else.
    /// </summary>
    public static bool Is(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } call => IsFunction(call),
        JsonValue => node.GetValueKind() == JsonValueKind.String && node.ToString().Contains("{{resolve:", StringComparison.Ordinal),
        _ => false,
    };

    /// <summary>True for <c>{"Ref": "AWS::NoValue"}</c>, which removes what it is the value of.</summary>
    public static bool IsNoValue(JsonNode? node) =>
        node is JsonObject { Count: 1 } call && call["Ref"] is JsonValue name && name.ToString() == "AWS::NoValue";

    /// <summary>True for what may turn out to be nothing: <c>Fn::If</c> can end in <c>AWS::NoValue</c>.</summary>
    public static bool MayBeAbsent(JsonNode? node) => node is JsonObject { Count: 1 } call && call.ContainsKey("Fn::If");

    /// <summary>True for <c>Fn::Transform</c> and <c>Fn::ForEach::…</c>, keys that become other properties before deployment.</summary>
    public static bool IsMacro(string key) => key.StartsWith("Fn::", StringComparison.Ordinal);

    // Some types have a property named Condition, whose value is an object; the function's is a condition's name.
    private static bool IsFunction(JsonObject call)
    {
        var (name, argument) = call.GetAt(0);
        return name.StartsWith("Fn::", StringComparison.Ordinal)
            || (name is "Ref" or "Condition" && argument is JsonValue value && value.GetValueKind() == JsonValueKind.String);
    }
}
