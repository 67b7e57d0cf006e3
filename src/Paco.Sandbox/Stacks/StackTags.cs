using System.Text.Json.Nodes;
using Paco.CloudFormation.Schemas;

namespace Paco.Sandbox.Stacks;

/// <summary>A stack's tags come onto its resources, with the three CloudFormation adds; a resource's own tags win.</summary>
internal static class StackTags
{
    public static JsonObject Onto(Stack stack, ResourceSchema? schema, string logical, JsonObject properties)
    {
        if (schema?.TagProperty is not { } property || !schema.Properties.Contains(property))
        {
            return properties;
        }

        var tags = new[]
        {
            KeyValuePair.Create("aws:cloudformation:stack-name", stack.Name),
            KeyValuePair.Create("aws:cloudformation:stack-id", stack.Id),
            KeyValuePair.Create("aws:cloudformation:logical-id", logical),
        }.Concat(stack.Definition.Tags);
        if (properties[property] is JsonObject map || schema.TagsAreMap)
        {
            map = properties[property] as JsonObject ?? [];
            properties[property] =
                new JsonObject(tags.Where(t => !map.ContainsKey(t.Key)).Select(t => KeyValuePair.Create<string, JsonNode?>(t.Key, t.Value))
                .Concat(map.Select(t => KeyValuePair.Create(t.Key, t.Value?.DeepClone()))));
            return properties;
        }

        var own = properties[property] as JsonArray ?? [];
        var keys = own.Select(t => t?["Key"]?.ToString()).ToHashSet();
        properties[property] =
            new JsonArray([.. tags.Where(t => !keys.Contains(t.Key)).Select(t => (JsonNode)Tag(schema.TypeName, t)),
            .. own.Select(t => t?.DeepClone())]);
        return properties;
    }

    private static JsonObject Tag(string type, KeyValuePair<string, string> tag) => type == "AWS::AutoScaling::AutoScalingGroup"
        ? new() { ["Key"] = tag.Key, ["Value"] = tag.Value, ["PropagateAtLaunch"] = true }
        : new() { ["Key"] = tag.Key, ["Value"] = tag.Value };
}
