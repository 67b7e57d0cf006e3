using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>The values other nodes give: those of nodes planned before, else those of what is deployed.</summary>
internal sealed class Producers(StackGraph all, StackGraph selected, List<PlanProblem> problems)
{
    public Dictionary<NodeId, PlannedNode> Planned { get; } = [];

    public ImmutableDictionary<NodeId, DeployedStack> Deployed { get; set; } = ImmutableDictionary<NodeId, DeployedStack>.Empty;

    /// <summary>An output's value; not known where this run will make or may change it.</summary>
    public Known OutputOf(NodeId node, string key)
    {
        if (Planned.TryGetValue(node, out var planned))
            return planned switch
            {
                PlannedStack stack => OutputOf(stack, key),
                PlannedAction { Action: NodeAction.None } action => new Known(action.State.Outputs.GetValueOrDefault(key)),
                _ => new Known(null),
            };
        if (Deployed.TryGetValue(node, out var deployed) && deployed.Outputs.TryGetValue(key, out var value))
            return new Known(value);
        if (selected.Find(node) is null)
        {
            var lack = Deployed.ContainsKey(node) ? $"has no output {key} so far, and it is needed" : $"is not provisioned yet, and its {key} is needed";
            problems.Add(new PlanProblem(node, $"{node.Name} in {node.Place} {lack}", WayOut(node)));
        }
        return new Known(null);
    }

    private string? WayOut(NodeId node) => all.Find(node)?.Ref.Split('.') switch
    {
        null => null,
        ["netenv", var ne, var environment, ..] => $"paco provision netenv.{ne}.{environment}",
        ["resource", "ec2", ..] => "paco provision resource.ec2.keypairs",
        ["resource", var type, ..] => $"paco provision resource.{type}",
        var parts => $"paco provision {parts[0]}",
    };

    // A deployed output is good as long as nothing it is made of changes.
    private static Known OutputOf(PlannedStack stack, string key)
    {
        if (stack.Deployed is null || stack.Action is not (NodeAction.None or NodeAction.Update or NodeAction.Protected))
            return new Known(null);
        if (!stack.Deployed.Outputs.TryGetValue(key, out var value))
            return new Known(null);
        var source = stack.Stack.Template.Outputs.FirstOrDefault(o => o.Key == key)?.Value;
        var touched = stack.Changes.Where(c => c.Kind is ChangeKind.Replace or ChangeKind.Create).Select(c => c.LogicalId).ToHashSet();
        return new Known(source is not null && touched.Count > 0 && Mentions(source, touched) ? null : value);
    }

    private static bool Mentions(Value value, HashSet<string> ids) => value switch
    {
        RefValue r => ids.Contains(r.LogicalId),
        GetAttValue g => ids.Contains(g.LogicalId),
        FunctionValue { Name: "Fn::Sub", Argument: TextValue t } => ids.Any(id => t.Text.Contains($"${{{id}", StringComparison.Ordinal)),
        FunctionValue f => Mentions(f.Argument, ids),
        ListValue l => l.Items.Any(i => Mentions(i, ids)),
        MapValue m => m.Any(e => Mentions(e.Value, ids)),
        _ => false,
    };
}
