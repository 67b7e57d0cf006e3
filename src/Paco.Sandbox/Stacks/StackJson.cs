using System.Text.Json.Nodes;
using Paco.Sandbox.Templates;
using StackStatus = Paco.Clouds.StackStatus;

namespace Paco.Sandbox.Stacks;

/// <summary>Stacks as JSON text and back, member by member.</summary>
internal static class StackJson
{
    public static JsonObject Definition(StackDefinition d) => new()
    {
        ["template"] = d.Template,
        ["processed"] = d.Processed,
        ["failure"] = d.TransformFailure,
        ["parameters"] = new JsonArray([.. d.Parameters.Select(p => (JsonNode)new JsonArray(p.Key, p.Value, p.Resolved, p.NoEcho))]),
        ["tags"] = new JsonArray([.. d.Tags.Select(t => (JsonNode)new JsonArray(t.Key, t.Value))]),
        ["capabilities"] = Strings(d.Capabilities),
        ["notifications"] = Strings(d.NotificationArns),
        ["role"] = d.RoleArn,
        ["rollback"] = d.Rollback?.ToJson(),
    };

    public static StackDefinition Definition(JsonNode d) => new()
    {
        Template = d["template"]!.ToString(),
        Processed = d["processed"]?.ToString(),
        TransformFailure = d["failure"]?.ToString(),
        Parameters = [.. d["parameters"]!.AsArray()
            .Select(p => new StackParameter(p![0]!.ToString(), p[1]!.ToString(), p[2]?.ToString(), (bool)p[3]!))],
        Tags = [.. d["tags"]!.AsArray().Select(t => KeyValuePair.Create(t![0]!.ToString(), t[1]!.ToString()))],
        Capabilities = Strings(d["capabilities"]),
        NotificationArns = Strings(d["notifications"]),
        RoleArn = d["role"]?.ToString(),
        Rollback = RollbackConfiguration.Of(d["rollback"]),
    };

    public static JsonArray Outputs(IEnumerable<StackOutput> outputs) =>
        new([.. outputs.Select(o => (JsonNode)new JsonArray(o.Key, o.Value, o.Description, o.ExportName))]);

    public static List<StackOutput> Outputs(JsonNode? outputs) =>
        [.. outputs!.AsArray().Select(o => new StackOutput(o![0]!.ToString(), o[1]!.ToString(), o[2]?.ToString(), o[3]?.ToString()))];

    public static JsonArray Resources(IEnumerable<StackResource> resources) => new([.. resources.Select(r => (JsonNode)Resource(r))]);

    public static Dictionary<string, StackResource> Resources(JsonNode? resources) =>
        resources!.AsArray().Select(r => Resource(r!)).ToDictionary(r => r.Logical, StringComparer.Ordinal);

    public static JsonObject Stable(StableState stable) => new()
    {
        ["definition"] = Definition(stable.Definition),
        ["description"] = stable.Description,
        ["resources"] = Resources(stable.Resources.Values),
        ["garbage"] = Resources(stable.Garbage),
    };

    public static StableState Stable(JsonNode stable) =>
        new(Definition(stable["definition"]!), stable["description"]?.ToString(), Resources(stable["resources"]))
        {
            Garbage = [.. (stable["garbage"]?.AsArray() ?? []).Select(r => Resource(r!))],
        };

    public static JsonObject Run(StackOperation run) => new()
    {
        ["phase"] = (int)run.Phase,
        ["token"] = run.Token,
        ["steps"] = new JsonArray([.. run.Steps.Select(s => (JsonNode)Step(s))]),
        ["due"] = run.Due,
        ["garbage"] = Resources(run.Garbage),
        ["spared"] = Strings(run.Spared),
        ["keep"] = run.KeepOnFailure,
        ["except"] = run.RetainExceptOnCreate,
        ["before"] = (int)run.Before,
        ["force"] = run.Force,
        ["held"] = run.HeldByParent,
        ["policy"] = run.Policy,
        ["revert"] = run.RevertDrift,
        ["imports"] = Map(run.Imports),
        ["watchedSince"] = run.WatchedSince,
        ["watchedUntil"] = run.WatchedUntil,
        ["sets"] = Map(run.NestedSets),
        ["cancelled"] = run.Cancelled,
    };

