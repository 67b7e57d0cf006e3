using System.Collections.Concurrent;
using System.Collections.Immutable;
using Paco.CloudFormation.Types;
using Paco.Clouds;
using Paco.Linking;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Drifting;

/// <summary>
/// Asks CloudFormation whether what deployed stacks made is still as it was made: all stacks at once, a few of each account and region.
/// </summary>
public sealed class DriftDetection
{
    // How often to wait for another one's detection: minutes, at AWS's pace.
    private const int Turns = 100;

    private readonly ICloud _cloud;
    private readonly DriftOptions _options;
    private readonly Retry _retry;
    private readonly ConcurrentDictionary<Place, SemaphoreSlim> _slots = new();

    private DriftDetection(ICloud cloud, DriftOptions options) =>
        (_cloud, _options, _retry) = (cloud, options, new Retry(options.Time, RetryPolicy.Question));

    /// <summary>
    /// Looks at every deployed stack of the graph. Throws <see cref="CloudException"/> where not even the stacks can be listed.
    /// </summary>
    public static async Task<DriftReport> Detect(StackGraph selected, ICloud cloud, DriftOptions options, CancellationToken cancel)
    {
        var deployed = await DeployedStacks.Read(cloud, selected.Nodes.OfType<StackNode>().Select(n => n.Id.Place), cancel);
        return await Detect(selected.Stacks.Where(s => deployed.ContainsKey(s.Id)).Select(s => (s, deployed[s.Id])), cloud, options,
            cancel);
    }

    /// <summary>
    /// Looks at the deployed stacks of a plan and says of each property what the project wants: the plan with its report.
    /// </summary>
    public static async Task<Plan> Attach(Plan plan, ICloud cloud, DriftOptions options, CancellationToken cancel)
    {
        var stacks = plan.Nodes.OfType<PlannedStack>().ToList();
        var report = await Detect(stacks.Where(s => s.Deployed is not null).Select(s => (s.Stack, s.Deployed!)), cloud, options, cancel);
        var byId = stacks.ToDictionary(s => s.Id);
        return plan with { Drift = new DriftReport([.. report.Stacks.Select(drift => ThreeWayComparison.Of(drift, byId[drift.Node]))]) };
    }

    private static async Task<DriftReport> Detect(IEnumerable<(Stack Stack, DeployedStack Deployed)> stacks, ICloud cloud,
        DriftOptions options, CancellationToken cancel)
    {
        var detection = new DriftDetection(cloud, options);
        var found = await Task.WhenAll(stacks.Select(s => detection.OfStack(s.Stack, s.Deployed, cancel)));
        return new DriftReport([.. found.OfType<StackDrift>()]);
    }

    // Null for what is gone or only the remains of a creation that failed: there is nothing to drift.
    private async Task<StackDrift?> OfStack(Stack stack, DeployedStack deployed, CancellationToken cancel)
    {
        var head = new StackDrift(stack.Id, stack.Ref, stack.Title);
        switch (StatusDecisions.Of(deployed.Status))
        {
            case StatusDecision.Create or StatusDecision.Recreate:
                return null;
            case StatusDecision.Attach or StatusDecision.Refuse:
                return head with { Failure = $"it is in {deployed.Status.ToWire()}; drift can be looked for when it is at rest" };
        }
        var slot = _slots.GetOrAdd(stack.Id.Place, _ => new SemaphoreSlim(_options.MaxPerPlace));
        await slot.WaitAsync(cancel);
        try
        {
            return await Look(head, stack, cancel);
        }
        catch (CloudException e) when (e.Kind == CloudErrorKind.NotFound)
        {
            // Gone since the stacks were listed.
            return null;
        }
        catch (CloudException e)
        {
            return head with { Failure = $"{e.Operation}: {e.Message}" };
        }
        finally
        {
            slot.Release();
        }
    }

    private async Task<StackDrift> Look(StackDrift head, Stack stack, CancellationToken cancel)
    {
        var (client, name) = (_cloud.CloudFormation(stack.Id.Place), stack.Id.Name);
        var failure = await Finish(client.Drift, name, cancel);
        var drifts = await _retry.Call(() => client.Drift.DescribeStackResourceDrifts(name, cancel), cancel);
        var resources = await _retry.Call(() => client.DescribeStackResources(name, cancel), cancel);
        var known = drifts.Where(d => d.Status != DriftStatus.NotChecked).ToDictionary(d => d.LogicalId, StringComparer.Ordinal);
        var reasons = drifts.Where(d => d.Status == DriftStatus.NotChecked)
            .ToDictionary(d => d.LogicalId, d => d.Reason, StringComparer.Ordinal);
        var secrets = SecretProperties.Of(stack);
        return head with
        {
            Failure = failure,
            CheckedCount = known.Count,
            Resources =
            [
                .. known.Values.Where(d => d.Status != DriftStatus.InSync).Select(d => Drifted(d, stack, secrets))
                    .OrderBy(d => d.LogicalId, StringComparer.Ordinal),
            ],
            Unchecked = [.. resources.Where(r => !known.ContainsKey(r.LogicalResourceId)
                && r.ResourceStatus is not ("DELETE_COMPLETE" or "DELETE_SKIPPED"))
                .Select(r => new UncheckedResource(r.LogicalResourceId, r.ResourceType, reasons.GetValueOrDefault(r.LogicalResourceId)))],
        };
    }

    // Somebody else may be looking at the same stack right now; two cannot.
    private async Task<string> Start(IStackDrift client, string name, CancellationToken cancel)
    {
        var began = _options.Time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await _retry.Call(() => client.DetectStackDrift(name, cancel), cancel);
            }
            catch (CloudException e) when (e.Kind == CloudErrorKind.Refused && attempt < Turns
                && e.Message.Contains("in progress", StringComparison.OrdinalIgnoreCase))
            {
                await Pause(began, cancel);
            }
        }
    }

    // The reason of a detection that failed in part, or null.
    private async Task<string?> Finish(IStackDrift client, string name, CancellationToken cancel)
    {
        var id = await Start(client, name, cancel);
        for (var began = _options.Time.GetTimestamp(); ; await Pause(began, cancel))
        {
            var state = await _retry.Call(() => client.DescribeDetection(id, cancel), cancel);
            switch (state.Status)
            {
                case DetectionStatus.Complete:
                    return null;
                case DetectionStatus.Failed:
                    return state.Reason ?? "CloudFormation could not look at all of its resources";
            }
        }
    }

    // Several stacks of a place are looked at, and asked for, at once.
    private Task Pause(long began, CancellationToken cancel) =>
        Task.Delay(Pauses.Next(_options.Time.GetElapsedTime(began), _options.PollInterval, 3), _options.Time, cancel);

    private static DriftedResource Drifted(ResourceDrift drift, Stack stack,
        SecretProperties secrets) => new(drift.LogicalId, drift.PhysicalId, drift.ResourceType, drift.Status == DriftStatus.Deleted)
    {
        HoldsData = ResourceFacts.Of(drift.ResourceType).HoldsDataWith(stack.Template.Find(drift.LogicalId)?.Properties),
        Properties = [.. drift.Differences.Select(d => secrets.Masked(drift, d))],
    };
}
