using System.Text.Json;
using Paco.CloudFormation;
using Paco.Planning;
using Paco.Project;
using Paco.Stacks;

namespace Paco.Cli.Views;

/// <summary>The same plan for programs.</summary>
internal static class PlanJson
{
    public static void Write(Stream output, Plan plan, TimeSpan readIn, NotRead? notRead, ProjectRemarks remarks, bool indented = true)
    {
        using var json = new Utf8JsonWriter(output, indented ? JsonFields.Indented : JsonFields.OneLine);
        json.Begin("plan");
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
        json.Seconds("readSeconds", readIn);
        json.Nodes("criticalPath", estimate.CriticalPath);
        SecurityJson.Write(json, SecuritySummary.Of(plan));
        json.Texts("needsAllowDestroy", AllowDestroyRefs.Of(plan, plan.Destructive));
        json.Nodes("orphans", [.. plan.Orphans, .. plan.HeldBack]);
        json.WriteStartArray("leftData");
        foreach (var left in plan.LeftData)
        {
            json.WriteStartObject();
            json.Node(left.Node);
            json.Texts("holds", left.Holds);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("keptLogs");
        foreach (var kept in plan.KeptLogs)
        {
            json.WriteStartObject();
            json.Node(kept.Node);
            json.Texts("groups", kept.Groups);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.Nodes("unclaimed", plan.Unclaimed);
        LeftView.Unseen(json, plan.Unseen);
        FindingView.Json(json, plan.Findings);
        UnsetSecretsView.Json(json, plan.UnsetSecrets);
        NotBuilt(json, plan.NotBuilt);
        json.Texts("notBuiltParts", remarks.NotBuilt);
        DiagnosticFormats.List(json, remarks.Warnings);
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
            json.Node(problem.Node);
            json.WriteString("message", problem.Message);
            json.Optional("hint", problem.Hint);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Node(Utf8JsonWriter json, PlannedNode node)
    {
        json.WriteStartObject();
        json.WriteString("kind", JsonWords.Of(node));
        json.NodeInFull(node.Id, node.Node.Title, node.Node.Ref);
        json.WriteString("action", JsonWords.Of(node.Action));
        json.Optional("reason", node.Reason);
        json.WriteBoolean("destroysData", node.DestroysData);
        json.Nodes("dependsOn", [.. node.Node.DependsOn.Union((node as PlannedStack)?.InTurnAfter ?? [])]);
        json.Texts("reveals", node.Reveals.Select(r => r.FileName));
        if (node is PlannedStack stack)
            Stack(json, stack);
        json.WriteEndObject();
    }

    private static void Stack(Utf8JsonWriter json, PlannedStack stack)
    {
        json.Optional("status", stack.Deployed is { } d ? Clouds.StackStatusText.ToWire(d.Status) : null);
        json.WriteStartArray("keeps");
        foreach (var kept in stack.Keeps)
        {
            json.WriteStartObject();
            json.WriteString("output", kept.Key);
            json.Nodes("users", kept.Users);
            json.WriteBoolean("goes", kept.Goes);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (!stack.UsedBy.IsEmpty)
            json.Nodes("usedBy", stack.UsedBy);
        json.WriteBoolean("changesTags", stack.TagsChange);
        json.WriteBoolean("revertsDrift", stack.RevertWarnings is not null);
        json.Texts("warnings", stack.RevertWarnings ?? []);
        Secrets(json, stack.Secrets);
        json.WriteStartArray("resources");
        foreach (var change in stack.Shown)
        {
            json.WriteStartObject();
            json.WriteString("logicalId", change.LogicalId);
            json.WriteString("type", change.Type);
            json.WriteString("change", JsonWords.Of(change.Kind));
            json.WriteBoolean("destroysData", change.DestroysData);
            json.Optional("loses", change.Lost);
            json.WriteBoolean("recreated", change.IsRecreated);
            json.WriteBoolean("nameTaken", change.NameIsTaken);
            json.Optional("deletionPolicy", change.DeletionPolicy);
            json.Optional("remark", change.Remark);
            json.WriteBoolean("mayBeReplaced", change.MayBeReplaced);
            json.Texts("follows", change.Follows);
            Consequences(json, change);
            json.Source(change.Source);
            json.WriteStartArray("properties");
            foreach (var property in change.Properties)
            {
                json.WriteStartObject();
                json.WriteString("path", property.Path);
                json.Optional("before", property.Before);
                json.Optional("after", property.IsUnknown ? null : property.After);
                json.WriteBoolean("knownAfterApply", property.IsUnknown);
                json.WriteBoolean("mayStay", property.MayStay);
                json.WriteBoolean("forcesReplacement", property.ForcesReplacement);
                json.Texts("follows", property.Follows);
                json.Source(property.Source);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Consequences(Utf8JsonWriter json, ResourceChange change)
    {
        json.WriteStartArray("consequences");
        foreach (var consequence in change.Consequences)
        {
            json.WriteStartObject();
            json.WriteString("consequence", JsonWords.Of(consequence.Kind));
            json.WriteString("text", consequence.Text);
            json.WriteBoolean("possible", consequence.IsPossible);
            if (consequence.Length is { } length)
                json.WriteNumber("seconds", Math.Round(length.TotalSeconds));
            if (consequence.Servers is { } servers)
                json.WriteNumber("servers", servers);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Secrets(Utf8JsonWriter json, IEnumerable<SecretChange> secrets)
    {
        json.WriteStartArray("secrets");
        foreach (var secret in secrets)
        {
            json.WriteStartObject();
            json.WriteString("parameter", secret.Parameter);
            json.WriteString("change", JsonWords.Certainty(secret.IsKnown));
            json.WriteBoolean("sent", secret.IsSent);
            json.Optional("doubt", secret.Doubt);
            json.Source(secret.Source);
            json.WriteStartArray("receivers");
            foreach (var (logicalId, path) in secret.Receivers)
            {
                json.WriteStartObject();
                json.WriteString("logicalId", logicalId);
                json.WriteString("path", path);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>The member <c>notBuilt</c>.</summary>
    public static void NotBuilt(Utf8JsonWriter json, IEnumerable<NotBuiltStack> stacks)
    {
        json.WriteStartArray("notBuilt");
        foreach (var stack in stacks)
        {
            json.WriteStartObject();
            json.WriteString("name", stack.Name);
            json.WriteString("region", stack.Region);
            json.WriteString("ref", stack.Ref);
            json.WriteString("title", stack.Title);
            json.Optional("reason", stack.Reason);
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
}
