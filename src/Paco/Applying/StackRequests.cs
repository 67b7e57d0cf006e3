using Paco.Clouds;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Applying;

/// <summary>What is sent of a planned stack, with the token that makes sending it again harmless.</summary>
internal sealed class StackRequests(RunContext context, PlannedStack planned, CancellationToken leave)
{
    /// <param name="deployed">The stack as it stands; null where it is created.</param>
    /// <param name="body">The template, which may be another than the planned one on the way there.</param>
    public async Task<StackRequest> Of(DeployedStack? deployed, RequestParameters parameters, string body) => new()
    {
        StackName = deployed?.StackId ?? planned.Id.Name,
        Template = await context.Retry.Read(planned.Id.Place, () => context.Store.Source(planned.Id, body, leave), leave),
        Parameters = [.. parameters.Sent],
        Tags = planned.Stack.Tags,
        Capabilities = planned.Stack.Capabilities,
        EnableTerminationProtection = planned.Stack.TerminationProtection,
        StackPolicyDuringUpdateBody = deployed is null ? null : context.Options.Permissions.PolicyFor(planned),
        ClientRequestToken = Token(deployed, Names.Md5(body + string.Join('\n', parameters.Shown.Select(p => $"{p.Key}={p.Value}")))),
    };

    /// <summary>
    /// One piece of work of one run has one token, however often it is sent. A later run is other work: the cloud must not take
    /// its second deletion for the first, which failed. It stands in the stack's events, so nothing secret is in it, digested or not.
    /// </summary>
    public string Token(DeployedStack? deployed, string work) =>
        $"paco-{Names.Md5($"{context.Stamp} {planned.Id} {deployed?.StackId} {deployed?.LastUpdatedTime:O} {deployed?.Status} {work}")}";
}
