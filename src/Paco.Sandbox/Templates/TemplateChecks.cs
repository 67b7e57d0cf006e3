using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Paco.CloudFormation.Schemas;
using Paco.CloudFormation.Types;
using Paco.Sandbox.Templates.Transforms;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Templates;

/// <summary>What CloudFormation refuses at once, before a stack is touched: format, names, quotas, unresolved names, circles.</summary>
internal static partial class TemplateChecks
{
    private static readonly string[] Sections =
        ["AWSTemplateFormatVersion", "Description", "Metadata", "Parameters", "Rules", "Mappings", "Conditions", "Transform", "Resources",
            "Outputs", "Hooks"];

    private static readonly string[] ResourceKeys =
        ["Type", "Properties", "DependsOn", "Condition", "Metadata", "DeletionPolicy", "UpdateReplacePolicy", "CreationPolicy",
            "UpdatePolicy"];

    /// <param name="extended">True for what AWS::LanguageExtensions made.</param>
    public static void Check(Template template, bool extended = false)
    {
        Format(template);
        if (!extended)
        {
            ExtendedFunctions.Refuse(template);
        }

        Quotas(template);
        foreach (var (logical, node) in template.Resources)
        {
            Resource(logical, node);
        }

        Unrecognized(template);
        Unemulated.RefuseFunctions(template);
        FunctionChecks.Check(template);
        Names(template);
        Dependencies.Order(template, template.Resources.Select(r => r.Key));
    }

    /// <summary>Any of the capabilities a template needs, or null.</summary>
    public static string? NeededCapability(Template template)
    {
        var iam = template.Resources.Where(r => (r.Value as JsonObject)?["Type"]?.ToString() is
            "AWS::IAM::Role" or "AWS::IAM::User" or "AWS::IAM::Group" or "AWS::IAM::Policy" or "AWS::IAM::ManagedPolicy"
                or "AWS::IAM::InstanceProfile"
            or "AWS::IAM::AccessKey" or "AWS::IAM::UserToGroupAddition" or "AWS::IAM::RolePolicy" or "AWS::IAM::UserPolicy"
                or "AWS::IAM::GroupPolicy").ToList();
        if (iam.Count == 0)
        {
            return null;
        }

        var named = iam.Any(r => r.Value!["Properties"] is JsonObject p
            && ResourceFacts.Of(r.Value["Type"]!.ToString()).NameProperty is { } name && p.ContainsKey(name));
        return named ? "CAPABILITY_NAMED_IAM" : "CAPABILITY_IAM";
    }

    /// <summary>What can be said of a template before its transforms are carried out.</summary>
    public static void CheckUnprocessed(Template template)
    {
        Refuse(template.Root.Select(p => p.Key).Except(Sections), "Invalid template property or properties [{0}]");
        if (template.Root["AWSTemplateFormatVersion"] is { } version && version.ToString() != "2010-09-09")
        {
            throw AwsError.Validation($"Template format error: unsupported value for AWSTemplateFormatVersion {version}.");
        }

        foreach (var section in new[] { "Parameters", "Mappings", "Conditions", "Resources", "Outputs" })
        {
            if (template.Root.TryGetPropertyValue(section, out var node) && node is not JsonObject)
            {
                throw AwsError.Validation($"Template format error: {section} must be an object.");
            }
        }

        foreach (var (key, node) in template.Parameters)
        {
            if (node is not JsonObject declared || declared["Type"] is not JsonValue type || !ParameterReader.IsKnownType(type.ToString()))
            {
                throw AwsError.Validation(
                    $"Template format error: Unrecognized parameter type: {(node as JsonObject)?["Type"]?.ToString() ?? "none"} for parameter {key}");
            }
        }

        Unemulated.RefuseSections(template);
    }

