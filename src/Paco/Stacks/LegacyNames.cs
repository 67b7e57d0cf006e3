namespace Paco.Stacks;

/// <summary>How projects that are older than some of Paco 9's names have them, as <c>legacy_flags</c> of project.yaml ask for.</summary>
public sealed record LegacyNames
{
    public static readonly LegacyNames None = new();

    /// <summary>Target groups have names of their own, of the load balancer's and theirs.</summary>
    public bool TargetGroups { get; init; }

    /// <summary>The names of log groups begin with the environment instead of the network environment.</summary>
    public bool LogGroups { get; init; }

    /// <summary>The stacks of Git repositories are called <c>Service-CodeCommit-…</c>.</summary>
    public bool RepositoryStacks { get; init; }

    /// <summary>The stacks of hosted zones are called <c>Service-Route53-…</c>.</summary>
    public bool ZoneStacks { get; init; }
}
