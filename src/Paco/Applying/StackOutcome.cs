using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Applying;

/// <summary>How a stack ended.</summary>
internal sealed record StackOutcome(NodeOutcome Outcome, DeployedStack? Stack = null, NodeFailure? Failure = null)
{
    public static StackOutcome Failed(NodeFailure failure, DeployedStack? stack = null) => new(NodeOutcome.Failed, stack, failure);

    public NodeResult ToResult(NodeId id, TimeSpan duration) => new(id, Outcome, duration)
    {
        Outputs = Stack?.Outputs ?? ImmutableSortedDictionary<string, string>.Empty,
        Failure = Failure,
    };
}
