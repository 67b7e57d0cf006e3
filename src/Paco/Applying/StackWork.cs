using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Applying;

/// <summary>Brings one stack to where the plan wants it, from whatever status it is in, and waits for CloudFormation.</summary>
internal sealed class StackWork
{
    private const int Rounds = 8;

    private readonly RunContext _context;
    private readonly PlannedStack _planned;
    private readonly NodeRun _run;
    private readonly PlacePoller _poller;
    private readonly ICloudFormation _client;
    private readonly OperationStart _start;
    private readonly DataGuard _guard;
    private readonly ChangeSetMaker _sets;
    private readonly StackRequests _requests;
    private readonly CancellationToken _leave;
    private NodeOutcome? _imported;

    public StackWork(RunContext context, NodeRun run, PlannedStack planned, ConcurrencyLimit limit)
    {
        (_context, _run, _planned, _poller, _leave) = (context, run, planned, context.Poller(run.Id.Place), context.Stopping.Leave);
        _client = context.Cloud.CloudFormation(Id.Place);
        _start = new OperationStart(_client, Id, context.Retry, limit);
        _sets = new ChangeSetMaker(_client, context.Options.Time, context.Options.PollInterval);
        _requests = new StackRequests(context, planned, _leave);
        _guard = new DataGuard(_client, _planned, context.Retry);
    }

    private NodeId Id => _planned.Id;

    /// <summary>Creates or updates; parameters are complete now.</summary>
    public async Task<StackOutcome> Bring(ImmutableSortedDictionary<string, string> parameters)
    {
        // A rerun after a kill, or a colleague, brings other statuses than the plan saw; each round settles one of them.
        var end = await Settle(IsToBeMade, async now => StatusDecisions.Of(now?.Status) switch
        {
            StatusDecision.Create when !_planned.Stack.Enabled => new StackOutcome(NodeOutcome.Unchanged),
            StatusDecision.Create => await Create(parameters),
            StatusDecision.Update => await Update(now!, parameters),
            StatusDecision.Recreate => await Delete(now!) is { Failure: not null } failed ? failed : null,
            StatusDecision.Attach => await Attach(now!),
            StatusDecision.ContinueRollback => await ContinueRollback(now!, []),
            _ => Refused(now!),
        });
        return _imported is { } outcome && end.Failure is null ? end with { Outcome = outcome } : end;
    }

    /// <summary>Waits for what runs, deletes, waits. A stack that is gone already is fine.</summary>
    public Task<StackOutcome> Delete() => Settle(isAbsent: false, async now => now?.Status switch
    {
        null => new StackOutcome(NodeOutcome.Deleted),
        not StackStatus.CreateInProgress and not StackStatus.RollbackInProgress
            when StatusDecisions.IsBusy(now.Status) => await Attach(now),
        _ => await Delete(now),
    });

    /// <summary>
    /// Brings it out of a status that CloudFormation does not leave by itself. A creation that is rolled back leaves remains, which go too.
    /// </summary>
    /// <param name="skip">Logical ids that are left as they are where a rollback is continued, out of step with their template.</param>
    public Task<StackOutcome> Recover(IReadOnlyCollection<string> skip) => Settle(isAbsent: false, async now => now is null
        ? new StackOutcome(NodeOutcome.Deleted)
        : StatusDecisions.Recovery(now.Status) switch
        {
            RecoveryStep.None => new StackOutcome(NodeOutcome.Updated, now),
            RecoveryStep.Wait => await Attach(now),
            RecoveryStep.ContinueRollback => await ContinueRollback(now, skip),
            RecoveryStep.RollBack => await RollBack(now),
            RecoveryStep.DeleteRemains => await Delete(now),
            _ => Refused(now),
        });

    // The plan saw none, and CloudFormation makes no second of its name: no look has to come before. But nothing is made up for, or taken
    // over into, what somebody else may have made meanwhile.
    private bool IsToBeMade => _planned is { Action: NodeAction.Create, Deployed: null, Imports.IsEmpty: true }
        && !_planned.Stack.Parameters.Any(p => p.Source is MadeSecretSource);

