using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Applying;

/// <summary>Brings one stack to where the plan wants it, from whatever status it is in, and waits for CloudFormation.</summary>
internal sealed class StackWork(ICloud cloud, PlannedStack planned, ApplyOptions options, TemplateStore store, PlacePoller poller, Action<string> operationStarted)
{
    private readonly NodeId _id = planned.Id;
    private readonly ICloudFormation _client = cloud.CloudFormation(planned.Id.Place);

    /// <summary>Creates or updates; parameters are complete now.</summary>
    public async Task<(NodeOutcome, DeployedStack?, NodeFailure?)> Bring(ImmutableSortedDictionary<string, string> parameters, CancellationToken leave)
    {
        // A rerun after a kill finds other statuses than the plan did; each round settles one of them.
        for (var round = 0; round < 5; round++)
        {
            var now = round == 0 ? planned.Deployed : await _client.DescribeStack(_id.Name, leave).ConfigureAwait(false);
            switch (StatusDecisions.Of(now?.Status))
            {
                case StatusDecision.Create:
                    if (await Create(parameters, leave).ConfigureAwait(false) is { } created)
                        return created;
                    break;
                case StatusDecision.Update:
                    return await Update(now!, parameters, leave).ConfigureAwait(false);
                case StatusDecision.Recreate:
                    if (await Delete(now!, leave).ConfigureAwait(false) is { Item3: { } failure })
                        return (NodeOutcome.Failed, now, failure);
                    break;
                case StatusDecision.Attach:
                    await Wait(now!.StackId, leave).ConfigureAwait(false);
                    break;
                case StatusDecision.ContinueRollback:
                    await _client.ContinueUpdateRollback(_id.Name, [], Token(now!, "continue"), leave).ConfigureAwait(false);
                    await Wait(now!.StackId, leave).ConfigureAwait(false);
                    break;
                default:
                    return (NodeOutcome.Failed, now, new NodeFailure($"the stack is in {now!.Status.ToWire()}") { Hint = StatusDecisions.WayOut(now.Status) });
            }
        }
        return (NodeOutcome.Failed, null, new NodeFailure("the stack does not come to rest") { Hint = "somebody or something else is working on it too; run this again later" });
    }

    /// <summary>Deletes and waits. A stack that is gone already is fine.</summary>
    public async Task<(NodeOutcome, DeployedStack?, NodeFailure?)> Delete(DeployedStack deployed, CancellationToken leave)
    {
        if (deployed.TerminationProtection)
            await _client.UpdateTerminationProtection(_id.Name, enable: false, leave).ConfigureAwait(false);
        await _client.DeleteStack(deployed.StackId, Token(deployed, "delete"), leave).ConfigureAwait(false);
        var settled = await Wait(deployed.StackId, leave).ConfigureAwait(false);
        return settled.Stack is null
            ? (NodeOutcome.Deleted, null, null)
            : (NodeOutcome.Failed, settled.Stack, Failures.Of(settled.Stack.Status, settled.Stack.StatusReason, settled.Events));
    }

    // Null where somebody made the stack in the meantime: look again.
    private async Task<(NodeOutcome, DeployedStack?, NodeFailure?)?> Create(ImmutableSortedDictionary<string, string> parameters, CancellationToken leave)
    {
        string stackId;
        try
        {
            var request = await Request(null, parameters, leave).ConfigureAwait(false);
            stackId = await _client.CreateStack(request, leave).ConfigureAwait(false);
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.AlreadyExists)
        {
            return null;
        }
        var settled = await Wait(stackId, leave).ConfigureAwait(false);
        return settled.Stack?.Status == StackStatus.CreateComplete
            ? (NodeOutcome.Created, settled.Stack, null)
            : (NodeOutcome.Failed, settled.Stack, Failures.Of(settled.Stack?.Status, settled.Stack?.StatusReason, settled.Events));
    }

    private async Task<(NodeOutcome, DeployedStack?, NodeFailure?)> Update(DeployedStack deployed, ImmutableSortedDictionary<string, string> parameters, CancellationToken leave)
    {
        var request = await Request(deployed, parameters, leave).ConfigureAwait(false);
        if (await StartUpdate(deployed, request, leave).ConfigureAwait(false) is not (var stackId, var refused))
            return (NodeOutcome.Unchanged, deployed, null);
        if (refused is not null)
            return (NodeOutcome.Failed, deployed, refused);
        var settled = await Wait(stackId, leave).ConfigureAwait(false);
        return settled.Stack?.Status == StackStatus.UpdateComplete
            ? (NodeOutcome.Updated, settled.Stack, null)
            : (NodeOutcome.Failed, settled.Stack, Failures.Of(settled.Stack?.Status, settled.Stack?.StatusReason, settled.Events));
    }

    // Null where there is nothing to do. What has drifted and is to be brought back goes through a change set.
    private async Task<(string StackId, NodeFailure? Refused)?> StartUpdate(DeployedStack deployed, StackRequest request, CancellationToken leave)
    {
        if (planned.RevertWarnings is null)
            return await _client.UpdateStack(request, leave).ConfigureAwait(false) is { } stackId ? (stackId, null) : null;
        var (started, failure) = await RevertWork.Start(_client, planned, request, options, leave).ConfigureAwait(false);
        return started || failure is not null ? (deployed.StackId, failure) : null;
    }

    private async Task<StackRequest> Request(DeployedStack? deployed, ImmutableSortedDictionary<string, string> parameters, CancellationToken leave) => new()
    {
        StackName = _id.Name,
        Template = await store.Source(_id, planned.Body, leave).ConfigureAwait(false),
        Parameters = [.. parameters.Select(p => new StackParameter(p.Key, p.Value))],
        Tags = planned.Stack.Tags,
        Capabilities = planned.Stack.Capabilities,
        EnableTerminationProtection = planned.Stack.TerminationProtection,
        StackPolicyDuringUpdateBody = deployed is null ? null : options.Permissions.PolicyFor(planned),
        ClientRequestToken = Token(deployed, Names.Md5(planned.Body + string.Join('\n', parameters.Select(p => $"{p.Key}={p.Value}")))),
    };

    private Task<PlacePoller.Settled> Wait(string stackId, CancellationToken leave)
    {
        operationStarted(stackId);
        return poller.WaitFor(_id, stackId, options.Time.GetUtcNow() - TimeSpan.FromSeconds(30), leave);
    }

    // The same work on the same state has the same token, also after a kill: AWS then treats the second call as the first.
    private string Token(DeployedStack? deployed, string work) =>
        $"paco-{Names.Md5($"{_id} {deployed?.StackId} {deployed?.LastUpdatedTime:O} {deployed?.Status} {work}")}";
}
