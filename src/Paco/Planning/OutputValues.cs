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

    private readonly ConcurrentDictionary<NodeId, ImmutableDictionary<string, MovedOutput>> _moved = [];

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

    /// <summary>An output's value as it is deployed, whatever this run does with it.</summary>
    public OutputValue DeployedOf(NodeId node, string key) => new(Deployed.GetValueOrDefault(node)?.Outputs.GetValueOrDefault(key));

    /// <summary>Notes which outputs say something else than they do in the deployed template, and why.</summary>
    public void NoteMoved(StackNode node, TemplateComparison compared, MovedInputs inputs) =>
        _moved[node.Id] = MovedOutput.Of(node, compared, inputs);

    /// <summary>Whether this run gives an output another value.</summary>
    public Movement MovementOf(OutputSource output) => Planned.GetValueOrDefault(output.Node) switch
    {
        PlannedStack { Action: NodeAction.Settle } => Movement.MayMove,
        PlannedStack stack when MovedOutputOf(stack, output.Key) is { } moved => moved.Movement,
        _ => OutputOf(output.Node, output.Key).Value is null ? Movement.Moves : Movement.Stays,
    };

    /// <summary>What moves an output, as people read it: <c>app/site/alb ▸ ALB.DNSName</c>.</summary>
    public ImmutableArray<string> CausesOf(OutputSource output) =>
        Planned.GetValueOrDefault(output.Node) is PlannedStack stack && MovedOutputOf(stack, output.Key) is { } moved
            ? moved.Causes
            : [MovedOutput.Named(all.Find(output.Node)?.Title ?? output.Node.Name, output.Key)];

    /// <summary>True where an output that is deployed may say something else after this run.</summary>
    public bool MayChange(NodeId node, string key) =>
        Deployed.TryGetValue(node, out var deployed) && deployed.Outputs.TryGetValue(key, out var value)
        && OutputOf(node, key).Value != value;

    private MovedOutput? MovedOutputOf(PlannedStack stack, string key) => _moved.GetValueOrDefault(stack.Id)?.GetValueOrDefault(key);

    // A deployed output is good as long as nothing it is made of changes; another one is where the template alone says what it will be.
    private OutputValue OutputOf(PlannedStack stack, string key) => new(MovedOutputOf(stack, key) is { } moved
        ? stack.Action is NodeAction.Create or NodeAction.Recreate or NodeAction.Update ? moved.Value : null
        : stack is { Deployed: { } deployed, Action: NodeAction.None or NodeAction.Update or NodeAction.Protected or NodeAction.Refused }
            ? deployed.Outputs.GetValueOrDefault(key)
            : null);
}
