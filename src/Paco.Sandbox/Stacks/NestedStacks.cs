using System.Text.Json.Nodes;
using Paco.Clouds;
using Paco.Sandbox.Made;
using Paco.Sandbox.Services.CloudFormation;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;
using StackParameter = Paco.Sandbox.Templates.StackParameter;

namespace Paco.Sandbox.Stacks;

/// <summary>Stacks that are resources of other stacks.</summary>
internal static class NestedStacks
{
    public const string Type = "AWS::CloudFormation::Stack";

    private const string OutputPrefix = "Outputs.";
    private const int LongestName = 128;

    /// <summary>The stack a resource of another one is; null where it is none, or was deleted.</summary>
    public static Stack? Of(Store store, Stack parent, StackResource resource) => resource.Type == Type && resource.Physical.Length > 0
        && store.FindStack(parent.Account, parent.Region, resource.Physical) is { } nested && nested.Status != StackStatus.DeleteComplete
            ? nested : null;

    /// <summary>The stack at the top of a nest; itself where it is in none.</summary>
    public static Stack Root(Store store, Stack stack) =>
        stack.RootId is { } root && store.FindStack(stack.Account, stack.Region, root) is { } top ? top : stack;

    /// <summary>Its id: the name is the parent's, the logical id and a tail.</summary>
    public static string Id(ResourceRequest m)
    {
        if (m.Promised is { } promised)
        {
            return promised;
        }

        var tail = $"-{m.Seed.Capitals(13)}";
        var whole = $"{m.StackName}-{m.Logical}";
        var name = $"{whole[..Math.Min(whole.Length, LongestName - tail.Length)]}{tail}";
        return $"arn:{m.Partition}:cloudformation:{m.Region}:{m.Account}:stack/{name}/{m.Seed.Uuid("stack")}";
    }

    /// <summary>What the resource's properties ask for. Throws AWS's words.</summary>
    /// <param name="parent">What the stack around it is, or is to be.</param>
    /// <param name="template">The template as a change set found it; null to read it now.</param>
    public static StackDefinition Definition(ResourceRequest m, StackDefinition parent, string id, StackDefinition? deployed,
        string? template)
    {
        var parameters = m.Properties["Parameters"] as JsonObject ?? [];
        var text = template ?? TemplateUrl.Read(m.Store, m.Account, m.Text("TemplateURL") ?? "");
        return new DefinitionRequest(m.Store, m.Account, m.Region, id, text)
        {
            Parameters = [.. parameters.Select(
                p => new GivenParameter(p.Key, p.Value is JsonObject ? StackParameter.Later : Json.Scalar(p.Value), false))],
            Unknown = parameters.Where(p => p.Value is JsonObject).Select(p => p.Key).ToHashSet(StringComparer.Ordinal),
            Tags = Tags(m, parent),
            Capabilities = parent.Capabilities,
            NotificationArns = [.. (m.Properties["NotificationARNs"] as JsonArray ?? []).Select(Json.Scalar)],
            RoleArn = parent.RoleArn,
            Deployed = deployed,
            IsDirect = true,
        }.Definition();
    }

    /// <summary>The stack itself, not written down yet: a new one, or the one a change set made ahead.</summary>
    public static Stack Make(ResourceRequest m, Stack parent, PlannedNest? planned = null)
    {
        var id = Id(m);
        var definition = Definition(m, parent.Definition, id, null, planned?.Template);
        if (planned is null)
        {
            StackLimit.Check(m.Store, m.Account, m.Region);
        }

        var nested = planned?.Stack ?? Ahead(m, parent, definition);
        nested.Definition = definition;
        nested.Description = Template.Parse(definition.Template).Description;
        nested.OnFailure = parent.OnFailure;
        nested.DisableRollback = parent.DisableRollback;
        nested.TimeoutMinutes = int.TryParse(m.Text("TimeoutInMinutes"), out var minutes) ? minutes : null;
        return nested;
    }

    /// <summary>A stack that has its name and place, and nothing else yet.</summary>
    public static Stack Ahead(ResourceRequest m, Stack parent, StackDefinition definition) => new()
    {
        Account = m.Account,
        Region = m.Region,
        Name = Id(m).Split('/')[1],
        Id = Id(m),
        Created = m.Now,
        Definition = definition,
        ParentId = parent.Id,
        RootId = parent.RootId ?? parent.Id,
    };

    /// <summary>What a nested stack's output says; null for any other attribute.</summary>
    public static JsonNode? Output(Store store, LiveResource it, string attribute) => !IsOutput(it, attribute) ? null
        : Written(store, it, attribute)
            ?? throw new ResourceFailure($"Output '{attribute[OutputPrefix.Length..]}' not found in stack '{it.Physical}'");

    /// <summary>True for an output that is not there, and may be by the time it is read.</summary>
    public static bool Lacks(Store store, LiveResource it, string attribute) =>
        IsOutput(it, attribute) && Written(store, it, attribute) is null;

    /// <summary>A nested stack has come further: its parent looks.</summary>
    public static void WakeParent(Store store, Stack nested, DateTimeOffset at)
    {
        if (nested.ParentId is { } parent)
        {
            store.Run("UPDATE stacks SET due = $2 WHERE id = $1 AND run IS NOT NULL AND (due IS NULL OR due > $2)", parent,
                at.ToUnixTimeMilliseconds());
        }
    }

    private static bool IsOutput(LiveResource it, string attribute) =>
        it.Type == Type && attribute.StartsWith(OutputPrefix, StringComparison.Ordinal);

    private static string? Written(Store store, LiveResource it, string attribute) =>
        store.FindStack(it.Account, it.Region, it.Physical)?.Outputs.FirstOrDefault(o => o.Key == attribute[OutputPrefix.Length..])?.Value;

    /// <summary>The parent's tags and the resource's own, which win; those of CloudFormation itself are each stack's.</summary>
    private static List<KeyValuePair<string, string>> Tags(ResourceRequest m, StackDefinition parent)
    {
        var own = (m.Properties["Tags"] as JsonArray ?? []).OfType<JsonObject>()
            .Select(t => KeyValuePair.Create(Json.Scalar(t["Key"]), Json.Scalar(t["Value"])))
            .Where(t => !t.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)).ToList();
        return [.. parent.Tags.Where(t => own.All(o => o.Key != t.Key)), .. own];
    }
}
