using System.Text.Json.Nodes;
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

    private CallCheck(Template template, Bindings bindings)
    {
        _template = template;
        _evaluator = new Evaluator(template, bindings with { Ref = Named, GetAtt = (logical, _) => Named(logical) });
        foreach (var condition in _template.Conditions)
        {
            _evaluator.Condition(condition.Key);
        }

        _active = [.. _template.Resources.Where(r => _evaluator.IsActive(r.Value!.AsObject())).Select(r => r.Key)];
    }

    /// <summary>Throws AWS's words for the first thing that cannot be.</summary>
    /// <param name="template">After its transforms.</param>
    /// <param name="bindings">What is known before there is any resource; an export that is not there is null.</param>
    public static void Refuse(Template template, Bindings bindings)
    {
        var check = new CallCheck(template, bindings);
        check.Section("Resources", check._template.Resources.Where(r => check._active.Contains(r.Key)));
        check.Section("Outputs", check._template.Outputs.Where(o => o.Value is JsonObject output && check._evaluator.IsActive(output)));
    }

    private void Section(string title, IEnumerable<KeyValuePair<string, JsonNode?>> members)
    {
        _skipped.Clear();
        foreach (var (_, member) in members)
        {
            _evaluator.Evaluate(member);
        }

        TemplateChecks.Refuse(_skipped, TemplateChecks.UnresolvedIn(title));
    }

    private JsonNode? Named(string logical)
    {
        if (!_active.Contains(logical))
        {
            _skipped.Add(logical);
        }

        return null;
    }
}
