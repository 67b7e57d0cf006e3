using System.Collections.Immutable;
using Paco.CloudFormation.Types;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>What differs between deployed stacks and what is really there. Plain data, secrets masked already.</summary>
public sealed record DriftReport(ImmutableArray<StackDrift> Stacks)
{
    public bool HasDrift => Stacks.Any(s => s.HasDrift);

    /// <summary>Something could not be looked at that should have been.</summary>
    public bool HasFailures => Stacks.Any(s => s.Failure is not null);

    public StackDrift? Find(NodeId node) => Stacks.FirstOrDefault(s => s.Node == node);
}

/// <summary>What was found of one deployed stack.</summary>
public sealed record StackDrift(NodeId Node, string Ref, string Title)
{
    /// <summary>Resources that differ.</summary>
    public ImmutableArray<DriftedResource> Resources { get; init; } = [];

    /// <summary>Resources CloudFormation cannot look at.</summary>
    public ImmutableArray<UncheckedResource> Unchecked { get; init; } = [];

    /// <summary>How many resources were looked at.</summary>
    public int CheckedCount { get; init; }

    /// <summary>Why the stack was not looked at, or not at all of it.</summary>
    public string? Failure { get; init; }

    /// <summary>Why what differs stays as it is, though it was to be brought back.</summary>
    public string? Note { get; init; }

    public bool HasDrift => Resources.Length > 0;
}

/// <summary>A resource that is not as its stack made it.</summary>
public sealed record DriftedResource(string LogicalId, string PhysicalId, string Type, bool IsDeleted)
{
    public ImmutableArray<PropertyDrift> Properties { get; init; } = [];

    /// <summary>It holds what cannot be made again.</summary>
    public bool HoldsData { get; init; } = ResourceFacts.Of(Type).HoldsData;
}

/// <summary>One property on its three sides; null where a side has nothing. Values a person reads, not to be parsed.</summary>
/// <param name="Path"><c>SecurityGroupIngress[0].CidrIp</c></param>
/// <param name="Deployed">What the template says that CloudFormation last applied.</param>
/// <param name="Actual">What is there now.</param>
public sealed record PropertyDrift(string Path, string? Deployed, string? Actual)
{
    /// <summary>What the project says now.</summary>
    public string? Wanted { get; init; } = Deployed;

    /// <summary>The project was changed to say what is there already.</summary>
    public bool IsAdopted => Wanted == Actual && Wanted != Deployed;
}

/// <summary>A resource nobody knows anything about.</summary>
public sealed record UncheckedResource(string LogicalId, string Type, string? Reason);
