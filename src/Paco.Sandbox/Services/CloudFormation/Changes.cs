using System.Text.Json.Nodes;
using Paco.CloudFormation.Schemas;
using Paco.Sandbox.Stacks;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Services.CloudFormation;

/// <summary>
/// What a definition would change, resource by resource. Values of resources that are replaced are not known before, so what
/// refers to them is a dynamic change, as in AWS.
/// </summary>
internal static class Changes
{
    private enum Moving
    {
        Attributes,
        Whole,
    }

    private const string KnownAfterApply = "{{changeSet:KNOWN_AFTER_APPLY}}";

    /// <param name="recreated">Resources that are not there any more and will be others when the changes are made.</param>
    public static IEnumerable<JsonNode> Of(Store store, Stack stack, StackDefinition definition, IEnumerable<string>? recreated = null)
    {
        var scope = new StackScope(store, stack, definition, goneIsUnknown: true);
        var moving = new Dictionary<string, Moving>((recreated ?? []).Select(r => KeyValuePair.Create(r, Moving.Whole)),
            StringComparer.Ordinal);
        var parameters = new ParameterChanges(stack.Definition, scope);
        var changes = new List<JsonNode>();
        foreach (var logical in Dependencies.Order(scope.Template, scope.Active))
        {
            var (type, after) = (scope.Template.Type(logical), scope.Properties(logical));
            var present = stack.Resources.TryGetValue(logical, out var resource) && resource.Exists ? resource : null;
            if (present is null)
            {
                changes.Add(Change("Add", logical, type, null, null, after, [], null));
            }
            else if (Modified(scope, stack, present, type, after, moving, parameters) is { } change)
            {
                changes.Add(change);
            }
        }

        foreach (var gone in stack.Resources.Values.Where(r => r.Exists && !scope.Active.Contains(r.Logical))
            .OrderBy(r => r.Logical, StringComparer.Ordinal))
        {
            changes.Add(Change("Remove", gone.Logical, gone.Type, gone.Physical, gone.Properties, null, [], gone.DeletionPolicy));
        }

        return changes;
    }

    private static JsonObject? Modified(StackScope scope, Stack stack, StackResource present, string type, JsonObject after,
        Dictionary<string, Moving> moving, ParameterChanges parameters)
    {
        var details = Json.Differences(present.Properties, after)
            .Select(path => Direct(type, present.Properties, after, path, parameters.Cause(present.Logical, path))).ToList();
        details.AddRange(Dynamic(scope, present, type, moving));
        var tags = !stack.Definition.Tags.SequenceEqual(scope.Definition.Tags)
            && ResourceSchemas.Shared.Find(type)?.TagProperty is not null;
        if (tags && details.Count == 0)
        {
            details.Add(Detail("Tags", null, Replacement.Never, "Static", "DirectModification", "Modify", null, null, null));
        }

        if (!Json.Same(present.Metadata, scope.Metadata(present.Logical)))
        {
            details.Add(Detail("Metadata", null, Replacement.Never, "Static", "DirectModification", "Modify", null, null, null));
        }

        if (type == NestedStacks.Type && details.All(d => d["Attribute"]!.ToString() != "Properties"))
        {
            // Its template may be another one by now, or another when the set is executed.
            details.Add(Detail("Properties", null, Replacement.Never, "Dynamic", "Automatic", "Modify", null, null, null));
        }

        if (details.Count == 0 && type == present.Type)
        {
            return null;
        }

        foreach (var later in details.Where(d => d["Evaluation"]!.ToString() == "Dynamic" && d["Path"] is not null))
        {
            after[later["Path"]!.ToString()] = KnownAfterApply;
        }

        var change = Change("Modify", present.Logical, type, present.Physical, present.Properties, after, details, null);
        var replacement = type != present.Type ? "True" : Strongest(details);
        change["Replacement"] = replacement;
        if (details.Any(d => d["Attribute"]!.ToString() == "Properties"))
        {
            moving[present.Logical] = replacement == "False" ? Moving.Attributes : Moving.Whole;
        }

        if (replacement == "True")
        {
            change["PolicyAction"] =
                present.UpdateReplacePolicy switch { "Retain" => "ReplaceAndRetain", "Snapshot" => "ReplaceAndSnapshot",
                _ => "ReplaceAndDelete" };
        }

        return change;
    }

