using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>Values as what is there gives them.</summary>
/// <param name="outputsOf">The outputs of a node; null where it is not there.</param>
internal sealed class KnownValues(Func<NodeId, IReadOnlyDictionary<string, string>?> outputsOf,
    IReadOnlyDictionary<string, string> accountIds) : IValues
{
    public KnownValues(ImmutableDictionary<NodeId, DeployedStack> deployed, IReadOnlyDictionary<string, string> accountIds)
        : this(id => deployed.GetValueOrDefault(id)?.Outputs, accountIds)
    {
    }

    public bool Has(NodeId node) => outputsOf(node) is not null;

    public ValueTask<string?> Output(OutputSource output) => ValueTask.FromResult(outputsOf(output.Node)?.GetValueOrDefault(output.Key));

    public ValueTask<string?> AccountId(string account, bool mayBeMissing) =>
        ValueTask.FromResult(accountIds.GetValueOrDefault(account) ?? (mayBeMissing ? "" : null));
}
