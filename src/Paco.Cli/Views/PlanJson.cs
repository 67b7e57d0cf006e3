using System.Text.Encodings.Web;
using System.Text.Json;
using Paco.Planning;
using Paco.Project;

namespace Paco.Cli.Views;

/// <summary>The same plan for programs. Version 1: fields are added, never renamed.</summary>
internal static class PlanJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Stream output, Plan plan, TimeSpan readIn, NotRead? notRead = null, bool indented = true)
    {
        using var json = new Utf8JsonWriter(output, Options with { Indented = indented });
        json.WriteStartObject();
        json.WriteNumber("version", 1);
        json.WriteString("type", "plan");
        json.WriteString("scope", plan.Scope.Path);
        json.WriteBoolean("delete", plan.IsDelete);
        json.WriteBoolean("hasWork", plan.HasWork);
        json.WriteStartArray("nodes");
        foreach (var node in plan.Nodes)
            Node(json, node);
        json.WriteEndArray();
        Totals(json, plan);
        var estimate = Estimate.Of(plan);
        json.WriteNumber("estimatedSeconds", Math.Round(estimate.Length.TotalSeconds));
        json.WriteNumber("readSeconds", Math.Round(readIn.TotalSeconds, 3));
        Texts(json, "criticalPath", estimate.CriticalPath.Select(n => n.Name));
        SecurityJson.Write(json, SecuritySummary.Of(plan));
        Texts(json, "needsAllowDestroy", plan.Destructive.Select(n => n.Node.Ref));
        Texts(json, "orphans", plan.Orphans.Select(o => $"{o.Place.Account}/{o.Place.Region}/{o.Name}"));
        Problems(json, "warnings", plan.Warnings);
        Problems(json, "problems", plan.Problems);
        NotReadView.Json(json, notRead);
        if (plan.Drift is { } drift)
            DriftJson.Stacks(json, drift, withWanted: true);
        json.WriteEndObject();
    }

    private static void Problems(Utf8JsonWriter json, string name, IEnumerable<PlanProblem> problems)
    {
        json.WriteStartArray(name);
        foreach (var problem in problems)
        {
            json.WriteStartObject();
            json.WriteString("node", problem.Node.Name);
            json.WriteString("message", problem.Message);
            Optional(json, "hint", problem.Hint);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Node(Utf8JsonWriter json, PlannedNode node)
    {
        json.WriteStartObject();
        json.WriteString("kind", node is PlannedStack ? "stack" : "action");
        json.WriteString("name", node.Id.Name);
        json.WriteString("title", node.Node.Title);
        json.WriteString("account", node.Id.Place.Account);
        json.WriteString("region", node.Id.Place.Region);
        json.WriteString("ref", node.Node.Ref);
        json.WriteString("action", node.Action.ToString().ToLowerInvariant());
        Optional(json, "reason", node.Reason);
        json.WriteBoolean("destroysData", node.DestroysData);
        Nodes(json, "dependsOn", node.Node.DependsOn);
        if (node is PlannedStack stack)
            Stack(json, stack);
        json.WriteEndObject();
    }

    private static void Stack(Utf8JsonWriter json, PlannedStack stack)
    {
        Optional(json, "status", stack.Deployed is { } d ? Clouds.StackStatusText.ToWire(d.Status) : null);
        json.WriteStartArray("keeps");
        foreach (var kept in stack.Keeps)
        {
            json.WriteStartObject();
            json.WriteString("output", kept.Key);
            Nodes(json, "users", kept.Users);
            json.WriteBoolean("goes", kept.Goes);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteBoolean("revertsDrift", stack.RevertWarnings is not null);
        Texts(json, "warnings", stack.RevertWarnings ?? []);
        json.WriteStartArray("resources");
        foreach (var change in stack.Changes)
        {
            json.WriteStartObject();
            json.WriteString("logicalId", change.LogicalId);
            json.WriteString("type", change.Type);
            json.WriteString("change", change.Kind.ToString().ToLowerInvariant());
            json.WriteBoolean("destroysData", change.DestroysData);
            json.WriteBoolean("recreated", change.IsRecreated);
            json.WriteBoolean("nameTaken", change.NameIsTaken);
            Optional(json, "deletionPolicy", change.DeletionPolicy);
            Optional(json, "remark", change.Remark);
            if (!change.Source.IsNone)
                json.WriteString("source", change.Source.ToString());
            json.WriteStartArray("properties");
            foreach (var property in change.Properties)
            {
                json.WriteStartObject();
                json.WriteString("path", property.Path);
                Optional(json, "before", property.Before);
                Optional(json, "after", property.IsUnknown ? null : property.After);
                json.WriteBoolean("knownAfterApply", property.IsUnknown);
                json.WriteBoolean("forcesReplacement", property.ForcesReplacement);
                if (!property.Source.IsNone)
                    json.WriteString("source", property.Source.ToString());
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Totals(Utf8JsonWriter json, Plan plan)
    {
        var (create, import, update, replace, delete) = plan.Totals;
        json.WriteStartObject("totals");
        json.WriteNumber("create", create);
        json.WriteNumber("import", import);
        json.WriteNumber("update", update);
        json.WriteNumber("replace", replace);
        json.WriteNumber("delete", delete);
        json.WriteEndObject();
    }

    /// <summary>References to nodes: a name alone may be there in several accounts and regions.</summary>
    public static void Nodes(Utf8JsonWriter json, string name, IEnumerable<Stacks.NodeId> nodes)
    {
        json.WriteStartArray(name);
        foreach (var node in nodes)
        {
            json.WriteStartObject();
            json.WriteString("name", node.Name);
            json.WriteString("account", node.Place.Account);
            json.WriteString("region", node.Place.Region);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    internal static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }

    internal static void Optional(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
            json.WriteString(name, text);
    }
}
