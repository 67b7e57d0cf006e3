using Paco.Sandbox.Stacks;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.CloudFormation;

/// <summary>Stack policies as requests give them: the text itself, or where it lies in S3.</summary>
internal static class PolicyArguments
{
    /// <summary>The policy's text, or null where the request has none. Throws AWS's words for what is none.</summary>
    /// <param name="name"><c>StackPolicy</c> or <c>StackPolicyDuringUpdate</c>.</param>
    /// <param name="definitions">Whose resources it may speak of.</param>
    public static string? Read(Call call, QueryForm form, string name, params IEnumerable<StackDefinition> definitions)
    {
        var (body, url) = (form[$"{name}Body"], form[$"{name}URL"]);
        if (body is { Length: > 0 } && url is { Length: > 0 })
        {
            throw AwsError.Validation($"You cannot specify both {name}URL and {name}Body");
        }

        if ((url is { Length: > 0 } ? TemplateUrl.Read(call.Store, call.Account, url) : body) is not { Length: > 0 } text)
        {
            return null;
        }

        StackPolicy.Check(text, definitions.SelectMany(d => Template.Parse(d.TransformFailure is null ? d.Text : d.Template).Resources)
            .Select(r => r.Key));
        return text;
    }
}
