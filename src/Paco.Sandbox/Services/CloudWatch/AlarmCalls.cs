using System.Text.Json;
using System.Text.Json.Nodes;
using Paco.Sandbox.Alarms;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudWatch;

/// <summary>What somebody does to alarms by hand: behind a stack's back, where a stack made them.</summary>
internal static class AlarmCalls
{
    private static readonly string[] States = [AlarmState.Ok, AlarmState.Alarm, AlarmState.InsufficientData];

    public static JsonObject? Put(Call call, JsonObject body, string type)
    {
        var name = body.Need("AlarmName");
        var known = call.Store.Find(call.Account, call.Region, type, name);
        var properties = body.DeepClone().AsObject();
        if (known?.Properties["Tags"] is { } tags)
        {
            // Those of an alarm that exists are not changed by putting it.
            properties["Tags"] = tags.DeepClone();
        }

        var wanted = ResourceRequest.ForApi(call, type, properties, name);
        if (AlarmHandler.Problem(wanted) is { } problem)
        {
            throw AwsError.Validation(problem);
        }

        var handler = ResourceHandler.Of(type);
        if (known is null)
        {
            handler.Create(wanted);
        }
        else
        {
            handler.Update(wanted with { StackRow = known.Stack, Logical = known.Logical ?? "" }, known);
        }

        return null;
    }

    public static JsonObject? Delete(Call call, JsonObject body)
    {
        // All of them or none.
        foreach (var alarm in body.Texts("AlarmNames").Select(name => Find(call, name)).ToList())
        {
            ResourceHandler.Of(alarm.Type).Delete(call.Store, alarm);
        }

        return null;
    }

    public static JsonObject? SetState(Call call, JsonObject body)
    {
        var (alarm, value) = (Find(call, body.Need("AlarmName")), body.Need("StateValue"));
        if (!States.Contains(value))
        {
            throw AwsError.Validation($"1 validation error detected: Value '{value}' at 'stateValue' failed to satisfy constraint: "
                + $"Member must satisfy enum value set: [{string.Join(", ", States)}]");
        }

        var data = body.Text("StateReasonData") ?? "";
        if (data.Length > 0 && !IsJson(data))
        {
            throw new AwsError("InvalidFormat", "StateReasonData is not valid JSON");
        }

        new AlarmClock(call.Store, call.Account, call.Region)
            .Change(alarm, new AlarmState(value, body.Need("StateReason"), data, call.Now, call.Now));
        return null;
    }

    public static JsonObject? SetActions(Call call, JsonObject body, bool isEnabled)
    {
        // Names that nobody has are passed over, as AWS does.
        var clock = new AlarmClock(call.Store, call.Account, call.Region);
        foreach (var alarm in body.Texts("AlarmNames").Select(clock.Find).OfType<LiveResource>())
        {
            alarm.Properties["ActionsEnabled"] = isEnabled;
            call.Store.Insert(alarm);
        }

        return null;
    }

    public static JsonObject ListTags(Call call, JsonObject body)
    {
        var arn = body.Need("ResourceARN");
        var it = arn.Split(':') is [_, _, "cloudwatch", _, _, "alarm", ..]
            ? new AlarmClock(call.Store, call.Account, call.Region).Find(arn)
            : DashboardCalls.Find(call, arn[(arn.LastIndexOf('/') + 1)..]);
        return it is null
            ? throw new AwsError("ResourceNotFoundException", $"The resource {arn} does not exist", 404)
            : new()
            {
                ["Tags"] = new JsonArray([.. it.Properties.Objects("Tags")
                    .Select(t => (JsonNode)new JsonObject { ["Key"] = t.Text("Key"), ["Value"] = t.Text("Value") ?? "" })]),
            };
    }

    private static LiveResource Find(Call call, string name) => new AlarmClock(call.Store, call.Account, call.Region).Find(name)
        ?? throw new AwsError("ResourceNotFound", $"Alarm {name} does not exist", 404);

    private static bool IsJson(string text)
    {
        try
        {
            return Templates.Json.Read(text) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