    public static StackOperation Run(JsonNode run) => new()
    {
        Phase = (Phase)(int)run["phase"]!,
        Token = run["token"]?.ToString(),
        Steps = [.. run["steps"]!.AsArray().Select(s => Step(s!))],
        Due = (long?)run["due"],
        Garbage = [.. run["garbage"]!.AsArray().Select(r => Resource(r!))],
        Spared = Strings(run["spared"]),
        KeepOnFailure = (bool)run["keep"]!,
        RetainExceptOnCreate = (bool)run["except"]!,
        Before = (StackStatus)((int?)run["before"] ?? 0),
        Force = (bool)run["force"]!,
        HeldByParent = (bool?)run["held"] == true,
        Policy = run["policy"]?.ToString(),
        RevertDrift = (bool?)run["revert"] == true,
        Imports = Map(run["imports"]),
        WatchedSince = (long?)run["watchedSince"],
        WatchedUntil = (long?)run["watchedUntil"],
        NestedSets = Map(run["sets"]),
        Cancelled = (bool)run["cancelled"]!,
    };

    public static JsonArray Strings(IEnumerable<string> items) => new([.. items.Select(i => JsonValue.Create(i))]);

    public static List<string> Strings(JsonNode? items) => [.. (items?.AsArray() ?? []).Select(i => i!.ToString())];

    public static JsonObject Map(IReadOnlyDictionary<string, string> map) =>
        new(map.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)JsonValue.Create(p.Value))));

    public static Dictionary<string, string> Map(JsonNode? map) =>
        (map?.AsObject() ?? []).ToDictionary(p => p.Key, p => p.Value!.ToString(), StringComparer.Ordinal);

    private static JsonObject Step(ResourceStep s) => new()
    {
        ["logical"] = s.Logical,
        ["action"] = (int)s.Action,
        ["state"] = (int)s.State,
        ["due"] = s.Due,
        ["after"] = Strings(s.After),
        ["failure"] = s.Failure,
        ["target"] = s.Target is null ? null : Resource(s.Target),
        ["replaces"] = s.Replaces,
        ["batch"] = s.Batch,
    };

    private static ResourceStep Step(JsonNode s) => new()
    {
        Logical = s["logical"]!.ToString(),
        Action = (ResourceAction)(int)s["action"]!,
        State = (StepState)(int)s["state"]!,
        Due = (long)s["due"]!,
        After = Strings(s["after"]),
        Failure = s["failure"]?.ToString(),
        Target = s["target"] is { } target ? Resource(target) : null,
        Replaces = (bool)s["replaces"]!,
        Batch = (int?)s["batch"] ?? 0,
    };

    private static JsonObject Resource(StackResource r) => new()
    {
        ["logical"] = r.Logical,
        ["type"] = r.Type,
        ["physical"] = r.Physical,
        ["status"] = r.Status,
        ["reason"] = r.Reason,
        ["time"] = r.Time.ToUnixTimeMilliseconds(),
        ["properties"] = r.Properties.DeepClone(),
        ["metadata"] = r.Metadata?.DeepClone(),
        ["needs"] = Strings(r.Needs),
        ["deletion"] = r.DeletionPolicy,
        ["replace"] = r.UpdateReplacePolicy,
    };

    private static StackResource Resource(JsonNode r) => new()
    {
        Logical = r["logical"]!.ToString(),
        Type = r["type"]!.ToString(),
        Physical = r["physical"]!.ToString(),
        Status = r["status"]!.ToString(),
        Reason = r["reason"]?.ToString(),
        Time = DateTimeOffset.FromUnixTimeMilliseconds((long)r["time"]!),
        Properties = r["properties"]!.DeepClone().AsObject(),
        Metadata = r["metadata"]?.DeepClone().AsObject(),
        Needs = Strings(r["needs"]),
        DeletionPolicy = r["deletion"]!.ToString(),
        UpdateReplacePolicy = r["replace"]!.ToString(),
    };
}
