using System.Text.Json.Nodes;
using System.Xml.Linq;
using Paco.CloudFormation.Schemas;
using Paco.Clouds;
using Paco.Sandbox.Stacks;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudFormation;

/// <summary>Templates, deployed or to be looked at.</summary>
internal static class TemplateCalls
{
    public static XElement Get(Call call, QueryForm form)
    {
        var text = form["ChangeSetName"] is { Length: > 0 }
            ? ChangeSets.Find(call, form).Definition.Template
            : StackArguments.Stack(call, form).Definition.Template;
        return new("r", text == StackDefinition.None ? null : new XElement("TemplateBody", text),
            StackXml.Strings("StagesAvailable", ["Original", "Processed"]));
    }

    public static XElement Summary(Call call, QueryForm form)
    {
        var deployed = form["StackName"] is { Length: > 0 } ? Deployed(StackArguments.Stack(call, form)) : null;
        var template = Template.Parse(deployed ?? StackArguments.Template(call, form, null));
        TemplateChecks.Check(template);
        return new(
            "r",
            new XElement("Parameters", template.Parameters.Select(p => Declaration(p.Key, p.Value!.AsObject()))),
            StackXml.Optional("Description", template.Description),
            Capabilities(template),
            StackXml.Strings("ResourceTypes",
                template.Resources.Select(r => r.Value!["Type"]!.ToString()).Distinct().Order(StringComparer.Ordinal)),
            StackXml.Optional("Version", template.Root["AWSTemplateFormatVersion"]?.ToString()),
            StackXml.Optional("Metadata", template.Root["Metadata"]?.ToText()),
            new XElement("ResourceIdentifierSummaries", template.Resources.Select(r => r.Key).GroupBy(template.Type)
                .Where(same => ResourcesToImport.IsImportable(same.Key)).Select(same => Identifiers(same.Key, same))));
    }

    public static XElement Validate(Call call, QueryForm form)
    {
        var template = Template.Parse(StackArguments.Template(call, form, null));
        TemplateChecks.Check(template);
        return new(
            "r",
            new XElement("Parameters", template.Parameters.Select(p => Short(p.Key, p.Value!.AsObject()))),
            StackXml.Optional("Description", template.Description),
            Capabilities(template));
    }

    // By what resources of a type are named in ResourcesToImport.
    private static XElement Identifiers(string type, IEnumerable<string> logicals) => new(
        "member",
        new XElement("ResourceType", type),
        StackXml.Strings("LogicalResourceIds", logicals),
        StackXml.Strings("ResourceIdentifiers", ResourceSchemas.Shared.Find(type)?.PrimaryIdentifier ?? []));

    private static string Deployed(Stack stack) => stack.Status != StackStatus.ReviewInProgress ? stack.Definition.Template
        : throw AwsError.Validation("GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.");

    private static object?[] Capabilities(Template template) => TemplateChecks.NeededCapability(template) is { } needed
        ? [StackXml.Strings("Capabilities", [needed]),
            new XElement("CapabilitiesReason",
            $"The following resource(s) require capabilities: [{string.Join(", ", IamTypes(template))}]")]
        : [];

    private static IEnumerable<string> IamTypes(Template template) =>
        template.Resources.Select(r => r.Value!["Type"]!.ToString()).Where(t => t.StartsWith("AWS::IAM::", StringComparison.Ordinal))
            .Distinct();

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
