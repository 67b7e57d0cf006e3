using System.Text.Json.Nodes;
using Paco.CloudFormation.Schemas;
using Paco.CloudFormation.Types;
using Paco.Sandbox.Made;
using Paco.Sandbox.Stacks;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudFormation;

/// <summary>A resource that a change set of type IMPORT is to take over: what it will be called, and how it is found.</summary>
internal sealed record ResourceToImport(string Logical, string Type, Dictionary<string, string> Identifier)
{
    /// <summary>The identifier as AWS tells it.</summary>
    public string Value => string.Join("|", Identifier.Values);
}

/// <summary>Change sets of type IMPORT: what is refused when one is made, in AWS's order and words, and what makes it fail.</summary>
internal static class ResourcesToImport
{
    /// <summary>What AWS says to a set that can be executed.</summary>
    public const string Review = "Verify that resources and their properties defined in the template match the intended configuration of "
        + "the resource import to avoid unexpected changes.";

    /// <summary>False for types without handlers in CloudFormation's registry.</summary>
    public static bool IsImportable(string type) =>
        ResourceFacts.Of(type).IsReadable && !type.StartsWith("Custom::", StringComparison.Ordinal);

    public static List<ResourceToImport> Read(QueryForm form)
    {
        var wanted = form.Items("ResourcesToImport").Select((at, i) => new ResourceToImport(
            Member(form, at, "LogicalResourceId", i), Member(form, at, "ResourceType", i), Identifier(form, at, i))).ToList();
        return wanted.Count == 0 ? throw AwsError.Validation("Must Provide at least one resource to import")
            : wanted.Exists(w => w.Type == NestedStacks.Type) ? throw AwsError.NotEmulated("the import of stacks into other stacks")
            : wanted;
    }

    /// <summary>Throws where these cannot be the only things that a definition adds to a stack.</summary>
    public static void Refuse(Stack stack, StackDefinition definition, List<ResourceToImport> wanted, List<JsonNode> changes)
    {
        var template = Template.Parse(definition.Text);
        Frozen(stack, definition, template);
        Known(template, wanted);
        var added = Of(changes, "Add");
        if (added.Count == 0)
        {
            throw AwsError.Validation("The template should contain at least one new resource to import.");
        }

        var logicals = wanted.ConvertAll(w => w.Logical);
        TemplateChecks.Refuse(logicals.Except(added),
            "Resources [{0}] passed in ResourceToImport are already in a stack and cannot be imported.");
        TemplateChecks.Refuse(added.Except(logicals), "Resources [{0}] is missing from ResourceToImport list");
        TemplateChecks.Refuse(Of(changes, "Modify").Concat(Of(changes, "Remove")).Order(StringComparer.Ordinal),
            "You have modified resources [{0}] in your template that are not being imported. "
            + "Update, create or delete operations cannot be executed during import operations.");
        TemplateChecks.Refuse(logicals.Where(l => template.Resource(l)["DeletionPolicy"] is null),
            "The following resources to import [{0}] must have DeletionPolicy attribute specified in the template.");
    }

    /// <summary>Marks them among the changes. Why the set fails, or null; AWS looks for a resource before it asks whose it is.</summary>
    public static string? Mark(Call call, List<ResourceToImport> wanted, List<JsonNode> changes, Dictionary<string, string> found)
    {
        foreach (var one in wanted)
        {
            if (Find(call, one) is not { } it)
            {
                return NotFound(one);
            }

            if (ResourceHandler.Owner(call.Store, it) is { } owner)
            {
                return $"{one.Value} already exists in stack {owner}";
            }

            var change = changes.Find(c => c["Logical"]!.ToString() == one.Logical)!;
            (change["Action"], change["Physical"]) = ("Import", it.Physical);
            found[one.Logical] = it.Physical;
        }

        return null;
    }

