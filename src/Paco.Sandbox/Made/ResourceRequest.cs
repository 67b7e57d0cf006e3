using System.Text.Json.Nodes;
using Paco.CloudFormation.Schemas;
using Paco.CloudFormation.Types;
using Paco.Sandbox.Storage;

namespace Paco.Sandbox.Made;

/// <summary>A resource about to be made or changed: where, for which stack, with which properties.</summary>
internal sealed record ResourceRequest(Store Store, string Account, string Region, string Type, ResourceSchema? Schema,
    JsonObject Properties, DeterministicIds Seed, DateTimeOffset Now)
{
    /// <summary>The stack's row, name, id and the resource's logical id; empty where an API makes the resource.</summary>
    public long? StackRow { get; init; }

    public string StackName { get; init; } = "";

    public string StackId { get; init; } = "";

    public string Logical { get; init; } = "";

    /// <summary>The id it was promised, where something was made ahead of it; null otherwise.</summary>
    public string? Promised { get; init; }

    public ResourceFacts Facts => ResourceFacts.Of(Type);

    public string Partition => SandboxContext.Partition(Region);

    /// <summary>The region the resource is kept under: <c>global</c> for services that know no regions.</summary>
    public string Home => ResourceRegions.Of(Type, Region);

    public string? Text(string property) => Properties[property] is JsonValue value ? Templates.Json.Scalar(value) : null;

    public static ResourceRequest ForApi(Wire.Call call, string type, JsonObject properties, string seed) =>
        new(call.Store, call.Account, call.Region, type, ResourceSchemas.Shared.Find(type), properties,
            new DeterministicIds($"{call.Account} {call.Region} {type} {seed}"), call.Now);
}

/// <summary>A resource that cannot be made, changed or deleted; the message is the failed event's reason.</summary>
internal sealed class ResourceFailure(string message) : Exception(message);

/// <summary>Which types belong to an account as a whole.</summary>
internal static class ResourceRegions
{
    public const string Global = "global";

    public static string Of(string type, string region) => ResourceFacts.Of(type).IsGlobal ? Global : region;
}
