using System.Text.Json.Nodes;
using Paco.Clouds;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;
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
        (resource.Status, resource.Reason) = (status, reason);
        resource.Time = Write(resource.Logical, resource.Physical, resource.Type, status, reason, resource.Properties, at);
    }

    /// <summary>
    /// The event, and when it is said to have happened: no two of a stack at one time, because clients put events in order by their times.
    /// What happens at once takes a millisecond each.
    /// </summary>
    private DateTimeOffset Write(string logical, string physical, string type, string status, string? reason, JsonObject? properties,
        DateTimeOffset due)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(due.ToUnixTimeMilliseconds(), stack.LastEvent + 1));
        stack.LastEvent = at.ToUnixTimeMilliseconds();
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
            ["properties"] = new HiddenValues(stack.Definition).Mask(properties)?.ToText(),
            ["token"] = stack.Run?.Token,
        };
        store.Run("INSERT INTO events(stack, body) VALUES($1, $2)", stack.Row, body.ToText());
        world.Faults.CountEvent();
        return at;
    }
}
