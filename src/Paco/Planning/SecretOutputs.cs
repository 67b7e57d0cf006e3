using Paco.CloudFormation;
using Paco.CloudFormation.Schemas;

namespace Paco.Planning;

/// <summary>Which outputs of a stack nobody may see: CloudFormation itself hides parameters, not what is made of them.</summary>
internal static class SecretOutputs
{
    /// <summary>
    /// True for an output made of a NoEcho parameter or of a secret attribute, or that is called a secret and names no resource; also
    /// where the template does not tell what it is made of.
    /// </summary>
    public static bool IsSecret(MapValue? template, string key)
    {
        if (((template?["Outputs"] as MapValue)?[key] as MapValue)?["Value"] is not { } value)
            return true;
        var (parameters, resources) = (template["Parameters"] as MapValue, template["Resources"] as MapValue);
        var mentions = TemplateReferences.Mentions(value).ToList();
        return mentions.Exists(m => IsHidden(parameters?[m.Name]) || IsHidden(resources?[m.Name], m.Attribute))
            || (SecretNames.Says(key) && !mentions.Exists(m => resources?[m.Name] is not null));
    }

    private static bool IsHidden(Value? parameter) =>
        (parameter as MapValue)?["NoEcho"] is FlagValue { Flag: true } or TextValue { Text: "true" };

    private static bool IsHidden(Value? resource, string? attribute) => attribute is not null && resource is MapValue made
        && (SecretNames.Says(attribute) || (made["Type"] is TextValue { Text: var type }
            && ResourceSchemas.Shared.Find(type)?.IsWriteOnly(attribute.Replace('.', '/')) == true));
}
