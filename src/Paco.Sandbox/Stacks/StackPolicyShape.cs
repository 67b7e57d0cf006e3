using System.Text.Json;
using System.Text.Json.Nodes;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Stacks;

/// <content>What is a stack policy at all.</content>
internal static partial class StackPolicy
{
    private const string ById = "LogicalResourceId/";

    private static readonly string[] Members =
        ["Sid", "Effect", "Principal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

    private static readonly string[] Actions = ["Update:Modify", "Update:Replace", "Update:Delete", "Update:*", "*"];

    /// <summary>Throws AWS's words for what is no policy, or speaks of resources that are not there. <c>{}</c> is one.</summary>
    public static void Check(string text, IEnumerable<string> logicals)
    {
        if (Read(text) is not { } policy || policy.Any(p => p.Key is not ("Statement" or "Version" or "Id"))
            || !Listed(policy["Statement"]).All(IsStatement))
        {
            throw AwsError.Validation("Error validating stack policy: Invalid stack policy");
        }

        var known = logicals.ToHashSet(StringComparer.Ordinal);
        if (Listed(policy["Statement"]).SelectMany(s => Listed(s!["Resource"] ?? s["NotResource"])).Select(r => r!.ToString())
            .FirstOrDefault(r => !r.Contains('*') && !known.Contains(r[ById.Length..])) is { } unknown)
        {
            throw AwsError.Validation($"Error validating stack policy: Unknown logical id '{unknown}' in statement {{}} - "
                + "stack policies can only be applied to logical ids referenced in the template");
        }
    }

    private static JsonObject? Read(string text)
    {
        try
        {
            return Json.Read(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsStatement(JsonNode? node) => node is JsonObject s && s.All(p => Members.Contains(p.Key))
        && s["Effect"]?.ToString() is "Allow" or "Deny" && Listed(s["Principal"]) is [JsonValue principal] && principal.ToString() == "*"
        && One(s["Action"], s["NotAction"], Actions.Contains)
        && One(s["Resource"], s["NotResource"], r => r == "*" || (r.StartsWith(ById, StringComparison.Ordinal) && r.Length > ById.Length))
        && s["Condition"] is null or JsonObject && (s["Condition"] as JsonObject ?? []).All(IsByType);

    private static bool IsByType(KeyValuePair<string, JsonNode?> condition) => condition.Key is "StringEquals" or "StringLike"
        && condition.Value is JsonObject keys && keys.All(k => k.Key == "ResourceType" && Listed(k.Value).All(v => v is JsonValue));

    // Exactly one of the two is written, and every text in it is one that may be.
    private static bool One(JsonNode? these, JsonNode? others, Func<string, bool> mayBe) => these is null != others is null
        && Listed(these ?? others) is { Count: > 0 } texts && texts.TrueForAll(t => t is JsonValue && mayBe(t.ToString()));

    private static List<JsonNode?> Listed(JsonNode? node) => node switch { null => [], JsonArray many => [.. many], _ => [node] };
}
