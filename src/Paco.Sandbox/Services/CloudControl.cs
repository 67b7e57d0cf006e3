using System.Text.Json.Nodes;
using Paco.CloudFormation.Schemas;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>Cloud Control API: whatever exists, with its properties and attributes; it may be made, changed and deleted.</summary>
internal sealed class CloudControl() : JsonService("cloudcontrolapi", "1.0")
{
    protected override JsonNode? Do(Call call, JsonObject body)
    {
        if (call.Operation == "GetResourceRequestStatus")
        {
            return CloudControlWrites.Status(call, Required(body, "RequestToken"));
        }

        if (call.Operation is not ("GetResource" or "ListResources" or "CreateResource" or "UpdateResource" or "DeleteResource"))
        {
            throw AwsError.NotEmulated($"cloudcontrolapi:{call.Operation}");
        }

        var type = Required(body, "TypeName");
        if (ResourceSchemas.Shared.Find(type) is not { } schema)
        {
            throw new AwsError("TypeNotFoundException", $"The type '{type}' cannot be found.");
        }

        return call.Operation switch
        {
            "GetResource" => Get(call, body, type),
            "CreateResource" => CloudControlWrites.Create(call, schema, Required(body, "DesiredState")),
            "UpdateResource" => CloudControlWrites.Update(call, body, schema, Required(body, "Identifier")),
            "DeleteResource" => CloudControlWrites.Delete(call, type, Required(body, "Identifier")),
            _ => List(call, body, type),
        };
    }

    private static JsonObject Get(Call call, JsonObject body, string type)
    {
        var id = Required(body, "Identifier");
        var it = call.Store.Find(call.Account, ResourceRegions.Of(type, call.Region), type, id)
            ?? throw new AwsError("ResourceNotFoundException", $"Resource of type '{type}' with identifier '{id}' was not found.");
        return new() { ["TypeName"] = type, ["ResourceDescription"] = Describe(call.Store, it) };
    }

    private static JsonObject List(Call call, JsonObject body, string type)
    {
        var (page, next) = Page(call.Store.OfType(call.Account, ResourceRegions.Of(type, call.Region), type), body, "MaxResults", 100);
        return new()
        {
            ["TypeName"] = type,
            ["ResourceDescriptions"] = new JsonArray([.. page.Select(it => (JsonNode)Describe(call.Store, it))]),
            ["NextToken"] = next,
        };
    }

    /// <summary>Dotted attributes (<c>Endpoint.Address</c>) go where the schema has them.</summary>
    private static JsonObject Describe(Store store, LiveResource it)
    {
        var all = it.Properties.DeepClone().AsObject();
        foreach (var (name, value) in FilledAttributes.Of(store, it).Concat(it.Attributes.Where(a => !a.Key.StartsWith('('))))
        {
            var at = all;
            var parts = name.Split('.');
            foreach (var part in parts[..^1])
            {
                at = at[part] as JsonObject ?? (JsonObject)(at[part] = new JsonObject());
            }

            at.TryAdd(parts[^1], value?.DeepClone());
        }

        return new() { ["Identifier"] = it.Physical, ["Properties"] = all.ToText() };
    }
}
