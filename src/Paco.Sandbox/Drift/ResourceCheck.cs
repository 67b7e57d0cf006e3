using System.Text.Json.Nodes;
using Paco.CloudFormation.Schemas;
using Paco.CloudFormation.Types;
using Paco.Sandbox.Made;
using Paco.Sandbox.Stacks;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Drift;

/// <summary>How one resource of a stack really is, beside what its stack made it to be.</summary>
internal sealed record ResourceCheck(StackResource Resource, string Status, JsonObject? Expected, JsonObject? Actual,
    List<Difference> Differences)
{
    public const string InSync = "IN_SYNC";
    public const string Modified = "MODIFIED";
    public const string Deleted = "DELETED";
    public const string NotChecked = "NOT_CHECKED";

    public bool IsDrifted => Status is Modified or Deleted;

    public static ResourceCheck Of(Store store, Stack stack, StackResource resource)
    {
        var schema = ResourceSchemas.Shared.Find(resource.Type);
        if (schema is null || !ResourceFacts.Of(resource.Type).IsReadable)
        {
            return new(resource, NotChecked, null, null, []);
        }

        if (store.Find(stack.Account, ResourceRegions.Of(resource.Type, stack.Region), resource.Type,
            resource.Physical) is not { } existing)
        {
            return new(resource, Deleted, null, null, []);
        }

        var written = StackTags.Onto(stack, schema, resource.Logical, resource.Properties.DeepClone().AsObject());
        var (expected, actual) = (OwnTags.Of(schema, written), OwnTags.Of(schema, existing.Properties));
        var differences = new DriftComparison(schema).Of(expected, actual);
        return new(resource, differences.Count > 0 ? Modified : InSync, expected, Readable(schema, expected, actual), differences);
    }

    /// <summary>What a read would bring: nothing write-only, and references in place of the secrets they stand for.</summary>
    private static JsonObject Readable(ResourceSchema? schema, JsonObject expected, JsonObject actual) => new(actual
        .Where(p => schema?.IsWriteOnly(p.Key) != true)
        .Select(p => KeyValuePair.Create(p.Key, Veiled(expected[p.Key], p.Value))));

    private static JsonNode? Veiled(JsonNode? expected, JsonNode? actual) => (expected, actual) switch
    {
        (JsonValue want, _) when Json.Scalar(want).Contains("{{resolve:", StringComparison.Ordinal) => want.DeepClone(),
        (JsonObject want, JsonObject have) => new JsonObject(have.Select(p => KeyValuePair.Create(p.Key, Veiled(want[p.Key], p.Value)))),
        (JsonArray want, JsonArray have) => new JsonArray([.. have.Select((item, i) => Veiled(i < want.Count ? want[i] : null, item))]),
        _ => actual?.DeepClone(),
    };
}

/// <summary>A resource's tags without those CloudFormation adds, which are nobody's drift.</summary>
internal static class OwnTags
{
    public static JsonObject Of(ResourceSchema? schema, JsonObject properties)
    {
        var own = properties.DeepClone().AsObject();
        switch (schema?.TagProperty is { } name ? own[name] : null)
        {
            case JsonObject map:
                own[schema!.TagProperty!] = new JsonObject(map.Where(t => !IsAmazons(t.Key))
                    .Select(t => KeyValuePair.Create(t.Key, t.Value?.DeepClone())));
                break;
            case JsonArray list:
                own[schema!.TagProperty!] = new JsonArray([.. list.Where(t => !IsAmazons(t?["Key"]?.ToString()))
                    .Select(t => t?.DeepClone())]);
                break;
        }

        return own;
    }

    private static bool IsAmazons(string? key) => key?.StartsWith("aws:", StringComparison.Ordinal) == true;
}