    private static void Format(Template template)
    {
        CheckUnprocessed(template);
        if (template.Resources.Count == 0)
        {
            throw AwsError.Validation("Template format error: At least one Resources member must be defined.");
        }

        foreach (var (key, node) in template.Outputs)
        {
            if (node is not JsonObject output || !output.ContainsKey("Value"))
            {
                throw AwsError.Validation("Template format error: Every Outputs member must contain a Value object");
            }

            if (output["Value"] is null)
            {
                throw AwsError.Validation($"[/Outputs/{key}/Value] 'null' values are not allowed in templates");
            }

            if (output["Export"] is not (null or JsonObject))
            {
                throw AwsError.Validation($"Template format error: Output {key} is malformed: an Export must have a Name.");
            }
        }

        Mappings(template);

        if (template.Conditions.SelectMany(c => Intrinsics.Mentions(c.Value))
            .FirstOrDefault(m => m.Attribute is not null || !(template.Parameters.ContainsKey(m.Name) || IsPseudo(m.Name)))
            .Name is { } mentioned)
        {
            throw AwsError.Validation(
                $"Template format error: Unresolved dependencies [{mentioned}]. Cannot reference resources in the Conditions block of the template");
        }
    }

    private static void Mappings(Template template)
    {
        foreach (var (key, node) in template.Mappings.SelectMany(m => m.Value is JsonObject map ? map : [new(m.Key, null)]))
        {
            if (node is not JsonObject member)
            {
                throw AwsError.Validation($"Template format error: Every Mappings member {key} must be a map");
            }

            if (member.Any(v => v.Value is not (JsonValue or JsonArray)))
            {
                throw AwsError.Validation("Template format error: Every Mappings attribute must be a String or a List.");
            }
        }
    }

    private static void Quotas(Template template)
    {
        Limit(template.Resources.Count, 500, "Number of resources");
        Limit(template.Parameters.Count, 200, "Number of parameters");
        Limit(template.Outputs.Count, 200, "Number of outputs");
        Limit(template.Mappings.Count, 200, "Number of mappings");
        Limit(template.Mappings.Max(m => m.Value?.AsObject().Count) ?? 0, 200, "Number of mapping attributes");
        Limit(Text.ByteCount(template.Description ?? ""), 1024, "Bytes of the description");
        Limit(DynamicReference().Count(template.Resources.ToJsonString()), 60, "Number of dynamic references");
        Refuse(template.Root.Where(s => s.Value is JsonObject).SelectMany(s => s.Value!.AsObject().Select(p => p.Key))
            .Where(n => n.Length > 255), "Template format error: names longer than 255 characters: [{0}]");
    }

    private static void Limit(int count, int limit, string what)
    {
        if (count > limit)
        {
            throw AwsError.Validation($"Template format error: {what}, {count}, is greater than maximum allowed, {limit}");
        }
    }

    private static void Resource(string logical, JsonNode? node)
    {
        if (!logical.All(char.IsAsciiLetterOrDigit))
        {
            throw AwsError.Validation($"Template format error: Resource name {logical} is non alphanumeric.");
        }

        if (node is not JsonObject resource || resource["Type"] is not JsonValue)
        {
            throw AwsError.Validation($"Template format error: [/Resources/{logical}] Every Resources object must contain a Type member.");
        }

        Refuse(resource.Select(p => p.Key).Except(ResourceKeys), "Invalid template resource property '{0}'");
        if (resource.TryGetPropertyValue("Properties", out var properties) && properties is not JsonObject)
        {
            throw AwsError.Validation($"Template format error: [/Resources/{logical}/Properties] must be an object.");
        }

        if (properties is not null && Null(properties, $"/Resources/{logical}/Properties") is { } at)
        {
            throw AwsError.Validation($"[{at}] 'null' values are not allowed in templates");
        }

        Policy(logical, resource, "DeletionPolicy", "Delete", "Retain", "RetainExceptOnCreate", "Snapshot");
        Policy(logical, resource, "UpdateReplacePolicy", "Delete", "Retain", "Snapshot");
    }

