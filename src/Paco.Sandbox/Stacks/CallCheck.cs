using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Stacks;

/// <summary>
/// What CloudFormation refuses of a definition once it knows the parameters, before a stack is touched: names of resources that
/// their condition leaves out, and functions that come to nothing. Whether an export exists is not asked here: that fails the operation.
/// </summary>
internal sealed class CallCheck
{
    private readonly Template _template;
    private readonly Evaluator _evaluator;
    private readonly HashSet<string> _active;
    private readonly List<string> _skipped = [];

    private CallCheck(Store store, Stack stack, StackDefinition definition)
    {
        _template = Template.Parse(definition.Template);
        var reader = new ParameterReader(_template, _ => null);
        _evaluator = new Evaluator(_template, new Bindings
        {
            Parameters = definition.Parameters.ToDictionary(p => p.Key, reader.Value, StringComparer.Ordinal),
            Pseudo = StackScope.Pseudo(stack, definition),
            Ref = Named,
            GetAtt = (logical, _) => Named(logical),
            Import = name => Exports.Value(store, stack, name) ?? throw new MissingExport(),
        });
        foreach (var condition in _template.Conditions)
        {
            _evaluator.Condition(condition.Key);
        }

        _active = [.. _template.Resources.Where(r => _evaluator.IsActive(r.Value!.AsObject())).Select(r => r.Key)];
    }

    /// <summary>Throws AWS's words for the first thing that cannot be.</summary>
    public static void Refuse(Store store, Stack stack, StackDefinition definition)
    {
        var check = new CallCheck(store, stack, definition);
        check.Section("Resources", check._template.Resources.Where(r => check._active.Contains(r.Key)));
        check.Section("Outputs", check._template.Outputs.Where(o => o.Value is JsonObject output && check._evaluator.IsActive(output)));
    }

    private void Section(string title, IEnumerable<KeyValuePair<string, JsonNode?>> members)
    {
        _skipped.Clear();
        foreach (var (_, member) in members)
        {
            Evaluate(member!);
        }

        TemplateChecks.Refuse(_skipped, TemplateChecks.UnresolvedIn(title));
    }

    private void Evaluate(JsonNode member)
    {
        try
        {
            _evaluator.Evaluate(member);
        }
        catch (MissingExport)
        {
            // What is made of it is not known; the operation will fail there.
        }
    }

    private JsonNode? Named(string logical)
    {
        if (!_active.Contains(logical))
        {
            _skipped.Add(logical);
        }

        return null;
    }

    private sealed class MissingExport : Exception;
}
