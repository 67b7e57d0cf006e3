using System.Text.Json.Nodes;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Stacks;

/// <summary>A definition as seen from its stack: its template with parameters, pseudo parameters and the resources made so far.</summary>
internal sealed class StackScope
{
    private readonly Stack _stack;
    private readonly Store _store;
    private readonly bool _shapeOnly;
    private readonly bool _goneIsUnknown;

    /// <param name="shapeOnly">True: resources stay names, so that two definitions can be compared.</param>
    /// <param name="goneIsUnknown">True: attributes of what was deleted behind the stack's back are not known, instead of an error.</param>
    public StackScope(Store store, Stack stack, StackDefinition definition, bool shapeOnly = false, bool goneIsUnknown = false)
    {
        (_stack, _store, _shapeOnly, _goneIsUnknown) = (stack, store, shapeOnly, goneIsUnknown);
        Definition = definition;
        Template = Template.Parse(definition.Text);
        var reader = new ParameterReader(Template, _ => null);
        Evaluator = new Evaluator(Template, new Bindings
        {
            Parameters = definition.Parameters.Where(p => p.IsKnown).ToDictionary(p => p.Key, reader.Value, StringComparer.Ordinal),
            Pseudo = Pseudo(stack.Id, definition.NotificationArns),
            Ref = Ref,
            GetAtt = GetAtt,
            Import = Import,
        });
        Active = Template.Resources.Where(r => Evaluator.IsActive(r.Value!.AsObject())).Select(r => r.Key)
            .ToHashSet(StringComparer.Ordinal);
    }

    public StackDefinition Definition { get; }

    public Template Template { get; }

    public Evaluator Evaluator { get; }

    /// <summary>Resources whose condition holds.</summary>
    public HashSet<string> Active { get; }

    /// <summary>Exports the definition has read so far.</summary>
    public HashSet<string> Imports { get; } = new(StringComparer.Ordinal);

    public JsonObject Properties(string logical) => Evaluator.Evaluate(Template.Resource(logical)["Properties"]) as JsonObject ?? [];

    public JsonObject? Metadata(string logical) => Evaluator.Evaluate(Template.Resource(logical)["Metadata"]) as JsonObject;

    /// <summary>The outputs whose condition holds. Values are text, lists joined by commas.</summary>
    public List<StackOutput> Outputs()
    {
        var outputs = new List<StackOutput>();
        foreach (var (key, node) in Template.Outputs)
        {
            if (node is JsonObject output && Evaluator.IsActive(output))
            {
                var value = Evaluator.Evaluate(output["Value"]);
                var text = value switch { JsonArray list => string.Join(",", list.Select(Json.Scalar)),
                    JsonObject unknown => unknown.ToText(), _ => Json.Scalar(value) };
                var export = Evaluator.Evaluate(output["Export"]?["Name"]);
                outputs.Add(new(key, text, output["Description"]?.ToString(), export is null ? null : export is JsonObject unnamed
                    ? unnamed.ToText() : Json.Scalar(export)));
            }
        }

        return outputs;
    }

    /// <summary>One text that is the same exactly when an update would find nothing to do.</summary>
    public string Shape() => Json.Canonical(new JsonObject
    {
        ["resources"] = new JsonObject(
            Active.Select(logical => KeyValuePair.Create<string, JsonNode?>(logical, Evaluator.Evaluate(Template.Resource(logical))))),
        ["outputs"] = StackJson.Outputs(Outputs()),
        ["tags"] = new JsonObject(Definition.Tags.Select(t => KeyValuePair.Create<string, JsonNode?>(t.Key, t.Value))),
        ["notifications"] = StackJson.Strings(Definition.NotificationArns),
    });

    /// <summary>What <c>AWS::Region</c> and the others stand for in a stack.</summary>
    public static Dictionary<string, JsonNode> Pseudo(string stackId, List<string> notificationArns)
    {
        var (region, account) = stackId.Split(':') is [_, _, _, var r, var a, ..] ? (r, a) : ("", "");
        return new(StringComparer.Ordinal)
        {
            ["AWS::AccountId"] = account,
            ["AWS::Region"] = region,
            ["AWS::StackId"] = stackId,
            ["AWS::StackName"] = stackId.Split('/')[1],
            ["AWS::Partition"] = SandboxContext.Partition(region),
            ["AWS::URLSuffix"] = SandboxContext.UrlSuffix(region),
            ["AWS::NotificationARNs"] = StackJson.Strings(notificationArns),
        };
    }

    private JsonValue? Ref(string logical)
    {
        if (Template.Parameters.ContainsKey(logical))
        {
            return null;
        }

        Refuse(logical);
        return !_shapeOnly && _stack.Resources.TryGetValue(logical, out var resource) && resource.Exists
            ? JsonValue.Create(resource.Physical)
                : null;
    }

    private JsonNode? GetAtt(string logical, string attribute)
    {
        Refuse(logical);
        if (_shapeOnly || !_stack.Resources.TryGetValue(logical, out var resource) || !resource.Exists)
        {
            return null;
        }

        if (_store.Find(_stack.Account, ResourceRegions.Of(resource.Type, _stack.Region), resource.Type, resource.Physical) is not { } made)
        {
            return _goneIsUnknown ? null : throw new ResourceFailure($"Resource {logical} ({resource.Physical}) does not exist");
        }

        if (_goneIsUnknown && NestedStacks.Lacks(_store, made, attribute))
        {
            return null;
        }

        return Attributes.Get(_store, made, attribute)
            ?? throw new ResourceFailure($"Attribute '{attribute}' of resource {logical} does not exist");
    }

    private void Refuse(string logical)
    {
        if (!Active.Contains(logical))
        {
            throw AwsError.Validation(
                $"Template format error: Unresolved resource dependencies [{logical}] in the Resources block of the template");
        }
    }

    private string Import(string name)
    {
        Imports.Add(name);
        return Exports.Value(_store, _stack.Account, _stack.Region, name) ?? throw AwsError.Validation($"No export named {name} found.");
    }
}
