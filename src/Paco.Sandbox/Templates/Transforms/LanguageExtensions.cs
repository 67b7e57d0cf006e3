using System.Text.Json.Nodes;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Templates.Transforms;

/// <summary>
/// AWS::LanguageExtensions: loops are written out, and what the transform adds is evaluated with the parameters. What needs a resource
/// that is not there yet stays a function.
/// </summary>
internal sealed class LanguageExtensions
{
    private static readonly string[] Sections = ["Conditions", "Resources", "Outputs"];
    private static readonly string[] Policies = ["DeletionPolicy", "UpdateReplacePolicy"];

    private readonly JsonObject _root;
    private readonly Evaluator _evaluator;

    private string _type = "";

    private LanguageExtensions(JsonObject root, Bindings bindings) =>
        (_root, _evaluator) = (root, new Evaluator(Template.Of(root), bindings with { NoMapping = NoMapping }));

    /// <summary>Throws <see cref="TransformFailure"/>.</summary>
    public static JsonObject Apply(JsonObject root, Bindings bindings)
    {
        try
        {
            Conditions(root);
            Misplaced(root);
            var whole = root.DeepClone().AsObject();
            var loops = new Loops(node => new Evaluator(Template.Of(whole), bindings).Evaluate(node));
            foreach (var section in Sections.Where(s => whole[s] is JsonObject))
            {
                whole[section] = loops.Unroll(whole[section]);
            }

            return new LanguageExtensions(whole, bindings).Resolved();
        }
        catch (AwsError e) when (!e.IsNotEmulated)
        {
            throw Failed(e.Message.Replace("Template error: ", "", StringComparison.Ordinal));
        }
    }

    private JsonObject Resolved()
    {
        var whole = new JsonObject(_root.Select(p => KeyValuePair.Create(p.Key, p.Key switch
        {
            "Resources" when p.Value is JsonObject resources => new JsonObject(
                resources.Select(r => KeyValuePair.Create(r.Key, Resource(r.Key, r.Value)))),
            "Outputs" when p.Value is JsonObject outputs => new JsonObject(
                outputs.Select(o => KeyValuePair.Create(o.Key, Output(o.Key, o.Value)))),
            "Conditions" => Resolve(p.Value),
            _ => p.Value?.DeepClone(),
        })));
        return whole;
    }

    private JsonNode? Resource(string logical, JsonNode? written)
    {
        _type = Json.Scalar((written as JsonObject)?["Type"]);
        if (Resolve(written) is not JsonObject resource)
        {
            return written?.DeepClone();
        }

        foreach (var policy in Policies.Where(resource.ContainsKey))
        {
            resource[policy] = Policy(logical, policy, written![policy]);
        }

        Condition(resource);
        if (resource["DependsOn"] is JsonNode needs)
        {
            resource["DependsOn"] = _evaluator.Evaluate(needs);
        }

        // All is evaluated, wanted or not: so a Select beyond its list fails even where a condition leaves the resource out.
        _evaluator.Evaluate(resource["Properties"]);
        return resource;
    }

    private JsonNode? Output(string key, JsonNode? written)
    {
        if (!key.All(char.IsAsciiLetterOrDigit))
        {
            throw Failed($"OutputKey '{key}' should be alphanumeric");
        }

        var output = Resolve(written);
        Condition(output as JsonObject ?? []);
        return output;
    }

    /// <summary>The name of a condition may be a function here; it must be one that is there.</summary>
    private void Condition(JsonObject holder)
    {
        if (!holder.ContainsKey("Condition"))
        {
            return;
        }

        var name = Json.Scalar(_evaluator.Evaluate(holder["Condition"]));
        holder["Condition"] = (_root["Conditions"] as JsonObject)?.ContainsKey(name) == true ? name
            : throw Failed($"Key {name} is missing in the map.");
    }

    private JsonValue Policy(string logical, string policy, JsonNode? written) => written switch
    {
        JsonArray => throw Failed($"Every {policy} member must be a string"),
        JsonObject { Count: 1 } map when Json.Scalar(map["Ref"]) == "AWS::NoValue" =>
            throw Failed("AWS::NoValue is not supported for DeletionPolicy or UpdateReplacePolicy"),
        _ => _evaluator.Evaluate(written) is JsonValue value ? value
            : throw Failed($"Unsupported expression for {policy} in resource {logical}"),
    };

    private TransformFailure NoMapping(string map, string first, string second) =>
        Failed($"Mappings not found in template for key /{first}/{second} on resourceType {_type}");

