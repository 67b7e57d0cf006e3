using System.Text.Json.Nodes;
using System.Xml.Linq;
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
        var text = form["TemplateStage"] switch
        {
            "Original" => definition.Template,
            null or "" or "Processed" => definition.Processed is { } processed
                ? new HiddenValues(definition).Mask(JsonNode.Parse(processed))!.ToText() : definition.Template,
            var other => throw AwsError.Validation(
                $"1 validation error detected: Value '{other}' at 'templateStage' failed to satisfy constraint: Member must satisfy enum value set: [Original, Processed]"),
        };
        return new("r", new XElement("TemplateBody", text), StackXml.Strings("StagesAvailable", ["Original", "Processed"]));
    }

    public static XElement Summary(Call call, QueryForm form)
    {
        var deployed = form["StackName"] is { Length: > 0 } ? StackArguments.Stack(call, form).Definition : null;
        var template = Checked(deployed?.Template ?? StackArguments.Template(call, form, null));
        var resources = deployed?.Processed is { } processed ? Template.Parse(processed) : template;
        return new(
            "r",
            new XElement("Parameters", template.Parameters.Select(p => Declaration(p.Key, p.Value!.AsObject()))),
            StackXml.Optional("Description", template.Description),
            Capabilities(template),
            StackXml.Strings("ResourceTypes", Types(resources).Order(StringComparer.Ordinal)),
            StackXml.Optional("Version", template.Root["AWSTemplateFormatVersion"]?.ToString()),
            StackXml.Optional("Metadata", template.Root["Metadata"]?.ToText()),
            Transforms(template));
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

    /// <summary>Transforms are not carried out to look at a template: nobody has given its parameters.</summary>
    private static Template Checked(string text)
    {
        var template = Template.Parse(text);
        DeclaredTransforms.Refuse(template);
        if (DeclaredTransforms.Of(template).Count > 0)
        {
            TemplateChecks.CheckUnprocessed(template);
        }
        else
        {
            TemplateChecks.Check(template);
        }

        return template;
    }

    private static XElement? Transforms(Template template) =>
        DeclaredTransforms.Of(template) is { Count: > 0 } names ? StackXml.Strings("DeclaredTransforms", names) : null;

    /// <summary>What must be agreed to: of a stack in a stack nobody knows yet what it needs, so all is asked for.</summary>
    private static object?[] Capabilities(Template template)
    {
        var nested = Types(template).Contains(NestedStacks.Type);
        var iam = nested ? "CAPABILITY_NAMED_IAM" : TemplateChecks.NeededCapability(template);
        List<string> needed = [.. iam is null ? Array.Empty<string>() : [iam],
            .. nested || DeclaredTransforms.Of(template).Count > 0 ? [TemplateCapabilities.AutoExpand] : Array.Empty<string>()];
        var why = Types(template).Where(t => t == NestedStacks.Type || t.StartsWith("AWS::IAM::", StringComparison.Ordinal)).ToList();
        return needed.Count == 0 ? [] : [StackXml.Strings("Capabilities", needed), why.Count == 0 ? null
            : new XElement("CapabilitiesReason", $"The following resource(s) require capabilities: [{string.Join(", ", why)}]")];
    }

    private static IEnumerable<string> Types(Template template) =>
        template.Resources.Select(r => r.Value).OfType<JsonObject>().Select(r => r["Type"]?.ToString()).OfType<string>().Distinct();

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
