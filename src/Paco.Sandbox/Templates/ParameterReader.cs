using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Templates;

/// <summary>A parameter of a stack.</summary>
/// <param name="Value">As given, or the default.</param>
/// <param name="Resolved">For SSM parameter types, what the name stood for.</param>
internal sealed record StackParameter(string Key, string Value, string? Resolved, bool NoEcho)
{
    /// <summary>What AWS writes in the place of a value that something has first, which is made later.</summary>
    public const string Later = "{{changeSet:KNOWN_AFTER_APPLY}}";

    public bool IsKnown => Value != Later;

    /// <summary>What DescribeStacks shows.</summary>
    public string Shown => NoEcho ? "****" : Value;
}

/// <summary>A parameter as a request gives it.</summary>
internal sealed record GivenParameter(string Key, string? Value, bool UsePrevious);

/// <summary>Joins a template's parameters with a request's and the deployed ones, and checks them.</summary>
/// <param name="stored">The value Systems Manager keeps under a name, or null.</param>
internal sealed class ParameterReader(Template template, Func<string, string?> stored)
{
    private const int MaxBytes = 4096;

    /// <summary>Keys whose values are not known yet.</summary>
    public IReadOnlySet<string> Unchecked { get; init; } = new HashSet<string>();

    public List<StackParameter> Read(IReadOnlyCollection<GivenParameter> given, IReadOnlyCollection<StackParameter> previous)
    {
        Refuse(given.Select(g => g.Key).Where(key => !template.Parameters.ContainsKey(key)),
            "Parameters: [{0}] do not exist in the template");
        if (given.GroupBy(g => g.Key).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw AwsError.Validation($"Parameters: [{twice.Key}] is given more than once");
        }

        var missing = new List<string>();
        var parameters = new List<StackParameter>();
        foreach (var (key, node) in template.Parameters)
        {
            var declared = node!.AsObject();
            var one = given.FirstOrDefault(g => g.Key == key);
            var value = one is { UsePrevious: true } ? previous.FirstOrDefault(p => p.Key == key)?.Value : one?.Value ?? Default(declared);
            if (value is null)
            {
                missing.Add(key);
                continue;
            }

            var known = !Unchecked.Contains(key);
            if (known)
            {
                Check(key, declared, value);
            }

            parameters.Add(new(key, value, known ? Resolve(key, Type(declared), value) : null, Json.Scalar(declared["NoEcho"]) == "true"));
        }

        Refuse(missing, "Parameters: [{0}] must have values");
        return parameters;
    }

    /// <summary>What Ref gives: a list for the list types.</summary>
    public JsonNode Value(StackParameter parameter)
    {
        var type = Type(template.Parameters[parameter.Key]!.AsObject());
        var text = parameter.Resolved ?? parameter.Value;
        return IsList(type) ? new JsonArray([.. text.Split(',').Select(item => JsonValue.Create(item.Trim()))]) : JsonValue.Create(text);
    }

    public static string Type(JsonObject declared) => declared["Type"]?.ToString() ?? "String";

    /// <summary>The default, with lists of a YAML template joined; null without one.</summary>
    public static string? Default(JsonObject declared) => declared.ContainsKey("Default") ? Json.Scalar(declared["Default"]) : null;

    public static bool IsKnownType(string type) =>
        type is "String" or "Number" or "CommaDelimitedList" || type.StartsWith("List<", StringComparison.Ordinal)
            || type.StartsWith("AWS::", StringComparison.Ordinal);

    private static bool IsList(string type) => type == "CommaDelimitedList" || type.Contains("List<", StringComparison.Ordinal);

    private static void Check(string key, JsonObject declared, string value)
    {
        if (Text.ByteCount(value) > MaxBytes)
        {
            throw AwsError.Validation($"Template format error: Parameter '{key}' is longer than {MaxBytes} bytes");
        }

        var (type, own) = (Type(declared), declared["ConstraintDescription"]?.ToString());
        var items = IsList(type) ? value.Split(',').Select(v => v.Trim()).ToArray() : [value];
        if (type is "Number" or "List<Number>" && items.FirstOrDefault(item => Number(item) is null) is not null)
        {
            throw AwsError.Validation($"Parameter '{key}' must be a number.");
        }

        foreach (var item in items)
        {
            if (Violation(declared, type, item) is { } violated)
            {
                throw AwsError.Validation(own is null ? $"Parameter '{key}' {violated}"
                    : $"Parameter {key} failed to satisfy constraint: {own}");
            }
        }
    }

    private static string? Violation(JsonObject declared, string type, string item)
    {
        if (declared["AllowedValues"] is JsonArray allowed && !allowed.Any(a => Json.Scalar(a) == item))
        {
            return "must be one of AllowedValues";
        }

        if (declared["AllowedPattern"] is { } pattern
            && !Regex.IsMatch(item, $"^(?:{pattern})$", RegexOptions.None, TimeSpan.FromSeconds(1)))
        {
            return $"must match pattern {pattern}";
        }

        if (Number(declared["MinLength"]) > item.Length)
        {
            return $"must contain at least {declared["MinLength"]} characters";
        }

        if (Number(declared["MaxLength"]) < item.Length)
        {
            return $"must contain at most {declared["MaxLength"]} characters";
        }

        return type != "Number" ? null
            : Number(item) < Number(declared["MinValue"]) ? $"must be a number not less than {declared["MinValue"]}"
            : Number(item) > Number(declared["MaxValue"]) ? $"must be a number not greater than {declared["MaxValue"]}" : null;
    }

    private static decimal? Number(JsonNode? node) => node is null ? null : Number(Json.Scalar(node));

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
        ? number : null;

    private string? Resolve(string key, string type, string value)
    {
        if (!type.StartsWith("AWS::SSM::Parameter::Value<", StringComparison.Ordinal))
        {
            return null;
        }

        return stored(value)
            ?? throw AwsError.Validation(
                $"Parameter {key} failed: Unable to fetch parameters [{value}] from parameter store for this account.");
    }

    private static void Refuse(IEnumerable<string> keys, string message)
    {
        var all = keys.Distinct().ToArray();
        if (all.Length > 0)
        {
            throw AwsError.Validation(message.Replace("{0}", string.Join(", ", all), StringComparison.Ordinal));
        }
    }
}