    private JsonNode? Resolve(JsonNode? node)
    {
        if (Intrinsics.IsFunction(node, out var name, out var argument))
        {
            return OfFunction(name, argument);
        }

        return node switch
        {
            JsonObject map => new JsonObject(map.Select(p => KeyValuePair.Create(p.Key, Resolve(p.Value)))),
            JsonArray items => new JsonArray([.. items.Select(Resolve)]),
            _ => node?.DeepClone(),
        };
    }

    private JsonNode? OfFunction(string name, JsonNode? argument) => name switch
    {
        "Fn::Length" => _evaluator.Evaluate(argument) switch
        {
            JsonArray list => list.Count,
            JsonObject => throw Failed("The Fn::Length value could not be resolved for properties"),
            _ => throw Failed("Fn::Length layout is incorrect"),
        },
        "Fn::If" when argument is not JsonArray { Count: 3 } parts || parts[0] is not JsonValue =>
            throw Failed("Fn::If layout is incorrect"),
        "Fn::ToJsonString" => argument is JsonObject or JsonArray ? _evaluator.Evaluate(new JsonObject { [name] = argument.DeepClone() })
            : throw Failed("Fn::ToJsonString layout is incorrect"),
        "Fn::FindInMap" => FindInMap(argument),
        "Ref" when argument is JsonObject => new JsonObject { [name] = Named(argument) },
        "Fn::GetAtt" when argument is JsonArray { Count: 2 } parts =>
            new JsonObject { [name] = new JsonArray(Named(parts[0]), Named(parts[1])) },
        _ => new JsonObject { [name] = argument switch
        {
            JsonArray items => new JsonArray([.. items.Select(Resolve)]),
            _ => Resolve(argument),
        } },
    };

    /// <summary>Whatever is in it must be known by now; what is not, CloudFormation does not take afterwards.</summary>
    private JsonNode? FindInMap(JsonNode? argument)
    {
        var found = _evaluator.Evaluate(new JsonObject { ["Fn::FindInMap"] = argument?.DeepClone() });
        return Intrinsics.IsFunction(found, out _, out _) ? throw Failed("Fn::FindInMap layout is incorrect") : found;
    }

    /// <summary>The name of a resource or attribute: written, or of functions that are known now.</summary>
    private JsonNode? Named(JsonNode? name) => name is JsonObject ? _evaluator.Evaluate(name) switch
    {
        JsonValue known => known.DeepClone(),
        var unknown => unknown,
    } : name?.DeepClone();

    private static void Misplaced(JsonObject root)
    {
        if (root.FirstOrDefault(p => !Sections.Contains(p.Key) && Loops.Names(p.Value).Any()).Key is { } section)
        {
            throw Failed($"{Loops.Function} is not supported in the {section} section");
        }

        if (Loops.Depth(root) is > Loops.MaxDepth and var depth)
        {
            throw Failed($"{Loops.Function} nesting depth of {depth} exceeds the maximum allowed depth of {Loops.MaxDepth}");
        }

        var names = Loops.Names(root).ToList();
        if (names.GroupBy(n => n).FirstOrDefault(n => n.Count() > 1)?.Key is { } twice)
        {
            throw Failed($"{twice} is not unique within the template");
        }

        var parameters = (root["Parameters"] as JsonObject ?? []).Select(p => p.Key).ToHashSet(StringComparer.Ordinal);
        if (LoopNames.Conflict(root, parameters) is { } conflict)
        {
            throw Failed(conflict);
        }

        if (names.FirstOrDefault(name => (root["Resources"] as JsonObject)?.ContainsKey(name.Split("::")[^1]) == true) is { } taken)
        {
            throw Failed($"{taken} has the name of a resource");
        }
    }

    /// <summary>A lone key <c>Condition</c> is taken for the function, whatever it was to be in the text.</summary>
    private static void Conditions(JsonObject root)
    {
        foreach (var (holder, node) in Sections.SelectMany(s => root[s] as JsonObject ?? []))
        {
            if (Arguments(node).Any(HasCondition))
            {
                throw Failed($"Fn::ToJsonString does not support Condition intrinsic function for resource {holder}");
            }
        }
    }

    private static IEnumerable<JsonNode?> Arguments(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(p => p.Key == "Fn::ToJsonString" ? [p.Value] : Arguments(p.Value)),
        JsonArray items => items.SelectMany(Arguments),
        _ => [],
    };

    private static bool HasCondition(JsonNode? node) => node switch
    {
        JsonObject { Count: 1 } map when map["Condition"] is JsonValue => true,
        JsonObject map => map.Any(p => HasCondition(p.Value)),
        JsonArray items => items.Any(HasCondition),
        _ => false,
    };

    private static TransformFailure Failed(string message) => new(DeclaredTransforms.LanguageExtensions, message);
}
