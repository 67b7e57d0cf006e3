using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Applying;

/// <summary>Values of sources now: what the plan knew, except for what others have made or changed meanwhile.</summary>
internal sealed class CurrentValues(IReadOnlyDictionary<NodeId, NodeRun> runs, ImmutableDictionary<NodeId, DeployedStack> deployed)
    : IValues
{
    public async Task<ImmutableSortedDictionary<string, string>> Of(PlannedStack planned)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var parameter in planned.Stack.Parameters)
        {
            var known = planned.Parameters.GetValueOrDefault(parameter.Name);
            values[parameter.Name] = known is not null && !parameter.NoEcho && parameter.Source.Keeps(parameter.Source.Origin)
                ? known
                : await parameter.Source.Value(this) ?? known ?? NotThere(parameter);
        }
        return values.ToImmutable();
    }

    public async Task<ImmutableDictionary<string, string>> Of(CloudAction action)
    {
        var known = await action.Values(this);
        return action.Inputs.ToImmutableDictionary(i => i.Key, i => known.GetValueOrDefault(i.Key, ""));
    }

    async ValueTask<string?> IValues.Output(OutputSource output) => runs.TryGetValue(output.Node, out var run)
        ? (await run.Ready.Task).Outputs.GetValueOrDefault(output.Key)
        : deployed.GetValueOrDefault(output.Node)?.Outputs.GetValueOrDefault(output.Key);

    ValueTask<string?> IValues.Secret(Secret secret) => ValueTask.FromResult<string?>(secret.Reveal());

    ValueTask<string?> IValues.Made(MadeSecretSource made) => ValueTask.FromResult<string?>(PlannedValues.Masked);

    // What only the plan could look up it knows already.
    ValueTask<string?> IValues.AccountId(string account, bool mayBeMissing) => default;

    // Sent empty, it would be refused with words that explain nothing, or taken.
    private static string NotThere(Parameter parameter) => parameter.Source.Outputs.FirstOrDefault() is not { } output
        ? ""
        : throw new CloudException(CloudErrorKind.NotFound, "NoOutput",
            $"{output.Node} has no output {output.Key}, which {parameter.Name} needs", "cloudformation:DescribeStacks");
}
