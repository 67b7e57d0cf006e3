using System.Text.Json.Nodes;
using Paco.CloudFormation.Schemas;
using Paco.Sandbox.Made;
using Paco.Sandbox.Stacks;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudFormation;

/// <summary>ImportExistingResources: what a definition would add and what exists already under its name, outside of all stacks.</summary>
internal static class Imports
{
    /// <summary>Marks these among the changes; their physical ids by logical id.</summary>
    public static Dictionary<string, string> Mark(Call call, Stack stack, StackDefinition definition, IEnumerable<JsonNode> changes)
    {
        var scope = new StackScope(call.Store, stack, definition, goneIsUnknown: true);
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var change in changes.Where(c => c["Action"]!.ToString() == "Add"))
        {
            var (logical, type) = (change["Logical"]!.ToString(), change["Type"]!.ToString());
            if (ResourceHandler.Taken(ResourceRequest.ForApi(call, type, scope.Properties(logical), logical)) is { } taken
                && IsFree(call, taken))
            {
                found[logical] = taken.Physical;
                (change["Action"], change["Physical"]) = ("Import", taken.Physical);
            }
        }

        return found;
    }

    /// <summary>Why these may not be taken over, in AWS's words, or null.</summary>
    public static string? Refusal(Call call, Stack stack, StackDefinition definition, Dictionary<string, string> imports)
    {
        var scope = new StackScope(call.Store, stack, definition, shapeOnly: true);
        var unkept =
            imports.Where(i => scope.Template.Resource(i.Key)["DeletionPolicy"]?.ToString() is not ("Retain" or "RetainExceptOnCreate"))
                .Select(i => $"{i.Key} ({{{Identifier(scope.Template.Type(i.Key), i.Value)}}})").ToList();
        return unkept.Count == 0 ? null
            : "CloudFormation is attempting to import some resources because they already exist in your account. The resources must have the DeletionPolicy attribute set to 'Retain' or 'RetainExceptOnCreate' in the template for successful import. "
                + $"The affected resources are {string.Join(", ", unkept)}";
    }

    // RoleName=web; of several parts, each.
    private static string Identifier(string type, string physical)
    {
        var keys = ResourceSchemas.Shared.Find(type)?.PrimaryIdentifier ?? [];
        return string.Join(", ", keys.Zip(keys.Count == 1 ? [physical] : physical.Split('|'), (key, value) => $"{key}={value}"));
    }

    private static bool IsFree(Call call, Storage.LiveResource it) =>
        it.Account == call.Account && ResourceHandler.Owner(call.Store, it) is null;
}