    private static Dictionary<string, string> Identifier(QueryForm form, string at, int i)
    {
        var entries = form.Items($"{at}ResourceIdentifier.entry").Select(e => (Key: form[$"{e}key"] ?? "", Value: form[$"{e}value"] ?? ""))
            .DistinctBy(e => e.Key).ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal);
        return entries.Count > 0 ? entries : throw Missing(i, "resourceIdentifier");
    }

    private static string Member(QueryForm form, string at, string name, int i) =>
        form[at + name] is { Length: > 0 } value ? value : throw Missing(i, char.ToLowerInvariant(name[0]) + name[1..]);

    private static AwsError Missing(int i, string member) => AwsError.Validation(
        $"1 validation error detected: Value null at 'resourcesToImport.{i + 1}.member.{member}' failed to satisfy constraint: "
        + "Member must not be null");

    private static void Frozen(Stack stack, StackDefinition definition, Template template)
    {
        var before = Template.Parse(stack.Definition.Text);
        var frozen = !Json.Same(before.Outputs, template.Outputs) ? "Outputs"
            : !definition.Tags.SequenceEqual(before.Resources.Count == 0 ? [] : stack.Definition.Tags) ? "Tags" : null;
        if (frozen is not null)
        {
            throw AwsError.Validation($"As part of the import operation, you cannot modify or add [{frozen}]");
        }
    }

    private static void Known(Template template, List<ResourceToImport> wanted)
    {
        if (wanted.DistinctBy(w => w.Logical).Count() < wanted.Count)
        {
            throw AwsError.Validation("Every resource to import must have unique LogicalResourceId");
        }

        TemplateChecks.Refuse(wanted.Select(w => w.Logical).Where(l => !template.Resources.ContainsKey(l)),
            "The logical resource ids [{0}] provided in ResourceToImport do not exist in the template.");
        foreach (var one in wanted)
        {
            if (ResourceSchemas.Shared.Find(one.Type)?.PrimaryIdentifier is { Count: > 0 } keys
                && !one.Identifier.Keys.Order(StringComparer.Ordinal).SequenceEqual(keys.Order(StringComparer.Ordinal)))
            {
                throw AwsError.Validation(
                    $"Invalid resource identifier for resource type {one.Type}. Expected [{string.Join(", ", keys)}]");
            }

            if (template.Type(one.Logical) is var type && type != one.Type)
            {
                throw AwsError.Validation($"Resource type of [{one.Logical}] passed in ResourceToImport does not match with resource type "
                    + $"defined in the template. Resource type in ResourceToImport: {one.Type}; Resource type in Template: {type}.");
            }
        }

        TemplateChecks.Refuse(wanted.Select(w => w.Type).Where(type => !IsImportable(type)),
            "ResourceTypes [{0}] are not supported for Import");
    }

    private static List<string> Of(List<JsonNode> changes, string action) =>
        [.. changes.Where(c => c["Action"]!.ToString() == action).Select(c => c["Logical"]!.ToString())];

    private static LiveResource? Find(Call call, ResourceToImport one)
    {
        var region = ResourceRegions.Of(one.Type, call.Region);
        return call.Store.Find(call.Account, region, one.Type, one.Value)
            ?? call.Store.OfType(call.Account, region, one.Type).Find(it => one.Identifier.All(i => Has(it, i.Key, i.Value)));
    }

    private static bool Has(LiveResource it, string key, string value) =>
        Attributes.Get(it.Attributes, it.Properties, key) is { } real ? Json.Scalar(real) == value : it.Physical == value;

    // Most types answer alike; some with what their service says.
    private static string NotFound(ResourceToImport one) => one.Type switch
    {
        "AWS::S3::Bucket" => "Bucket not found",
        "AWS::DynamoDB::Table" => $"Table: {one.Value} does not exist.",
        LogGroupHandler.Type => Unfound(one, new JsonObject { ["/properties/LogGroupName"] = one.Value }.ToText()),
        _ => Unfound(one, one.Value),
    };

    private static string Unfound(ResourceToImport one, string value) =>
        $"Resource of type '{one.Type}' with identifier '{value}' was not found.";
}
