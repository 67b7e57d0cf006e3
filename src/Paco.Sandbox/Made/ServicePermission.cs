using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Made;

/// <summary>
/// Whether a policy lets one of AWS's services do something: what a service asks before it takes on a configuration. Statements with
/// NotPrincipal, NotAction or NotResource, and conditions of operators that are not here, let nobody in.
/// </summary>
/// <param name="Principals">Who asks: names of services, ARNs. Empty where the policy names nobody, as that of a role.</param>
internal sealed record ServicePermission(IReadOnlyCollection<string> Principals, IReadOnlyDictionary<string, string> Context)
{
    /// <param name="policy">The document, as an object or as text.</param>
    /// <param name="resource">Its ARN.</param>
    public bool Allows(JsonNode? policy, string action, string resource)
    {
        var applying = Statements(policy).Where(s => Applies(s, action, resource)).Select(s => s["Effect"]?.ToString()).ToList();
        return applying.Contains("Allow") && !applying.Contains("Deny");
    }

    /// <summary>The statements of a document; throws <see cref="System.Text.Json.JsonException"/> for a text that is none.</summary>
    public static IEnumerable<JsonObject> Statements(JsonNode? policy)
    {
        var document = policy is JsonValue text ? Json.Read(text.ToString()) : policy;
        return (document as JsonObject)?["Statement"] switch
        {
            JsonArray many => many.OfType<JsonObject>(),
            JsonObject one => [one],
            _ => [],
        };
    }

    private bool Applies(JsonObject statement, string action, string resource) =>
        (Principals.Count == 0 || Texts(statement["Principal"]).Any(p => p == "*" || Principals.Contains(p)))
        && Texts(statement["Action"]).Any(a => Fits(a, action, ignoreCase: true))
        && (statement["Resource"] is null || Texts(statement["Resource"]).Any(r => Fits(r, resource)))
        && (statement["Condition"] as JsonObject ?? [])
            .All(test => (test.Value as JsonObject ?? []).All(key => Holds(test.Key, key.Key, key.Value)));

    private bool Holds(string test, string key, JsonNode? wanted)
    {
        var optional = test.EndsWith("IfExists", StringComparison.Ordinal);
        var name = optional ? test[..^"IfExists".Length] : test;
        var actual = Context.FirstOrDefault(c => string.Equals(c.Key, key, StringComparison.OrdinalIgnoreCase)).Value;
        var values = Texts(wanted).ToList();
        if (name == "Null")
        {
            return values.Contains(actual is null ? "true" : "false");
        }

        if (actual is null)
        {
            return optional || name.Contains("Not", StringComparison.Ordinal);
        }

        return name switch
        {
            "StringEquals" => values.Contains(actual),
            "StringNotEquals" => !values.Contains(actual),
            "StringLike" or "ArnLike" or "ArnEquals" => values.Exists(v => Fits(v, actual)),
            "StringNotLike" or "ArnNotLike" or "ArnNotEquals" => !values.Exists(v => Fits(v, actual)),
            "Bool" => values.Exists(v => string.Equals(v, actual, StringComparison.OrdinalIgnoreCase)),
            _ => false,
        };
    }

    // A text, a list of texts, or names with either: of principals what kind they are is in the names.
    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        null => [],
        JsonArray many => many.SelectMany(Texts),
        JsonObject kinds => kinds.SelectMany(k => Texts(k.Value)),
        _ => [Json.Scalar(node)],
    };

    private static bool Fits(string pattern, string text, bool ignoreCase = false) => Regex.IsMatch(text,
        $"^{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal)}$",
        RegexOptions.CultureInvariant | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None), TimeSpan.FromSeconds(1));
}
