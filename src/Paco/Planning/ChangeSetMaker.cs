using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>Makes change sets of a stack, waits until they can be read, and takes them away.</summary>
/// <param name="longest">The longest between two looks.</param>
internal sealed class ChangeSetMaker(ICloudFormation client, TimeProvider time, TimeSpan longest)
{
    /// <summary>The longest between two looks, for a plan.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly Retry _retry = new(time, RetryPolicy.Question);

    /// <summary>A request whose name says what it is for and when it was made, so that none left behind is in the way.</summary>
    /// <param name="purpose">Letters: <c>plan</c>, <c>revert</c>, <c>import</c>.</param>
    public ChangeSetRequest Request(StackRequest stack, string purpose, ChangeSetType type = ChangeSetType.Update)
    {
        var name = $"paco-{purpose}-{Names.Md5($"{stack.StackName} {time.GetUtcNow():O}")[..12]}";
        return new ChangeSetRequest(stack with { ClientRequestToken = name }, name, type);
    }

    /// <summary>A change set that is ready, empty or failed. Who leaves while waiting leaves none behind.</summary>
    public async Task<ChangeSet> Make(ChangeSetRequest request, CancellationToken cancel)
    {
        var id = await Create(request, cancel);
        try
        {
            return await Ready(id, cancel);
        }
        catch (OperationCanceledException)
        {
            await Drop(id, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Takes a set away; one that cannot be taken away now stays listed and harms nobody.</summary>
    public async Task Drop(string id, CancellationToken cancel)
    {
        try
        {
            await client.DeleteChangeSet(id, cancel);
        }
        catch (CloudException e) when (e.Kind != CloudErrorKind.ExpiredToken)
        {
            // It is ours by name, unexecuted, and goes with the next one that is executed.
        }
    }

    // The set itself only says that a validation failed, and where to ask for more.
    private async Task<string?> Reason(ChangeSet set, CancellationToken cancel)
    {
        var found = await _retry.Call(() => client.DescribeValidation(set.Id, cancel), cancel);
        return found.IsEmpty
            ? set.StatusReason
            : string.Join("; ",
                found.Select(f => f.LogicalResourceId.Length == 0 ? f.Reason : $"{f.LogicalResourceId}: {f.Reason}").Distinct());
    }

    private async Task<string> Create(ChangeSetRequest request, CancellationToken cancel)
    {
        try
        {
            return await _retry.Call(() => client.CreateChangeSet(request, cancel), cancel);
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.AlreadyExists)
        {
            // The first attempt arrived and its answer was lost. Nobody else makes such names.
            var another = $"{request.Name}-again";
            return await client.CreateChangeSet(request with
            {
                Name = another,
                Stack = request.Stack with { ClientRequestToken = another },
            }, cancel);
        }
    }

    private async Task<ChangeSet> Ready(string id, CancellationToken cancel)
    {
        for (var began = time.GetTimestamp(); ; await Task.Delay(Pauses.Next(time.GetElapsedTime(began), longest, 10), time, cancel))
        {
            var set = await _retry.Call(() => client.DescribeChangeSet(id, cancel), cancel);
            if (set is null)
                return new ChangeSet(id, "", "FAILED", "somebody deleted the change set", []);
            if (set is { Status: "FAILED", IsEmpty: false })
                return set with { StatusReason = await Reason(set, cancel) };
            if (!set.IsBusy)
                return set;
        }
    }
}