    private static string Strongest(List<JsonObject> details)
    {
        var all = details.Select(d => (Requires: d["Requires"]!.ToString(), Dynamic: d["Evaluation"]!.ToString() == "Dynamic")).ToList();
        return all.Any(d => d is { Requires: Replacement.Always, Dynamic: false }) ? "True"
            : all.Any(d => d.Requires != Replacement.Never) ? "Conditional" : "False";
    }

    private static JsonObject Direct(string type, JsonObject before, JsonObject after, string path, string? parameter)
    {
        var (from, to) = (At(before, path), At(after, path));
        var how = from is null ? "Add" : to is null ? "Remove" : "Modify";
        return Detail("Properties", path, Replacement.OfPath(type, path), "Static",
            parameter is null ? "DirectModification" : "ParameterReference", how, from, to, parameter);
    }

    /// <summary>
    /// Properties whose text says the same and whose values may not. Like CloudFormation, this knows nothing of single attributes: all of
    /// a resource that is or may be replaced, and every attribute of one that is changed, may be another.
    /// </summary>
    private static IEnumerable<JsonObject> Dynamic(StackScope scope, StackResource present, string type, Dictionary<string, Moving> moving)
    {
        foreach (var (property, node) in scope.Template.Resource(present.Logical)["Properties"] as JsonObject ?? [])
        {
            var cause = Intrinsics.Mentions(node).FirstOrDefault(m => moving.TryGetValue(m.Name, out var what)
                && (what == Moving.Whole || m.Attribute is not null));
            if (cause.Name is not null)
            {
                var source = cause.Attribute is null ? "ResourceReference" : "ResourceAttribute";
                var entity = cause.Attribute is null ? cause.Name : $"{cause.Name}.{cause.Attribute}";
                yield return Detail("Properties", property, Replacement.OfPath(type, property), "Dynamic", source, "Modify",
                    present.Properties[property], KnownAfterApply, entity);
            }
        }
    }

    /// <summary>A copy in which what is still a function reads as AWS's placeholder.</summary>
    private static JsonNode? Known(JsonNode? node) => Intrinsics.IsFunction(node, out _, out _) ? KnownAfterApply : node switch
    {
        JsonObject map => new JsonObject(map.Select(p => KeyValuePair.Create(p.Key, Known(p.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Known)]),
        _ => node?.DeepClone(),
    };

    private static JsonNode? At(JsonObject properties, string path)
    {
        JsonNode? node = properties;
        foreach (var part in path.Split('/'))
        {
            node = (node as JsonObject)?[part];
        }

        return node;
    }

    internal static JsonObject Change(string action, string logical, string type, string? physical, JsonObject? before, JsonObject? after,
        List<JsonObject> details, string? policy) => new()
    {
        ["Action"] = action,
        ["Logical"] = logical,
        ["Physical"] = physical,
        ["Type"] = type,
        ["Before"] = before is null ? null : new JsonObject { ["Properties"] = before.DeepClone() },
        ["After"] = after is null ? null : new JsonObject { ["Properties"] = Known(after) },
        ["Details"] = new JsonArray([.. details]),
        ["PolicyAction"] = policy switch { null => null, "RetainExceptOnCreate" => "Retain", _ => policy },
    };

    internal static JsonObject Detail(string attribute, string? path, string requires, string evaluation, string source, string how,
        JsonNode? before, JsonNode? after, string? entity) => new()
    {
        ["Attribute"] = attribute,
        ["Path"] = path,
        ["Requires"] = requires,
        ["Evaluation"] = evaluation,
        ["Source"] = source,
        ["How"] = how,
        ["Before"] = before?.DeepClone(),
        ["After"] = Known(after),
        ["Entity"] = entity,
    };
}
