using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Applying;

/// <summary>
/// Sends a call that starts an operation on a stack so that it takes effect once. Where the answer is lost, the stack's events
/// are asked whether an operation with this token has begun; only where none has is the call sent again, with the same token.
/// </summary>
internal sealed class OperationStart(ICloudFormation client, NodeId id, RunRetry retry, ConcurrencyLimit limit)
{
    /// <summary>Sends; the answer is the id of the stack that now works, or null where the cloud says there is nothing to do.</summary>
    /// <param name="stack">The stack's id where it is known; its name where it is to be created.</param>
    /// <param name="since">The stack's last change on the cloud's own clock: events before it are of earlier operations.</param>
    public Task<string?> Send(Func<Task<string?>> call, string stack, string token, DateTimeOffset since, CancellationToken leave)
    {
        var isRepeated = false;
        return retry.Read(id.Place, async () =>
        {
            if (isRepeated && await Begun(stack, token, since, leave) is { } begun)
                return begun;
            isRepeated = true;
            return await Once(call, stack, token, since, leave);
        }, leave);
    }

    private async Task<string?> Once(Func<Task<string?>> call, string stack, string token, DateTimeOffset since, CancellationToken leave)
    {
        try
        {
            if (await call() is { } started)
                return started;
        }
        catch (CloudException e) when (e.Kind is CloudErrorKind.Throttled)
        {
            limit.Throttled();
            throw;
        }
        catch (CloudException e) when (e.Kind is CloudErrorKind.AlreadyExists or CloudErrorKind.Refused)
        {
            // An attempt that was thought lost, here or in the client, may be what is in the way.
            if (await Begun(stack, token, since, leave) is { } begun)
                return begun;
            throw;
        }
        return await Begun(stack, token, since, leave);
    }

    // The id of the stack on which an operation of this token has begun, or null.
    private async Task<string?> Begun(string stack, string token, DateTimeOffset since, CancellationToken leave)
    {
        try
        {
            var events = await client.DescribeStackEvents(stack, null, since, leave);
            return events.FirstOrDefault(e => e.ClientRequestToken == token && e.ResourceType == "AWS::CloudFormation::Stack") is { } own
                ? own.PhysicalResourceId
                : null;
        }
        catch (CloudException e) when (e.Kind is CloudErrorKind.NotFound)
        {
            return null;
        }
    }
}
