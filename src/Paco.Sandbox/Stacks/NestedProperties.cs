using System.Text.Json.Nodes;
using Paco.Sandbox.Made;

namespace Paco.Sandbox.Stacks;

/// <summary>
/// What a template may say of a nested stack. The schema knows more, which Cloud Control alone takes, and does not know that there must
/// be a template.
/// </summary>
internal static class NestedProperties
{
    private static readonly string[] Known = ["NotificationARNs", "Parameters", "Tags", "TemplateURL", "TimeoutInMinutes"];

    /// <summary>Throws <see cref="ResourceFailure"/> in AWS's words.</summary>
    public static void Check(JsonObject properties)
    {
        if (properties.Select(p => p.Key).FirstOrDefault(name => !Known.Contains(name)) is { } unknown)
        {
            throw new ResourceFailure($"Encountered unsupported property {unknown}");
        }

        if (properties["TemplateURL"] is not JsonValue)
        {
            throw new ResourceFailure("Property TemplateURL cannot be empty.");
        }

        if (properties["Parameters"] is { } parameters && (parameters is not JsonObject map || map.Any(p => p.Value is not JsonValue)))
        {
            throw new ResourceFailure("Value of property Parameters must be an object with String (or simple type) properties");
        }
    }
}
