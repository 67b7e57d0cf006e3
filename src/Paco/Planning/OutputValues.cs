using System.Collections.Concurrent;
using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>The values other nodes give: those of nodes planned before, else those of what is deployed.</summary>
internal sealed class OutputValues(StackGraph all, StackGraph selected, ConcurrentBag<PlanProblem> problems)
{
    public ConcurrentDictionary<NodeId, PlannedNode> Planned { get; } = [];

    private readonly ConcurrentDictionary<NodeId, ImmutableHashSet<string>> _moved = [];

    public ImmutableDictionary<NodeId, DeployedStack> Deployed { get; set; } = [];

    /// <summary>An output's value; not known where this run will make or may change it.</summary>
    public OutputValue OutputOf(NodeId node, string key)
    {
        if (Planned.TryGetValue(node, out var planned))
        {
            return planned switch
            {
                PlannedStack stack => OutputOf(stack, key),
                PlannedAction { Action: NodeAction.None } action => new OutputValue(action.State.Outputs.GetValueOrDefault(key)),
                _ => new OutputValue(null),
            };
        }
        if (Deployed.TryGetValue(node, out var deployed) && deployed.Outputs.TryGetValue(key, out var value))
            return new OutputValue(value);
        if (selected.Find(node) is null)
        {
            var lack = Deployed.ContainsKey(node)
                ? $"has no output {key} so far, and it is needed"
                : $"is not provisioned yet, and its {key} is needed";
            problems.Add(new PlanProblem(node, $"{node.Name} in {node.Place} {lack}", Remedy.To(all, node)));
        }
        return new OutputValue(null);
    }

    /// <summary>Notes the outputs that say something else than they do in the deployed template.</summary>
    public void NoteMoved(Stack stack, TemplateSide before, TemplateSide after) =>
        _moved[stack.Id] = [.. stack.Template.Outputs.Where(o => !TemplateDiff.SameOutput(o.Key, before, after)).Select(o => o.Key)];

    /// <summary>True where an output that is deployed may say something else after this run.</summary>
    public bool MayChange(NodeId node, string key) =>
        Deployed.TryGetValue(node, out var deployed) && deployed.Outputs.TryGetValue(key, out var value)
        && OutputOf(node, key).Value != value;

    // A deployed output is good as long as nothing it is made of changes.
    private OutputValue OutputOf(PlannedStack stack, string key)
    {
        if (stack.Deployed is null || stack.Action is not (NodeAction.None or NodeAction.Update or NodeAction.Protected))
            return new OutputValue(null);
        if ((_moved.TryGetValue(stack.Id, out var moved) && moved.Contains(key)) || !stack.Deployed.Outputs.TryGetValue(key, out var value))
            return new OutputValue(null);
        var source = stack.Stack.Template.Outputs.FirstOrDefault(o => o.Key == key)?.Value;
        var touched = stack.Changes.Where(c => c.Kind != ChangeKind.Delete).ToDictionary(c => c.LogicalId, StringComparer.Ordinal);
        return new OutputValue(source is not null && touched.Count > 0 && MayMove(source, touched) ? null : value);
    }

    // A new resource has other attributes; a changed one only those that are the changed properties themselves.
    private static bool MayMove(Value value, Dictionary<string, ResourceChange> touched) => value switch
    {
        RefValue r => IsNew(r.LogicalId, touched),
        GetAttValue g => IsNew(g.LogicalId, touched)
            || (touched.TryGetValue(g.LogicalId, out var change)
                && change.Properties.Any(p => p.Path == g.Attribute || p.Path.StartsWith(g.Attribute + ".", StringComparison.Ordinal))),
        FunctionValue { Name: "Fn::Sub", Argument: TextValue t } =>
            touched.Keys.Any(id => IsNew(id, touched) && t.Text.Contains($"${{{id}", StringComparison.Ordinal)),
        FunctionValue f => MayMove(f.Argument, touched),
        ListValue l => l.Items.Any(i => MayMove(i, touched)),
        MapValue m => m.Any(e => MayMove(e.Value, touched)),
        _ => false,
    };

    private static bool IsNew(string id, Dictionary<string, ResourceChange> touched) =>
        touched.TryGetValue(id, out var change) && change.Kind is ChangeKind.Replace or ChangeKind.Create or ChangeKind.Import;
}
