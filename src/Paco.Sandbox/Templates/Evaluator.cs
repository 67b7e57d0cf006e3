using System.Text.Json.Nodes;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Templates;

/// <summary>What the names of a template stand for. A null answer of the two resource questions means: not known yet.</summary>
internal sealed record Bindings
{
    public required IReadOnlyDictionary<string, JsonNode> Parameters { get; init; }

    /// <summary><c>AWS::Region</c> and the others.</summary>
    public required IReadOnlyDictionary<string, JsonNode> Pseudo { get; init; }

    public required Func<string, JsonNode?> Ref { get; init; }

    public required Func<string, string, JsonNode?> GetAtt { get; init; }

    /// <summary>An export's value; throws where there is none, null where nobody asks yet.</summary>
    public required Func<string, string?> Import { get; init; }

    /// <summary>The words for a map, or a key of it, that is not there.</summary>
    public Func<string, string, string, Exception> NoMapping { get; init; } = (map, first, second) =>
        AwsError.Validation($"Template error: Unable to get mapping for {map}::{first}::{second}");
}

/// <summary>Evaluates a template's functions. What depends on something not known yet stays a function.</summary>
internal sealed partial class Evaluator(Template template, Bindings bindings)
{
    /// <summary>The value of <c>AWS::NoValue</c>: what holds it is left out.</summary>
    private static readonly JsonNode NoValue = JsonValue.Create("AWS::NoValue");

    private readonly Dictionary<string, bool?> _conditions = new(StringComparer.Ordinal);

    /// <summary>Evaluates a tree; null only for JSON null or AWS::NoValue.</summary>
    public JsonNode? Evaluate(JsonNode? node)
    {
        var value = Value(node);
        return ReferenceEquals(value, NoValue) ? null : value;
    }

    /// <summary>True where a resource or output is wanted.</summary>
    public bool IsActive(JsonObject holder) => holder["Condition"] is not JsonValue name || Condition(name.ToString());

    /// <summary>A named condition of the template.</summary>
    public bool Condition(string name)
    {
        if (_conditions.TryGetValue(name, out var known))
        {
            return known ?? throw AwsError.Validation($"Template error: condition {name} depends on itself");
        }

        if (template.Conditions[name] is not { } definition)
        {
            throw AwsError.Validation($"Template error: unresolved condition dependency {name} in the template");
        }

        _conditions[name] = null;
        var value = Truth(definition);
        _conditions[name] = value;
        return value;
    }

    private JsonNode? Value(JsonNode? node)
    {
        if (Intrinsics.IsFunction(node, out var name, out var argument))
        {
            return name == "Ref" ? Ref(argument) : Function(name, argument);
        }

        switch (node)
        {
            case JsonObject map:
                var members = new JsonObject();
                foreach (var (key, child) in map)
                {
                    if (Value(child) is var value && !ReferenceEquals(value, NoValue))
                    {
                        members[key] = value;
                    }
                }

                return members;
            case JsonArray items:
                var all = new JsonArray();
                foreach (var item in items)
                {
                    if (Value(item) is var value && !ReferenceEquals(value, NoValue))
                    {
                        all.Add(value);
                    }
                }

                return all;
            default:
                return node?.DeepClone();
        }
    }

    private JsonNode? Ref(JsonNode? argument)
    {
        var name = argument is JsonValue ? argument.ToString()
            : throw AwsError.Validation("Template format error: every Ref object must have a single String value.");
        if (name == "AWS::NoValue")
        {
            return NoValue;
        }

        return Named(name) ?? new JsonObject { ["Ref"] = name };
    }

    private JsonNode? Named(string name) =>
        bindings.Parameters.TryGetValue(name, out var parameter) ? parameter.DeepClone()
        : bindings.Pseudo.TryGetValue(name, out var pseudo) ? pseudo.DeepClone()
        : bindings.Ref(name)?.DeepClone();

    /// <summary>A condition or an assertion of a rule, which may say more than a condition.</summary>
    public bool Holds(JsonNode? node) => Truth(node, isRule: true);

    private bool Truth(JsonNode? node, bool isRule = false)
    {
        if (node is JsonObject { Count: 1 } map)
        {
            var (name, argument) = map.First();
            switch (name)
            {
                case "Condition":
                    return Condition(argument?.ToString() ?? "");
                case "Fn::Equals" when argument is JsonArray { Count: 2 } pair:
                    return AreEqual(Value(pair[0]), Value(pair[1]));
                case "Fn::Not" when argument is JsonArray { Count: 1 } one:
                    return !Truth(one[0], isRule);
                case "Fn::And" when argument is JsonArray all:
                    return all.All(part => Truth(part, isRule));
                case "Fn::Or" when argument is JsonArray any:
                    return any.Any(part => Truth(part, isRule));
                case "Fn::Contains" or "Fn::EachMemberEquals" or "Fn::EachMemberIn" when isRule && argument is JsonArray { Count: 2 } pair:
                    return Members(name, Value(pair[0]), Value(pair[1]));
                case not null when isRule && !Knows(name):
                    throw AwsError.NotEmulated($"the function {name}");
            }
        }

        throw AwsError.Validation("Template error: Conditions can only be boolean operations on parameters and other conditions");
    }

    private static bool AreEqual(JsonNode? left, JsonNode? right) => left is JsonArray || right is JsonArray
        ? throw AwsError.Validation("Template error: every Fn::Equals object requires a list of 2 string parameters.")
        : Json.Same(left, right);
}
