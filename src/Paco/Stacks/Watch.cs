using System.Collections.Immutable;

namespace Paco.Stacks;

/// <summary>
/// What watching a resource puts into it, ready made: it installs the agent, lets it write, and waits for what it writes to.
/// </summary>
public sealed record Watch
{
    public static readonly Watch Nothing = new();

    /// <summary>The CloudWatch agent's configuration file; null where there is nothing to collect.</summary>
    public string? AgentConfiguration { get; init; }

    /// <summary>Names of the log groups that the agent writes to.</summary>
    public ImmutableArray<string> LogGroups { get; init; } = [];

    /// <summary>Stacks that come before the resource's own.</summary>
    public ImmutableArray<NodeId> After { get; init; } = [];
}
