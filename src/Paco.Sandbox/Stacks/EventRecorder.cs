using System.Text.Json.Nodes;
using Paco.Clouds;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Stacks;

/// <summary>Writes a stack's events, and with them the statuses they tell.</summary>
internal sealed class EventRecorder(SandboxContext world, Store store, Stack stack)
{
    private const string StackType = "AWS::CloudFormation::Stack";

    /// <summary>The stack itself takes a status.</summary>
    public void Stack(StackStatus status, string? reason, DateTimeOffset at)
    {
        stack.Status = status;
        stack.StatusReason = reason;
        Write(stack.Name, stack.Id, StackType, status.ToWire(), reason, null, at);
    }

    /// <summary>A resource takes a status.</summary>
    public void Resource(StackResource resource, string status, string? reason, DateTimeOffset at)
    {
        (resource.Status, resource.Reason, resource.Time) = (status, reason, at);
        Write(resource.Logical, resource.Physical, resource.Type, status, reason, resource.Properties, at);
    }

    private void Write(string logical, string physical, string type, string status, string? reason, JsonObject? properties,
        DateTimeOffset at)
    {
        var uuid = new DeterministicIds($"{stack.Id} event {++stack.Events}").Uuid();
        var id = type == StackType ? uuid : $"{logical}-{status}-{at.Iso()}-{uuid[..8]}";
        var body = new JsonObject
        {
            ["id"] = id,
            ["time"] = at.Iso(),
            ["logical"] = logical,
            ["physical"] = physical,
            ["type"] = type,
            ["status"] = status,
            ["reason"] = reason,
            ["properties"] = Masked(properties)?.ToText(),
            ["token"] = stack.Run?.Token,
        };
        store.Run("INSERT INTO events(stack, body) VALUES($1, $2)", stack.Row, body.ToText());
        world.Faults.CountEvent();
    }

    /// <summary>Values of NoEcho parameters read <c>****</c> in events too.</summary>
    private JsonNode? Masked(JsonObject? properties)
    {
        var hidden = stack.Definition.Parameters.Where(p => p.NoEcho && p.Value.Length > 0).Select(p => p.Value).ToList();
        return hidden.Count == 0 ? properties : Mask(properties, hidden);
    }

    private static JsonNode? Mask(JsonNode? node, List<string> hidden) => node switch
    {
        JsonObject map => new JsonObject(map.Select(p => KeyValuePair.Create(p.Key, Mask(p.Value, hidden)))),
        JsonArray items => new JsonArray([.. items.Select(i => Mask(i, hidden))]),
        JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.String => hidden.Aggregate(
            value.ToString(), (text, secret) => text.Replace(secret, "****", StringComparison.Ordinal)),
        _ => node?.DeepClone(),
    };
}
