using System.Text.Json.Nodes;
using Paco.Sandbox.Made;
using Paco.Sandbox.Services.CloudFormation;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Stacks;

/// <summary>Stacks that are resources of other stacks.</summary>
internal static class NestedStacks
{
    public const string Type = "AWS::CloudFormation::Stack";

    private const string OutputPrefix = "Outputs.";
    private const int LongestName = 128;

    /// <summary>The stack a resource of another one is; null where it is none, or was deleted.</summary>
    public static Stack? Of(Store store, Stack parent, StackResource resource) => resource.Type == Type && resource.Physical.Length > 0
        && store.FindStack(parent.Account, parent.Region, resource.Physical) is { Status: not Clouds.StackStatus.DeleteComplete } nested ? nested : null;

    /// <summary>The stack at the top of a nest; itself where it is in none.</summary>
    public static Stack Root(Store store, Stack stack) =>
        stack.RootId is { } root && store.FindStack(stack.Account, stack.Region, root) is { } top ? top : stack;

    /// <summary>Its id: the name is the parent's, the logical id and a tail.</summary>
    public static string Id(ResourceRequest m)
    {
        var tail = $"-{m.Seed.Capitals(13)}";
        var name = $"{m.StackName}-{m.Logical}";
        return $"arn:{m.Partition}:cloudformation:{m.Region}:{m.Account}:stack/{name[..Math.Min(name.Length, LongestName - tail.Length)]}{tail}/{m.Seed.Uuid("stack")}";
    }

    /// <summary>What the resource's properties ask for. Throws AWS's words.</summary>
    public static StackDefinition Definition(ResourceRequest m, Stack parent, string id, StackDefinition? deployed = null) =>
        new DefinitionRequest(m.Store, m.Account, m.Region, id, TemplateUrl.Read(m.Store, m.Account, m.Text("TemplateURL") ?? ""))
        {
            Parameters = [.. (m.Properties["Parameters"] as JsonObject ?? []).Select(p => new GivenParameter(p.Key, Json.Scalar(p.Value), false))],
            Tags = Tags(m, parent),
            Capabilities = parent.Definition.Capabilities,
            NotificationArns = [.. (m.Properties["NotificationARNs"] as JsonArray ?? []).Select(Json.Scalar)],
            RoleArn = parent.Definition.RoleArn,
            Deployed = deployed,
            IsDirect = true,
        }.Definition();

    /// <summary>The stack itself, not written down yet.</summary>
    public static Stack Make(ResourceRequest m, Stack parent)
    {
        var id = Id(m);
        StackLimit.Check(m.Store, m.Account, m.Region);
        var definition = Definition(m, parent, id);
        return new()
        {
            Account = m.Account,
            Region = m.Region,
            Name = id.Split('/')[1],
            Id = id,
            Created = m.Now,
            Definition = definition,
            Description = Template.Parse(definition.Template).Description,
            OnFailure = parent.OnFailure,
            DisableRollback = parent.DisableRollback,
            TimeoutMinutes = int.TryParse(m.Text("TimeoutInMinutes"), out var minutes) ? minutes : null,
            ParentId = parent.Id,
            RootId = parent.RootId ?? parent.Id,
        };
    }

    /// <summary>What a nested stack's output says; null for any other attribute.</summary>
    public static JsonNode? Output(Store store, LiveResource it, string attribute)
    {
        if (it.Type != Type || !attribute.StartsWith(OutputPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        var key = attribute[OutputPrefix.Length..];
        return store.FindStack(it.Account, it.Region, it.Physical)?.Outputs.FirstOrDefault(o => o.Key == key)?.Value
            ?? throw new ResourceFailure($"Output '{key}' not found in stack '{it.Physical}'");
    }

    /// <summary>A nested stack has come further: its parent looks.</summary>
    public static void WakeParent(Store store, Stack nested, DateTimeOffset at)
    {
        if (nested.ParentId is { } parent)
        {
            store.Run("UPDATE stacks SET due = $2 WHERE id = $1 AND run IS NOT NULL AND (due IS NULL OR due > $2)", parent,
                at.ToUnixTimeMilliseconds());
        }
    }

    /// <summary>The parent's tags and the resource's own, which win; those of CloudFormation itself are each stack's.</summary>
    private static List<KeyValuePair<string, string>> Tags(ResourceRequest m, Stack parent)
    {
        var own = (m.Properties["Tags"] as JsonArray ?? []).OfType<JsonObject>()
            .Select(t => KeyValuePair.Create(Json.Scalar(t["Key"]), Json.Scalar(t["Value"])))
            .Where(t => !t.Key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase)).ToList();
        return [.. parent.Definition.Tags.Where(t => own.All(o => o.Key != t.Key)), .. own];
    }
}
