using System.Text.Json.Nodes;
using Paco.Sandbox.Services;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Templates.Transforms;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Stacks;

/// <summary>What a stack is to be, before its template is read: asked for by a call, or by the stack it is nested in.</summary>
internal sealed record DefinitionRequest(Store Store, string Account, string Region, string StackId, string Template)
{
    public IReadOnlyCollection<GivenParameter> Parameters { get; init; } = [];

    public List<KeyValuePair<string, string>> Tags { get; init; } = [];

    public List<string> Capabilities { get; init; } = [];

    public List<string> NotificationArns { get; init; } = [];

    public string? RoleArn { get; init; }

    /// <summary>The deployed definition; null for a stack that is made.</summary>
    public StackDefinition? Deployed { get; init; }

    /// <summary>The deployed template is kept, with what its transforms made of it then.</summary>
    public bool KeepsTemplate { get; init; }

    /// <summary>Keys of parameters whose values nobody knows before something is made; they are not checked yet.</summary>
    public IReadOnlySet<string> Unknown { get; init; } = new HashSet<string>();

    /// <summary>Nobody looks at the changes before they are made, so transforms must be agreed to.</summary>
    public bool IsDirect { get; init; }

    /// <summary>Reads and checks it. Throws AWS's words; a transform that fails is told by the definition.</summary>
    public StackDefinition Definition()
    {
        var template = Templates.Template.Parse(Template);
        DeclaredTransforms.Refuse(template);
        var transforms = DeclaredTransforms.Of(template).Count > 0;
        if (transforms)
        {
            TemplateChecks.CheckUnprocessed(template);
        }
        else
        {
            TemplateChecks.Check(template);
        }

        if (TemplateCapabilities.Missing(template, Capabilities, transforms && IsDirect && !KeepsTemplate) is { Length: > 0 } missing)
        {
            throw new AwsError("InsufficientCapabilitiesException", missing);
        }

        var reader = new ParameterReader(template, name => StoredParameters.Value(Store, Account, Region, name)) { Unchecked = Unknown };
        var parameters = reader.Read(Parameters, Deployed?.Parameters ?? []);
        var processed = transforms ? Processed(template, reader, parameters) : null;
        return new()
        {
            Template = Template,
            Processed = processed?.Text,
            TransformFailure = processed?.Failure,
            Parameters = parameters,
            Tags = Tags,
            Capabilities = Capabilities,
            NotificationArns = NotificationArns,
            RoleArn = RoleArn,
        };
    }

    private ProcessedTemplate Processed(Template template, ParameterReader reader, List<StackParameter> parameters)
    {
        if (KeepsTemplate && Deployed?.Processed is { } kept)
        {
            return new(kept, null);
        }

        var made = ProcessedTemplate.Of(Store, Account, template, new Bindings
        {
            Parameters = parameters.ToDictionary(p => p.Key, p => Value(reader.Value(p)), StringComparer.Ordinal),
            Pseudo = Pseudo(),
            Ref = _ => null,
            GetAtt = (_, _) => null,
            Import = _ => null,
        });
        return made.Failure is null && TemplateCapabilities.Missing(Templates.Template.Parse(made.Text), Capabilities, false) is { } missing
            ? made with { Failure = missing } : made;
    }

    /// <summary>A list nobody wrote anything into has no items, not one that is empty.</summary>
    private static JsonNode Value(JsonNode value) =>
        value is JsonArray { Count: 1 } list && Json.Scalar(list[0]).Length == 0 ? new JsonArray() : value;

    private Dictionary<string, JsonNode> Pseudo() => new(StringComparer.Ordinal)
    {
        ["AWS::AccountId"] = Account,
        ["AWS::Region"] = Region,
        ["AWS::StackId"] = StackId,
        ["AWS::StackName"] = StackId.Split('/')[1],
        ["AWS::Partition"] = SandboxContext.Partition(Region),
        ["AWS::URLSuffix"] = SandboxContext.UrlSuffix(Region),
        ["AWS::NotificationARNs"] = StackJson.Strings(NotificationArns),
    };
}