    // Null from a decision is: look again.
    private async Task<StackOutcome> Settle(bool isAbsent, Func<DeployedStack?, Task<StackOutcome?>> decide)
    {
        for (var round = 0; round < Rounds; round++)
        {
            if (await decide(isAbsent && round == 0 ? null : await Look()) is { } end)
                return end;
        }
        return StackOutcome.Failed(new NodeFailure("the stack does not come to rest")
        {
            Hint = "somebody or something else is working on it too; run this again later",
        });
    }

    private static StackOutcome Refused(DeployedStack now)
    {
        var why = now.StatusReason is { } reason ? $": {reason}" : "";
        return StackOutcome.Failed(new NodeFailure($"the stack is in {now.Status.ToWire()}{why}")
        {
            Hint = StatusDecisions.Remedy(now.Status),
        }, now);
    }

    private Task<DeployedStack?> Look() => _context.Retry.Read(Id.Place, () => _client.DescribeStack(Id.Name, _leave), _leave);

    // Null where somebody made or changed the stack in the meantime: look again.
    private async Task<StackOutcome?> Create(ImmutableSortedDictionary<string, string> parameters)
    {
        if (!_planned.Imports.IsEmpty)
            return await Import(null, parameters);
        parameters = _context.MadeSecrets.Into(_planned, null, parameters);
        var given = RequestParameters.Of(_planned, null, parameters, ImmutableHashSet<string>.Empty);
        var request = await _requests.Of(null, given, _planned.Body);
        string? stackId;
        try
        {
            stackId = await Send(async () => await _client.CreateStack(request, _leave), Id.Name, request.ClientRequestToken,
                DateTimeOffset.MinValue);
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.AlreadyExists)
        {
            return null;
        }
        var settled = await Wait(stackId!, request.ClientRequestToken, DateTimeOffset.MinValue, last: NodeOutcome.Created);
        return settled.Stack?.Status == StackStatus.CreateComplete
            ? new StackOutcome(NodeOutcome.Created, settled.Stack)
            : await Failure(settled);
    }

    private async Task<StackOutcome?> Update(DeployedStack deployed, ImmutableSortedDictionary<string, string> parameters)
    {
        var given = RequestParameters.Of(_planned, deployed, parameters, await RenewedSecrets(deployed, parameters));
        if (await _guard.Update(deployed, given.Shown, _leave) is { } surprise)
            return StackOutcome.Failed(surprise, deployed);
        if (!_planned.Imports.IsEmpty && _imported is null)
            return await Import(deployed, parameters);
        given = given.With(_context.MadeSecrets.Into(_planned, deployed, parameters));
        var request = await _requests.Of(deployed, given, _planned.Body);
        var since = Since(deployed);
        try
        {
            if (_planned.RevertWarnings is not null)
                return await Revert(deployed, request);
            if (await Send(() => _client.UpdateStack(request, _leave), deployed.StackId, request.ClientRequestToken,
                since) is not { } stackId)
            {
                return new StackOutcome(NodeOutcome.Unchanged, deployed);
            }
            var settled = await Wait(stackId, request.ClientRequestToken, since, last: NodeOutcome.Updated);
            return settled.Stack?.Status == StackStatus.UpdateComplete
                ? new StackOutcome(NodeOutcome.Updated, settled.Stack)
                : await Failure(settled);
        }
        catch (CloudException e) when (e.Kind is CloudErrorKind.Refused or CloudErrorKind.NotFound)
        {
            // Refused for its status, where somebody was faster: look again. Refused for its content: say so.
            if (await Look() is { } now && StatusDecisions.Of(now.Status) == StatusDecision.Update && e.Kind == CloudErrorKind.Refused)
                throw;
            return null;
        }
    }

