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
internal static partial class Changes
{
    private const string Automatic = "Automatic";
    private const string KnownAfterApply = StackParameter.Later;

    /// <param name="recreated">Resources that are not there any more and will be others when the changes are made.</param>
    /// <param name="looksWithin">False where stacks within the stack are left alone, as by an import.</param>
    public static IEnumerable<JsonNode> Of(Store store, Stack stack, StackDefinition definition, IEnumerable<string>? recreated = null,
        bool looksWithin = true)
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
            else if (Modified(scope, stack, present, looksWithin, after, moving, parameters) is { } change)
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

    /// <summary>True for a nested stack that nobody changed: whether anything in it changes is only known when it is looked into.</summary>
    public static bool IsAutomatic(JsonNode change) =>
        change["Details"]!.AsArray() is { Count: > 0 } details && details.All(d => d!["Source"]!.ToString() == Automatic);

    // What is said of a property, and not only because of what it refers to.
    private static bool IsOfProperties(JsonObject detail) =>
        detail["Attribute"]!.ToString() == "Properties" && (bool?)detail["WithValues"] != false;

    private static JsonObject? Modified(StackScope scope, Stack stack, StackResource present, bool looksWithin, JsonObject after,
        Dictionary<string, Moving> moving, ParameterChanges parameters)
    {
        var type = scope.Template.Type(present.Logical);
        var details = Json.Differences(present.Properties, after)
            .SelectMany(path => Direct(type, present.Properties, after, path, parameters.Causes(present.Logical, path))).ToList();
        var followed = Followed(scope, present, type, moving).ToList();
        details.AddRange(followed);
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

        if (looksWithin && type == NestedStacks.Type && !details.Exists(IsOfProperties))
        {
            // Its template may be another one by now, or another when the set is executed.
            details.Add(Detail("Properties", null, Replacement.Never, "Dynamic", Automatic, "Modify", null, null, null));
        }

        if (details.Count == 0 && type == present.Type)
        {
            return null;
        }

        foreach (var later in followed.Where(d => (bool?)d["WithValues"] != false))
        {
            Put(after, later["Path"]!.ToString(), KnownAfterApply);
        }

        var change = Change("Modify", present.Logical, type, present.Physical, present.Properties, after, details, null);
        var replacement = type != present.Type ? "True" : Strongest(details);
        change["Replacement"] = replacement;
        if (details.Any(d => d["Attribute"]!.ToString() == "Properties"))
        {
            moving[present.Logical] =
                replacement switch { "True" => Moving.Whole, "False" => Moving.Attributes, _ => Moving.MaybeWhole };
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

    // A parameter's value is known before, and what the function around it makes of it is not: AWS tells both.
    private static IEnumerable<JsonObject> Direct(string type, JsonObject before, JsonObject after, string path, List<string> causes)
    {
        var (from, to) = (At(before, path), At(after, path));
        var how = from is null ? "Add" : to is null ? "Remove" : "Modify";
        foreach (var parameter in causes)
        {
            yield return Detail("Properties", path, Replacement.OfPath(type, path), "Static", "ParameterReference", how, from, to,
                parameter);
        }

        yield return Detail("Properties", path, Replacement.OfPath(type, path), causes.Count > 0 ? "Dynamic" : "Static",
            "DirectModification", how, from, to, null);
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
            node = Member(node, part);
        }

        return node;
    }

    private static JsonNode? Member(JsonNode? node, string part) => node switch
    {
        JsonObject map => map[part],
        JsonArray items when int.TryParse(part, out var i) && i < items.Count => items[i],
        _ => null,
    };

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
