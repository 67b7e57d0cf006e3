using System.Text.Json.Nodes;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services;

/// <summary>EventBridge: the rules and buses that stacks made, and what a pattern takes. No event is sent, no rule begins a thing.</summary>
internal sealed class EventBridge() : JsonService("events")
{
    protected override JsonNode? Do(Call call, JsonObject body) => call.Operation switch
    {
        "ListRules" => ListRules(call, body),
        "DescribeRule" => Describe(call, Find(call, body, "Name")),
        "ListTargetsByRule" => ListTargets(call, body),
        "DescribeEventBus" => DescribeBus(call, body),
        "TestEventPattern" => Test(body),
        _ => throw AwsError.NotEmulated($"events:{call.Operation}"),
    };

    private static JsonObject ListRules(Call call, JsonObject body)
    {
        var bus = Bus(call, body, "EventBusName");
        var prefix = body["NamePrefix"]?.ToString() ?? "";
        var all = Rules(call, bus).Where(r => NameOf(r).StartsWith(prefix, StringComparison.Ordinal))
            .OrderBy(NameOf, StringComparer.Ordinal).ToList();
        var (page, next) = Page(all, body, "Limit", 100);
        return new() { ["Rules"] = new JsonArray([.. page.Select(r => (JsonNode)Describe(call, r))]), ["NextToken"] = next };
    }

    private static JsonObject ListTargets(Call call, JsonObject body)
    {
        var targets = (Find(call, body, "Rule").Properties["Targets"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var (page, next) = Page(targets, body, "Limit", 100);
        return new() { ["Targets"] = new JsonArray([.. page.Select(t => t.DeepClone())]), ["NextToken"] = next };
    }

    private static JsonObject DescribeBus(Call call, JsonObject body)
    {
        var name = Bus(call, body, "Name");
        return new()
        {
            ["Name"] = name,
            ["Arn"] = Buses.Arn(call.Account, call.Region, name),
            ["Policy"] = Buses.Policy(call.Store, call.Account, call.Region, name)?.ToText(),
        };
    }

    private static JsonObject Test(JsonObject body)
    {
        var pattern = JsonValue.Create(Required(body, "EventPattern"));
        if (EventPatterns.Mistake(pattern) is { } reason)
        {
            throw new AwsError("InvalidEventPatternException", $"Event pattern is not valid. Reason: {reason}");
        }

        var happened = EventPatterns.Read(JsonValue.Create(Required(body, "Event")))
            ?? throw new AwsError("ValidationException", "Parameter Event is not valid.");
        return new() { ["Result"] = EventPatterns.Matches(EventPatterns.Read(pattern)!, happened) };
    }

    private static JsonObject Describe(Call call, LiveResource rule)
    {
        var (pattern, bus) = (rule.Properties["EventPattern"], Buses.NameOf(rule));
        var path = bus == Buses.Default ? NameOf(rule) : $"{bus}/{NameOf(rule)}";
        return new()
        {
            ["Name"] = NameOf(rule),
            ["Arn"] = $"arn:{SandboxContext.Partition(call.Region)}:events:{call.Region}:{call.Account}:rule/{path}",
            ["EventPattern"] = pattern is JsonObject tree ? tree.ToText() : pattern?.DeepClone(),
            ["ScheduleExpression"] = rule.Properties["ScheduleExpression"]?.DeepClone(),
            ["State"] = rule.Properties["State"]?.DeepClone() ?? "ENABLED",
            ["Description"] = rule.Properties["Description"]?.DeepClone(),
            ["RoleArn"] = rule.Properties["RoleArn"]?.DeepClone(),
            ["EventBusName"] = bus,
        };
    }

    private static List<LiveResource> Rules(Call call, string bus) =>
        [.. call.Store.OfType(call.Account, call.Region, RuleHandler.Type).Where(r => Buses.NameOf(r) == bus)];

    private static LiveResource Find(Call call, JsonObject body, string member)
    {
        var (name, bus) = (Required(body, member), Bus(call, body, "EventBusName"));
        return Rules(call, bus).FirstOrDefault(r => NameOf(r) == name)
            ?? throw new AwsError("ResourceNotFoundException", $"Rule {name} does not exist on EventBus {bus}.");
    }

    private static string Bus(Call call, JsonObject body, string member)
    {
        var given = body[member]?.ToString() is { Length: > 0 } text ? text : Buses.Default;
        var name = given[(given.LastIndexOf('/') + 1)..];
        return Buses.Exists(call.Store, call.Account, call.Region, name) ? name
            : throw new AwsError("ResourceNotFoundException", $"Event bus {name} does not exist.");
    }

    private static string NameOf(LiveResource rule) => rule.Physical[(rule.Physical.LastIndexOf('/') + 1)..];
}
