using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>Values as the deployed stacks give them.</summary>
internal sealed class DeployedValues(ImmutableDictionary<NodeId, DeployedStack> deployed) : IValues
{
    public ValueTask<string?> Output(OutputSource output) =>
        ValueTask.FromResult(deployed.GetValueOrDefault(output.Node)?.Outputs.GetValueOrDefault(output.Key));
}
