using System.Text.Json.Nodes;
using System.Xml.Linq;
using Paco.CloudFormation.Schemas;
using Paco.Clouds;
using Paco.Sandbox.Stacks;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Templates.Transforms;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudFormation;

/// <summary>Templates, deployed or to be looked at.</summary>
internal static class TemplateCalls
{
    public static XElement Get(Call call, QueryForm form)
    {
        var definition = form["ChangeSetName"] is { Length: > 0 }
            ? ChangeSets.Find(call, form).Definition
            : StackArguments.Stack(call, form).Definition;
        var text = Stage(definition, form["TemplateStage"]);
        return new("r", text == StackDefinition.None ? null : new XElement("TemplateBody", text),
            StackXml.Strings("StagesAvailable", ["Original", "Processed"]));
    }

    public static XElement Summary(Call call, QueryForm form)
    {
        var deployed = form["StackName"] is { Length: > 0 } ? Deployed(StackArguments.Stack(call, form)) : null;
        var template = Checked(deployed?.Template ?? StackArguments.Template(call, form, null));
        var resources = deployed?.Processed is { } processed ? Template.Parse(processed) : template;
        return new(
            "r",
            new XElement("Parameters", template.Parameters.Select(p => Declaration(p.Key, p.Value!.AsObject()))),
            StackXml.Optional("Description", template.Description),
            Capabilities(template),
            StackXml.Strings("ResourceTypes", Types(resources).Select(r => r.Type).Distinct().Order(StringComparer.Ordinal)),
            StackXml.Optional("Version", template.Root["AWSTemplateFormatVersion"]?.ToString()),
            StackXml.Optional("Metadata", template.Root["Metadata"]?.ToText()),
            Transforms(template),
            new XElement("ResourceIdentifierSummaries", Types(resources).GroupBy(r => r.Type, r => r.Logical)
                .Where(same => ResourcesToImport.IsImportable(same.Key)).Select(same => Identifiers(same.Key, same))));
    }

    public static XElement Validate(Call call, QueryForm form)
    {
        var template = Checked(StackArguments.Template(call, form, null));
        return new(
            "r",
            new XElement("Parameters", template.Parameters.Select(p => Short(p.Key, p.Value!.AsObject()))),
            StackXml.Optional("Description", template.Description),
            Capabilities(template),
            Transforms(template));
    }

    private static string Stage(StackDefinition definition, string? stage) => stage switch
    {
        "Original" => definition.Template,
        null or "" or "Processed" => definition.Processed is { } processed
            ? new HiddenValues(definition).Mask(JsonNode.Parse(processed))!.ToText() : definition.Template,
        _ => throw AwsError.Validation(
            $"1 validation error detected: Value '{stage}' at 'templateStage' failed to satisfy constraint: Member must satisfy enum value set: [Original, Processed]"),
    };

    // By what resources of a type are named in ResourcesToImport.
    private static XElement Identifiers(string type, IEnumerable<string> logicals) => new(
        "member",
        new XElement("ResourceType", type),
        StackXml.Strings("LogicalResourceIds", logicals),
        StackXml.Strings("ResourceIdentifiers", ResourceSchemas.Shared.Find(type)?.PrimaryIdentifier ?? []));

    private static StackDefinition Deployed(Stack stack) => stack.Status != StackStatus.ReviewInProgress ? stack.Definition
        : throw AwsError.Validation("GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.");

    /// <summary>Transforms are not carried out to look at a template: nobody has given its parameters.</summary>
    private static Template Checked(string text)
    {
        var template = Template.Parse(text);
        DeclaredTransforms.Check(template);
        return template;
    }

    private static XElement? Transforms(Template template) =>
        DeclaredTransforms.Of(template) is { Count: > 0 } names ? StackXml.Strings("DeclaredTransforms", names) : null;

    /// <summary>What must be agreed to: of a stack in a stack nobody knows yet what it needs, so all is asked for.</summary>
    private static object?[] Capabilities(Template template)
    {
        var types = Types(template).Select(r => r.Type).Distinct().ToList();
        var nested = types.Contains(NestedStacks.Type);
        var iam = nested ? "CAPABILITY_NAMED_IAM" : TemplateChecks.NeededCapability(template);
        List<string> needed = [.. iam is null ? Array.Empty<string>() : [iam],
            .. nested || DeclaredTransforms.Of(template).Count > 0 ? [TemplateCapabilities.AutoExpand] : Array.Empty<string>()];
        var why = types.Where(t => t == NestedStacks.Type || t.StartsWith("AWS::IAM::", StringComparison.Ordinal)).ToList();
        return needed.Count == 0 ? [] : [StackXml.Strings("Capabilities", needed), why.Count == 0 ? null
            : new XElement("CapabilitiesReason", $"The following resource(s) require capabilities: [{string.Join(", ", why)}]")];
    }

    // A loop is no resource, and has no type.
    private static IEnumerable<(string Logical, string Type)> Types(Template template) =>
        from resource in template.Resources
        where (resource.Value as JsonObject)?["Type"] is JsonValue
        select (resource.Key, template.Type(resource.Key));

    private static XElement Short(string key, JsonObject declared) => new(
        "member",
        new XElement("ParameterKey", key),
        StackXml.Optional("DefaultValue", ParameterReader.Default(declared)),
        new XElement("NoEcho", Json.Scalar(declared["NoEcho"]) == "true" ? "true" : "false"),
        StackXml.Optional("Description", declared["Description"]?.ToString()));

    private static XElement Declaration(string key, JsonObject declared)
    {
        var member = Short(key, declared);
        member.Add(new XElement("ParameterType", ParameterReader.Type(declared)));
        if (declared["AllowedValues"] is JsonArray allowed)
        {
            member.Add(new XElement("ParameterConstraints", StackXml.Strings("AllowedValues", allowed.Select(Json.Scalar))));
        }

        return member;
    }
}
