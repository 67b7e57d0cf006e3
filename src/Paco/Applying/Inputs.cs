using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Applying;

/// <summary>Values of sources now: what the plan knew, except for what others have made or changed meanwhile.</summary>
internal sealed class Inputs(IReadOnlyDictionary<NodeId, Run> runs, ImmutableDictionary<NodeId, DeployedStack> deployed)
{
    public async Task<ImmutableSortedDictionary<string, string>> Of(PlannedStack planned)
    {
        var values = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var parameter in planned.Stack.Parameters)
        {
            var known = planned.Parameters.GetValueOrDefault(parameter.Name);
            values[parameter.Name] = parameter.Source is KeepDeployedSource && known is not null
                ? known
                : await Current(parameter.Source) ?? known ?? NotThere(parameter);
        }
        return values.ToImmutable();
    }

    // Sent empty, it would be refused with words that explain nothing, or taken.
    private static string NotThere(Parameter parameter) => parameter.Source is not OutputSource output
        ? ""
        : throw new CloudException(CloudErrorKind.NotFound, "NoOutput", $"{output.Node} has no output {output.Key}, which {parameter.Name} needs", "cloudformation:DescribeStacks");

    public async Task<ImmutableDictionary<string, string>> Of(CloudAction action)
    {
        var values = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (var (name, source) in action.Inputs)
            values[name] = await Current(source) ?? "";
        return values.ToImmutable();
    }

    private async Task<string?> Current(Source source)
    {
        switch (source)
        {
            case OutputSource output when runs.TryGetValue(output.Node, out var run):
                return (await run.Ready.Task).Outputs.GetValueOrDefault(output.Key);
            case OutputSource output:
                return deployed.GetValueOrDefault(output.Node)?.Outputs.GetValueOrDefault(output.Key);
            case KeepDeployedSource kept:
                return await Current(kept.Initial);
            case ListSource list:
                var items = await Task.WhenAll(list.Items.Select(Current));
                return items.Contains(null) ? null : string.Join(',', items);
            case LiteralSource literal:
                return literal.Text;
            case SecretSource secret:
                return secret.Value.Reveal();
            default:
                return null;
        }
    }
}