    // What the plan lists. It could not ask about a stack that was at work then, so that is asked now; what is not known stays.
    private async Task<IReadOnlySet<string>> RenewedSecrets(DeployedStack deployed, ImmutableSortedDictionary<string, string> parameters)
    {
        var listed = _planned.Secrets.Where(s => s.IsSent).Select(s => s.Parameter).ToImmutableHashSet(StringComparer.Ordinal);
        var open = _planned.Action != NodeAction.Settle ? [] : _planned.Secrets.Where(s => !s.IsSent).Select(s => s.Parameter).ToList();
        if (open.Count == 0)
            return listed;
        var (changed, _) = await new SecretComparison(_context.Cloud, _context.Options.Planning).Ask(_sets, _planned.Stack, deployed,
            open.ToDictionary(name => name, name => parameters[name]), _leave);
        return listed.Union(changed);
    }

    // What has drifted and is to be brought back goes through a change set.
    private async Task<StackOutcome> Revert(DeployedStack deployed, StackRequest request)
    {
        var (set, refused) = await RevertWork.Prepare(_sets, _planned, request, _leave);
        if (set.IsEmpty || refused is not null)
        {
            await _sets.Drop(set.Id, _leave);
            return refused is null ? new StackOutcome(NodeOutcome.Unchanged, deployed) : StackOutcome.Failed(refused, deployed);
        }
        var settled = await Execute(set, request, Since(deployed), last: NodeOutcome.Updated);
        return settled.Stack?.Status == StackStatus.UpdateComplete
            ? new StackOutcome(NodeOutcome.Updated, settled.Stack)
            : await Failure(settled);
    }

    // Null where it is done: the stack then has what was there before, and is brought to the template of the project.
    private async Task<StackOutcome?> Import(DeployedStack? deployed, ImmutableSortedDictionary<string, string> parameters)
    {
        // Secrets stay as they are until what exists is taken over.
        parameters = _context.MadeSecrets.Into(_planned, deployed, parameters);
        var given = RequestParameters.Of(_planned, deployed, parameters, ImmutableHashSet<string>.Empty);
        var request = await _requests.Of(deployed, given, ImportWork.Body(_planned));
        var (set, refused) = await ImportWork.Prepare(_sets, _planned, request, deployed is null, _leave);
        if (refused is not null)
        {
            // A change set for a stack that was not there has made an empty shell of it.
            await (deployed is null ? _client.DeleteStack(set.StackId, request.ClientRequestToken, _leave) : _sets.Drop(set.Id, _leave));
            return StackOutcome.Failed(refused, deployed);
        }
        var settled = await Execute(set, request, deployed is null ? DateTimeOffset.MinValue : Since(deployed));
        if (settled.Stack?.Status is not (StackStatus.CreateComplete or StackStatus.UpdateComplete or StackStatus.ImportComplete))
            return await Failure(settled);
        if (deployed is null && request.EnableTerminationProtection)
            await Protect(settled.Stack, enable: true);
        _imported = deployed is null ? NodeOutcome.Created : NodeOutcome.Updated;
        return null;
    }

    private async Task<SettledStack> Execute(ChangeSet set, StackRequest request, DateTimeOffset since, NodeOutcome? last = null)
    {
        await Send(
            async () =>
            {
                await _client.ExecuteChangeSet(set.Id, request.ClientRequestToken, _leave);
                return set.StackId;
            },
            set.StackId, request.ClientRequestToken, since);
        return await Wait(set.StackId, request.ClientRequestToken, since, last: last);
    }

    // Null where the stack is gone or something else came in between: look again.
    private async Task<StackOutcome?> Delete(DeployedStack deployed)
    {
        if (await _guard.Deletion(deployed, _leave) is { } surprise)
            return StackOutcome.Failed(surprise, deployed);
        if (deployed.TerminationProtection)
            await Protect(deployed, enable: false);
        var settled = await Operate(deployed, "delete", token => _client.DeleteStack(deployed.StackId, token, _leave), isDeletion: true);
        return settled.Stack is null ? new StackOutcome(NodeOutcome.Deleted) : await Failure(settled);
    }

    private Task Protect(DeployedStack deployed, bool enable) =>
        _context.Retry.Do(Id.Place, () => _client.UpdateTerminationProtection(deployed.StackId, enable, _leave), _leave);

