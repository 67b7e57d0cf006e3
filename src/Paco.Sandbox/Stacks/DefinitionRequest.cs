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

    public RollbackConfiguration? Rollback { get; init; }

    /// <summary>Types of resources that the template may have; empty where all are.</summary>
    public List<string> ResourceTypes { get; init; } = [];

    /// <summary>The deployed definition; null for a stack that is made.</summary>
    public StackDefinition? Deployed { get; init; }

    /// <summary>The deployed template is kept, with what its transforms made of it then.</summary>
    public bool KeepsTemplate { get; init; }

    /// <summary>Keys of parameters whose values nobody knows before something is made; they are not checked yet.</summary>
    public IReadOnlySet<string> Unknown { get; init; } = new HashSet<string>();

    /// <summary>Nobody looks at the changes before they are made, so transforms must be agreed to.</summary>
    public bool IsDirect { get; init; }

    /// <summary>
    /// Reads and checks it. Throws AWS's words; what is wrong with a template that its transforms make now is told by the definition,
    /// and ends the stack or change set.
    /// </summary>
    public StackDefinition Definition()
    {
        var template = Templates.Template.Parse(Template);
        DeclaredTransforms.Check(template);
        var transforms = DeclaredTransforms.Of(template).Count > 0;
        var kept = KeepsTemplate ? Deployed?.Processed : null;
        if (!transforms)
        {
            Services.CloudFormation.ResourceTypes.Refuse(template, ResourceTypes);
        }

        if (TemplateCapabilities.Missing(template, Capabilities, transforms && IsDirect && !KeepsTemplate) is { Length: > 0 } missing)
        {
            throw new AwsError("InsufficientCapabilitiesException", missing);
        }

        var reader = new ParameterReader(template, name => StoredParameters.Value(Store, Account, Region, name)) { Unchecked = Unknown };
        var parameters = reader.Read(Parameters, Deployed?.Parameters ?? []);
        var values = parameters.Where(p => !Unknown.Contains(p.Key)).ToDictionary(p => p.Key, reader.Value, StringComparer.Ordinal);
        Rules(template, values);
        var processed = !transforms ? null : kept is null ? Processed(template, values) : new ProcessedTemplate(kept, null);
        if (!transforms || kept is not null)
        {
            Check(processed is null ? template : Templates.Template.Parse(processed.Text), values);
        }

        return Definition(parameters, processed);
    }

    private StackDefinition Definition(List<StackParameter> parameters, ProcessedTemplate? processed) => new()
    {
        Template = Template,
        Processed = processed?.Text,
        TransformFailure = processed?.Failure,
        Parameters = parameters,
        Tags = Tags,
        Capabilities = Capabilities,
        NotificationArns = NotificationArns,
        RoleArn = RoleArn,
        Rollback = Rollback,
    };

    private void Rules(Template template, Dictionary<string, JsonNode> values)
    {
        if (Unknown.Count == 0)
        {
            RuleCheck.Refuse(template, values,
                new Dictionary<string, JsonNode> { ["AWS::Region"] = Region, ["AWS::AccountId"] = Account });
        }
    }

    // Where a value is not known yet, nothing can be said; the stack is looked at again when it is made.
    private void Check(Template template, Dictionary<string, JsonNode> values)
    {
        if (Unknown.Count == 0)
        {
            CallCheck.Refuse(template, Bindings(values) with { Import = name => Exports.Value(Store, Account, Region, name) });
        }
    }

    private ProcessedTemplate Processed(Template template, Dictionary<string, JsonNode> values)
    {
        var made = ProcessedTemplate.Of(Store, Account, template, Bindings(values.ToDictionary(p => p.Key, p => Value(p.Value))));
        return made.Failure is null && Refusal(Templates.Template.Parse(made.Text), values) is { } refusal
            ? ProcessedTemplate.Failed(template, refusal) : made;
    }

    private string? Refusal(Template processed, Dictionary<string, JsonNode> values)
    {
        try
        {
            Services.CloudFormation.ResourceTypes.Refuse(processed, ResourceTypes);
            Check(processed, values);
            return TemplateCapabilities.Missing(processed, Capabilities, false);
        }
        catch (AwsError e) when (!e.IsNotEmulated)
        {
            return e.Message;
        }
    }

    /// <summary>A list nobody wrote anything into has no items, not one that is empty.</summary>
    private static JsonNode Value(JsonNode value) =>
        value is JsonArray { Count: 1 } list && Json.Scalar(list[0]).Length == 0 ? new JsonArray() : value;

    private Bindings Bindings(Dictionary<string, JsonNode> values) => new()
    {
        Parameters = values,
        Pseudo = StackScope.Pseudo(StackId, NotificationArns),
        Ref = _ => null,
        GetAtt = (_, _) => null,
        Import = _ => null,
    };
}
