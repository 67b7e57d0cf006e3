using System.Collections.Immutable;

namespace Paco.Clouds;

/// <summary>Auto Scaling, for the servers that groups have at the moment.</summary>
public interface IAutoScaling
{
    /// <summary>The servers of the groups of those names, in the order of the groups; a group that is not there has none.</summary>
    Task<ImmutableArray<GroupInstance>> DescribeInstances(IReadOnlyCollection<string> groupNames, CancellationToken cancel);
}

/// <summary>A server of a group: its id (<c>i-0123…</c>), its zone, and where in its life it is (<c>InService</c>).</summary>
public sealed record GroupInstance(string GroupName, string Id, string AvailabilityZone, string LifecycleState);