    private async Task<StackOutcome?> Attach(DeployedStack now)
    {
        await Wait(now.StackId, null, Since(now), isDeletion: now.Status == StackStatus.DeleteInProgress);
        return null;
    }

    // Once: what to give up is for a person to say.
    private async Task<StackOutcome?> ContinueRollback(DeployedStack now, IReadOnlyCollection<string> skip)
    {
        var settled = await Operate(now, "continue", token => _client.ContinueUpdateRollback(now.StackId, [.. skip], token, _leave));
        if (settled.Stack?.Status != StackStatus.UpdateRollbackFailed)
            return null;
        var failure = FailureCause.Of(settled.Stack.Status, settled.Stack.StatusReason, settled.Events);
        return StackOutcome.Failed(Stuck(failure), settled.Stack);
    }

    private NodeFailure Stuck(NodeFailure failure) => failure with
    {
        Hint = (failure.Hint is { } cause ? $"{cause}; " : "") +
            $"its rollback is stuck: mend the cause and run this again, or paco recover {_planned.Stack.Ref} names what can be left as it is",
    };

    private async Task<StackOutcome?> RollBack(DeployedStack now)
    {
        var settled = await Operate(now, "roll back", token => _client.RollbackStack(now.StackId, token, _leave));
        return settled.Stack?.Status == now.Status ? await Failure(settled) : null;
    }

    // Starts an operation on a stack that exists, and waits for its end.
    private async Task<SettledStack> Operate(DeployedStack deployed, string work, Func<string, Task> call, bool isDeletion = false)
    {
        var (token, since) = (_requests.Token(deployed, work), Since(deployed));
        await Send(
            async () =>
            {
                await call(token);
                return deployed.StackId;
            },
            deployed.StackId, token, since);
        return await Wait(deployed.StackId, token, since, isDeletion);
    }

    private Task<string?> Send(Func<Task<string?>> call, string stack, string token, DateTimeOffset since)
    {
        _run.MayRun = true;
        return _start.Send(call, stack, token, since, _leave);
    }

    // With what the node has come to where nothing follows: those that wait for it need not wait for its last events.
    private Task<SettledStack> Wait(string stackId, string? token, DateTimeOffset since, bool isDeletion = false, NodeOutcome? last = null)
    {
        _run.MayRun = true;
        _run.Started.TrySetResult();
        var expected = token is null || (isDeletion && _planned.Action != NodeAction.Delete)
            ? TimeSpan.Zero
            : _context.Estimate.LengthOf(Id) * _context.Options.Pace;
        return _poller.WaitFor(new Watched(Id, stackId, token, since, expected, isDeletion)
        {
            Succeeded = last is { } outcome && !_run.IsOnTheWay ? stack => Succeeded(stack, outcome) : null,
            IsLast = _context.Estimate.UrgencyOf(Id) <= _context.Estimate.LengthOf(Id),
        }, _leave);
    }

    private void Succeeded(DeployedStack stack, NodeOutcome outcome) =>
        _run.Ready.TrySetResult(new NodeResult(Id, _imported ?? outcome, TimeSpan.Zero) { Outputs = stack.Outputs });

    // Where no resource is to blame, a validation before the deployment may have stopped it.
    private async Task<StackOutcome> Failure(SettledStack settled)
    {
        var failure = FailureCause.Of(settled.Stack?.Status, settled.Stack?.StatusReason, settled.Events);
        if (failure.LogicalId is null && settled.Stack is { } stack)
        {
            var found = await _context.Retry.Read(Id.Place, () => _client.DescribeValidation(stack.StackId, _leave), _leave);
            failure = found.Where(f => f.Timestamp >= Since(stack)).Select(FailureCause.Of).LastOrDefault() ?? failure;
        }
        if (settled.Stack?.Status == StackStatus.UpdateRollbackFailed)
            failure = Stuck(failure);
        return StackOutcome.Failed(failure, settled.Stack);
    }

    private static DateTimeOffset Since(DeployedStack stack) => stack.LastUpdatedTime ?? stack.CreationTime;
}
