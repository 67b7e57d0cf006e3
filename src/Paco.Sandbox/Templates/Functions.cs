using System.Text;
using System.Text.Json.Nodes;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Templates;

/// <content>The functions, one by one.</content>
internal sealed partial class Evaluator
{
    private JsonNode? Function(string name, JsonNode? argument) => name switch
    {
        "Fn::If" => If(argument),
        "Fn::GetAtt" => GetAtt(argument),
        "Fn::Sub" => Sub(argument),
        "Fn::Join" => Known(name, argument, Join),
        "Fn::Split" => Known(name, argument, Split),
        "Fn::Select" => Known(name, argument, Select),
        "Fn::FindInMap" => Known(name, argument, FindInMap),
        "Fn::Base64" => Known(name, argument, text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text?.ToString() ?? ""))),
        "Fn::Cidr" => Known(name, argument, CidrBlocks),
        "Fn::GetAZs" => Known(name, argument, Zones),
        "Fn::ImportValue" => Known(name, argument, export => bindings.Import(export?.ToString() ?? "") is { } value ? value
            : new JsonObject { [name] = export?.DeepClone() }),
        "Fn::Length" => Known(name, argument, Length),
        "Fn::ToJsonString" => Known(name, argument, text => text?.ToText()),
        "Fn::Equals" or "Fn::And" or "Fn::Or" or "Fn::Not" => Truth(new JsonObject { [name] = argument?.DeepClone() }),
        _ => throw AwsError.NotEmulated($"the function {name}"),
    };

    private static bool Members(string name, JsonNode? left, JsonNode? right)
    {
        var (items, others) = (left as JsonArray ?? [left?.DeepClone()], right as JsonArray ?? [right?.DeepClone()]);
        return name == "Fn::Contains"
            ? others.All(o => items.Any(i => Json.Same(i, o)))
            : items.All(i => others.Any(o => Json.Same(i, o)));
    }

    /// <summary>True for the functions above.</summary>
    public static bool Knows(string name) => name is "Fn::If" or "Fn::GetAtt" or "Fn::Sub" or "Fn::Join" or "Fn::Split" or "Fn::Select"
        or "Fn::FindInMap" or "Fn::Base64" or "Fn::Cidr" or "Fn::GetAZs" or "Fn::ImportValue" or "Fn::Equals" or "Fn::And" or "Fn::Or"
        or "Fn::Not" or "Fn::Length" or "Fn::ToJsonString";

    /// <summary>Evaluates the argument, and the function where nothing in it is still unknown.</summary>
    private JsonNode? Known(string name, JsonNode? argument, Func<JsonNode?, JsonNode?> function)
    {
        var value = Value(argument);
        return IsUnknown(value) && name != "Fn::Select" ? new JsonObject { [name] = value } : function(value);
    }

    private static bool IsUnknown(JsonNode? value) => Intrinsics.IsFunction(value, out _, out _) || value switch
    {
        JsonArray items => items.Any(IsUnknown),
        JsonObject map => map.Any(p => IsUnknown(p.Value)),
        _ => false,
    };

    private JsonNode? If(JsonNode? argument) =>
        argument is JsonArray { Count: 3 } parts && parts[0] is JsonValue name
            ? Value(Condition(name.ToString()) ? parts[1] : parts[2])
            : throw Malformed("Fn::If", "requires a list of a condition's name and two values");

    private JsonNode? GetAtt(JsonNode? argument)
    {
        if (argument is JsonArray { Count: 2 } dynamic && dynamic[1] is JsonObject)
        {
            argument = new JsonArray(dynamic[0]?.DeepClone(), Value(dynamic[1]));
        }

        var (logical, attribute) = Intrinsics.GetAtt(argument) ?? throw Malformed("Fn::GetAtt", "requires two non-empty parameters");
        return bindings.GetAtt(logical, attribute)?.DeepClone() ?? new JsonObject { ["Fn::GetAtt"] = new JsonArray(logical, attribute) };
    }

    private JsonNode Sub(JsonNode? argument)
    {
        var (text, locals) = argument is JsonArray { Count: 2 } pair ? (pair[0]?.ToString() ?? "", Value(pair[1]) as JsonObject)
            : (argument?.ToString() ?? "", null);
        var unknown = false;
        var result = Intrinsics.Placeholder().Replace(text, match =>
        {
            var name = match.Groups[1].Value.Trim();
            if (name.StartsWith('!'))
            {
                return $"${{{name[1..]}}}";
            }

            var value = locals?[name]
                ?? (name.Split('.', 2) is [var logical, var attribute] ? bindings.GetAtt(logical, attribute) : Named(name));
            unknown |= value is null or JsonObject;
            return value is JsonArray list ? string.Join(",", list) : value is null or JsonObject ? match.Value : Json.Scalar(value);
        });
        return unknown ? new JsonObject { ["Fn::Sub"] = argument?.DeepClone() is JsonArray ? new JsonArray(text, locals?.DeepClone())
            : text } : JsonValue.Create(result);
    }

    private static JsonNode Join(JsonNode? argument) =>
        argument is JsonArray { Count: 2 } pair && pair[1] is JsonArray items
            ? JsonValue.Create(string.Join(pair[0]?.ToString() ?? "", items.Select(Json.Scalar)))
            : throw Malformed("Fn::Join", "requires a delimiter and a list of strings");

    private static JsonArray Split(JsonNode? argument) =>
        argument is JsonArray { Count: 2 } pair && pair[1] is JsonValue text
            ? new JsonArray([.. text.ToString().Split(pair[0]!.ToString()).Select(part => JsonValue.Create(part))])
            : throw Malformed("Fn::Split", "requires a delimiter and a string");

    private static JsonNode? Select(JsonNode? argument)
    {
        if (argument is not JsonArray { Count: 2 } pair)
        {
            throw Malformed("Fn::Select", "requires an index and a list");
        }

        if (IsUnknown(pair[0]) || pair[1] is not JsonArray items)
        {
            return pair[1] is JsonValue ? throw Malformed("Fn::Select", "requires a list as its second argument")
                : new JsonObject { ["Fn::Select"] = pair.DeepClone() };
        }

        return int.TryParse(pair[0]?.ToString(), out var index) && index >= 0 && index < items.Count
            ? items[index]?.DeepClone()
            : throw AwsError.Validation("Template error: Fn::Select cannot select nonexistent value at index " + pair[0]);
    }

    private static JsonNode Length(JsonNode? argument) =>
        argument is JsonArray list ? list.Count : throw Malformed("Fn::Length", "requires a list");

    /// <summary>A map's name and two keys; with the language extensions a default besides.</summary>
    private JsonNode? FindInMap(JsonNode? argument)
    {
        if (argument is not JsonArray { Count: 3 or 4 } keys
            || (keys.Count == 4 && (keys[3] as JsonObject)?.ContainsKey("DefaultValue") != true))
        {
            throw Malformed("Fn::FindInMap", "requires a map's name and two keys");
        }

        var (map, first, second) = (Json.Scalar(keys[0]), Json.Scalar(keys[1]), Json.Scalar(keys[2]));
        return ((template.Mappings[map] as JsonObject)?[first] as JsonObject)?[second]?.DeepClone()
            ?? (keys.Count == 4 ? keys[3]!["DefaultValue"]?.DeepClone() : null)
            ?? throw bindings.NoMapping(map, first, second);
    }

    private static JsonArray CidrBlocks(JsonNode? argument) =>
        argument is JsonArray { Count: 2 or 3 } parts
            ? new JsonArray([.. Cidr.Split(Json.Scalar(parts[0]), Number(parts[1]), parts.Count == 3 ? Number(parts[2]) : null)
                .Select(b => JsonValue.Create(b))])
            : throw Malformed("Fn::Cidr", "requires a block, a count and the subnets' bits");

    private static int Number(JsonNode? node) =>
        int.TryParse(Json.Scalar(node), out var number) ? number : throw Malformed("Fn::Cidr", "requires numbers as count and bits");

    private JsonArray Zones(JsonNode? argument)
    {
        var region = argument?.ToString() is { Length: > 0 } named ? named : bindings.Pseudo["AWS::Region"].ToString();
        return new JsonArray([.. SandboxContext.Zones(region).Select(zone => JsonValue.Create(zone))]);
    }

    private static AwsError Malformed(string function, string problem) => AwsError.Validation($"Template error: {function} {problem}");
}