    private static void Policy(string logical, JsonObject resource, string key, params string[] values)
    {
        if (resource[key] is JsonObject or JsonArray)
        {
            throw AwsError.Validation($"Template format error: Every {key} member must be a string.");
        }

        if (resource[key] is { } policy && !values.Contains(policy.ToString()))
        {
            throw AwsError.Validation($"Template error: Unrecognized {key} {policy} for resource {logical}");
        }
    }

    // Where the first null stands below a place, or null.
    private static string? Null(JsonNode? node, string at) => node switch
    {
        null => at,
        JsonObject map => map.Select(p => Null(p.Value, $"{at}/{p.Key}")).FirstOrDefault(p => p is not null),
        JsonArray items => items.Select((item, i) => Null(item, $"{at}/{i}")).FirstOrDefault(p => p is not null),
        _ => null,
    };

    private static void Unrecognized(Template template) => Refuse(
        template.Resources.Select(r => r.Value!["Type"]!.ToString()).Distinct()
            .Where(type => !type.StartsWith("Custom::", StringComparison.Ordinal) && ResourceSchemas.Shared.Find(type) is null),
        "Template format error: Unrecognized resource types: [{0}]");

    private static void Names(Template template)
    {
        Refuse(template.Resources.Select(r => r.Key).Where(template.Parameters.ContainsKey),
            "Template error: all resources and parameters must have unique names. Common name(s):[{0}]");
        Unresolved(template, template.Resources, "Resources");
        Unresolved(template, template.Outputs, "Outputs");
        foreach (var (holder, node) in template.Resources.Concat(template.Outputs))
        {
            if (node!["Condition"] is JsonValue name && !template.Conditions.ContainsKey(name.ToString()))
            {
                throw AwsError.Validation(
                    $"Template format error: Unresolved condition dependency {name} in the {(template.Resources.ContainsKey(holder) ? "Resources" : "Outputs")} block of the template");
            }
        }
    }

    /// <summary>AWS's words for names (<c>{0}</c>) that no resource and no parameter has, or none that is made.</summary>
    /// <param name="section"><c>Resources</c> or <c>Outputs</c>, which AWS tells apart.</param>
    public static string UnresolvedIn(string section) =>
        $"{(section == "Outputs" ? "" : "Template format error: ")}Unresolved resource dependencies [{{0}}] in the {section} block of the template";

    private static void Unresolved(Template template, JsonObject section, string title)
    {
        var mentions = section.SelectMany(p => Intrinsics.Mentions(p.Value)).Distinct().ToList();
        Refuse(
            mentions.Where(m => m.Attribute is null && !template.Parameters.ContainsKey(m.Name) && !template.Resources.ContainsKey(m.Name)
                && !IsPseudo(m.Name)).Select(m => m.Name),
            UnresolvedIn(title));
        foreach (var mention in mentions.Where(m => m.Attribute is not null))
        {
            if (!template.Resources.ContainsKey(mention.Name))
            {
                throw AwsError.Validation($"Template error: instance of Fn::GetAtt references undefined resource {mention.Name}");
            }

            if (mention.Attribute!.Length > 0 && !Made.Attributes.Supports(template.Type(mention.Name), mention.Attribute))
            {
                throw AwsError.Validation(
                    $"Template error: resource {mention.Name} does not support attribute type {mention.Attribute} in Fn::GetAtt");
            }
        }
    }

    private static bool IsPseudo(string name) =>
        name is "AWS::Region" or "AWS::AccountId" or "AWS::StackId" or "AWS::StackName" or "AWS::Partition" or "AWS::URLSuffix"
            or "AWS::NoValue" or "AWS::NotificationARNs";

    /// <summary>Throws where there are any; <c>{0}</c> of the message is their list.</summary>
    public static void Refuse(IEnumerable<string> names, string message)
    {
        var all = names.Distinct().ToArray();
        if (all.Length > 0)
        {
            throw AwsError.Validation(message.Replace("{0}", string.Join(", ", all), StringComparison.Ordinal));
        }
    }

    [GeneratedRegex(@"\{\{resolve:")]
    private static partial Regex DynamicReference();
}
