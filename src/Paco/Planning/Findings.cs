using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>What somebody must see to about a deployed stack.</summary>
public sealed record StackFinding(NodeId Stack, Finding Finding);

/// <summary>Asks what stacks have inquiries about. Who cannot be asked keeps nobody from anything else.</summary>
public static class Findings
{
    /// <param name="deployed">Stacks that are there, with their outputs.</param>
    public static async Task<ImmutableArray<StackFinding>> Of(
        IEnumerable<(Stack Stack, IReadOnlyDictionary<string, string> Outputs)> deployed, ICloud cloud, CancellationToken cancel)
    {
        var asked = deployed.SelectMany(d => d.Stack.Inquiries, (d, inquiry) => Ask(d.Stack.Id, inquiry, d.Outputs)).ToList();
        return [.. (await Task.WhenAll(asked)).SelectMany(found => found)];

        async Task<IEnumerable<StackFinding>> Ask(NodeId stack, StackInquiry inquiry, IReadOnlyDictionary<string, string> outputs)
        {
            try
            {
                return (await inquiry.Ask(cloud, stack.Place, outputs, cancel)).Select(finding => new StackFinding(stack, finding));
            }
            catch (CloudException e)
            {
                return [new StackFinding(stack, new Finding(e.Operation, $"was not answered: {e.Message}"))];
            }
        }
    }
}
