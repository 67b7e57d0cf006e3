using System.Text.Json.Nodes;
using Paco.CloudFormation.Schemas;
using Paco.Sandbox.Drift;
using Paco.Sandbox.Stacks;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Services.CloudFormation;

/// <summary>
/// What a definition would change of what is really there: the changes of the template, and beside them everything that was
/// changed or deleted behind the stack's back. A value the template has taken over by now is only noted, not written.
/// </summary>
internal static class DriftAwareChanges
{
    private const string SyncWithActual = "SyncWithActual";

    /// <summary>The changes, whether the stack has drifted, and why the set cannot be executed, or null.</summary>
    public static (List<JsonNode> Changes, string StackStatus, string? Refusal) Of(Store store, Stack stack, StackDefinition definition)
    {
        var checks = stack.Resources.Values.Where(r => r.Exists).Select(r => ResourceCheck.Of(store, stack, r)).ToList();
        var gone = checks.Where(c => c.Status == ResourceCheck.Deleted).Select(c => c.Resource.Logical).ToHashSet(StringComparer.Ordinal);
        var changes = Changes.Of(store, stack, definition, gone).Select(c => c.AsObject()).ToList();
        var scope = new StackScope(store, stack, definition, goneIsUnknown: true);
        foreach (var check in checks.Where(c => scope.Active.Contains(c.Resource.Logical)))
        {
            Mark(changes, scope, check);
        }

        var drifted = checks.Exists(c => c.IsDrifted);
        return ([.. changes], drifted ? "DRIFTED" : "IN_SYNC", Refusal(changes));
    }

    private static void Mark(List<JsonObject> changes, StackScope scope, ResourceCheck check)
    {
        var at = changes.FindIndex(c => c["Logical"]!.ToString() == check.Resource.Logical);
        if (check.Status == ResourceCheck.Deleted)
        {
            var added = Changes.Change("Add", check.Resource.Logical, check.Resource.Type, null, null,
                scope.Properties(check.Resource.Logical), [], null);
            Put(changes, at, added);
            added["DriftStatus"] = check.Status;
        }
        else if (check.Status == ResourceCheck.Modified && Modified(scope, check, at < 0 ? null : changes[at]) is { } change)
        {
            Put(changes, at, change);
            change["DriftStatus"] = check.Status;
        }
        else if (at >= 0)
        {
            changes[at]["DriftStatus"] = check.Status;
        }
    }

    private static void Put(List<JsonObject> changes, int at, JsonObject change)
    {
        if (at < 0)
        {
            changes.Add(change);
        }
        else
        {
            changes[at] = change;
        }
    }

    /// <summary>Null where nothing would be done: tags that somebody added are left alone.</summary>
    private static JsonObject? Modified(StackScope scope, ResourceCheck check, JsonObject? planned)
    {
        var (resource, type) = (check.Resource, check.Resource.Type);
        var after = scope.Properties(resource.Logical);
        var tags = ResourceSchemas.Shared.Find(type)?.TagProperty;
        var drifted = check.Differences.Where(d => d.How != Difference.Add || d.Path.Split('/')[1] != tags).ToList();
        if (drifted.Count == 0)
        {
            return planned;
        }

        var details = (planned?["Details"]?.AsArray() ?? []).Select(d => d!.DeepClone().AsObject())
            .Where(d => d["Path"] is not { } path || !drifted.Exists(x => $"/{path}" == x.Path)).ToList();
        details.AddRange(drifted.Select(d => Detail(type, d, after)));
        var synced = details.All(d => d["How"]!.ToString() == SyncWithActual);
        var change = Changes.Change(synced ? SyncWithActual : "Modify", resource.Logical, type, resource.Physical, check.Actual, after,
            details, null);
        change["Replacement"] = planned?["Replacement"]?.ToString() ?? "False";
        change["PolicyAction"] = planned?["PolicyAction"]?.DeepClone();
        return change;
    }

    private static JsonObject Detail(string type, Difference drift, JsonObject after)
    {
        var path = drift.Path[1..];
        var wanted = At(after, path);
        var how = Json.Same(wanted, drift.Actual) ? SyncWithActual : drift.Actual is null ? "Add" : wanted is null ? "Remove" : "Modify";
        var requires = how == SyncWithActual ? Replacement.Never : Replacement.OfPath(type, path);
        var detail = Changes.Detail("Properties", path, requires, "Static", "NoModification", how, drift.Actual, wanted, null);
        (detail["Source"], detail["From"]) = (how == SyncWithActual ? "NoModification" : "DirectModification", "ACTUAL_STATE");
        (detail["Previous"], detail["Actual"]) = (drift.Expected?.DeepClone(), drift.Actual?.DeepClone());
        return detail;
    }

    /// <summary>What drifted in a property that can be set at creation only cannot be brought back.</summary>
    private static string? Refusal(List<JsonObject> changes)
    {
        var stuck = changes.Where(c => c["Details"]!.AsArray()
            .Any(d => d!["From"] is not null && d["Requires"]!.ToString() == Replacement.Always))
            .Select(c => c["Logical"]!.ToString()).ToList();
        return stuck.Count == 0 ? null
            : $"The change set requires replacement of drifted resources, which is not supported. Drifted resources: [{string.Join(", ", stuck)}]";
    }

    private static JsonNode? At(JsonNode? node, string path)
    {
        foreach (var part in path.Split('/'))
        {
            node = node switch
            {
                JsonObject map => map[part],
                JsonArray items when int.TryParse(part, out var i) && i < items.Count => items[i],
                _ => null,
            };
        }

        return node;
    }
}
