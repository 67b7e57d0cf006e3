using System.IO.Enumeration;
using System.Text.Json.Nodes;

namespace Paco.Sandbox.Stacks;

/// <summary>Stack policies: who says nothing about a resource denies it, a Deny wins over any Allow.</summary>
internal static partial class StackPolicy
{
    /// <summary>AWS's words for a denial, or null where the action is allowed.</summary>
    /// <param name="action"><c>Update:Modify</c>, <c>Update:Replace</c> or <c>Update:Delete</c>.</param>
    public static string? Denies(string? policy, string action, string logical, string type)
    {
        if (string.IsNullOrWhiteSpace(policy))
        {
            return null;
        }

        var allowed = false;
        foreach (var statement in Statements(policy))
        {
            if (!Applies(statement, action, logical, type))
            {
                continue;
            }

            if (statement["Effect"]?.ToString() == "Deny")
            {
                return $"Action denied by stack policy: Statement denies Action: {action} for LogicalResourceId: {logical}";
            }

            allowed = true;
        }

        return allowed ? null
            : $"Action not allowed by stack policy: no statement allows Action: {action} for LogicalResourceId: {logical}";
    }

    private static IEnumerable<JsonObject> Statements(string policy) => JsonNode.Parse(policy)?["Statement"] switch
    {
        JsonArray many => many.OfType<JsonObject>(),
        JsonObject one => [one],
        _ => [],
    };

    private static bool Applies(JsonObject statement, string action, string logical, string type)
    {
        var acts = statement["NotAction"] is { } notAction ? !Any(notAction, action) : Any(statement["Action"], action);
        var on = statement["NotResource"] is { } not ? !Any(not, $"LogicalResourceId/{logical}")
            : Any(statement["Resource"], $"LogicalResourceId/{logical}");
        var types = (statement["Condition"] as JsonObject)?.SelectMany(c => c.Value as JsonObject ?? [])
            .FirstOrDefault(c => c.Key == "ResourceType").Value;
        return acts && on && (types is null || Any(types, type));
    }

    private static bool Any(JsonNode? patterns, string text) => patterns switch
    {
        JsonArray many => many.Any(p => Any(p, text)),
        null => false,
        _ => FileSystemName.MatchesSimpleExpression(patterns.ToString(), text, ignoreCase: false),
    };
}
