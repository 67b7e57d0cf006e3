using System.Text.Json.Nodes;

namespace Paco.Sandbox.Stacks;

/// <summary>Alarms that turn a creation or update back, and how long they are watched after everything is deployed.</summary>
/// <param name="Triggers">Null where nobody ever said.</param>
/// <param name="Minutes">0 to 180; null where nobody said, which is 0.</param>
internal sealed record RollbackConfiguration(List<RollbackTrigger>? Triggers, int? Minutes)
{
    public JsonObject ToJson() => new()
    {
        ["triggers"] = Triggers is null ? null : new JsonArray([.. Triggers.Select(t => (JsonNode)new JsonArray(t.Arn, t.Type))]),
        ["minutes"] = Minutes,
    };

    public static RollbackConfiguration? Of(JsonNode? node) => node is null ? null : new(
        node["triggers"]?.AsArray().Select(t => new RollbackTrigger(t![0]!.ToString(), t[1]!.ToString())).ToList(), (int?)node["minutes"]);
}

/// <summary>An alarm by its ARN and CloudFormation type.</summary>
internal sealed record RollbackTrigger(string Arn, string Type);
