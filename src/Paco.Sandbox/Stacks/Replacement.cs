using System.Text.Json.Nodes;
using Paco.CloudFormation.Schemas;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Stacks;

/// <summary>Whether a change replaces a resource, by Amazon's schema.</summary>
internal static class Replacement
{
    public const string Never = "Never";
    public const string Conditionally = "Conditionally";
    public const string Always = "Always";

    /// <summary>The strongest answer among all properties that differ.</summary>
    public static string Of(string type, JsonObject before, JsonObject after)
    {
        var answers = Json.Differences(before, after).Select(path => OfPath(type, path)).ToList();
        return answers.Contains(Always) ? Always : answers.Contains(Conditionally) ? Conditionally : Never;
    }

    /// <param name="path">As <see cref="Json.Differences"/> writes it; what lies below a create-only property is create-only.</param>
    public static string OfPath(string type, string path)
    {
        if (ResourceSchemas.Shared.Find(type) is not { } schema)
        {
            return Never;
        }

        var conditional = schema.ConditionalCreateOnly.Any(p => path == p || path.StartsWith($"{p}/", StringComparison.Ordinal));
        return schema.IsCreateOnly(path) ? Always : conditional ? Conditionally : Never;
    }
}
