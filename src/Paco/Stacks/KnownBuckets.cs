using System.Collections.Immutable;
using Paco.Binding;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Stacks;

/// <summary>
/// An object that needs something written into another's stack. All are asked before the first stack is built, so that whoever builds
/// that stack knows everything that goes into it.
/// </summary>
public interface IAsking
{
    void Ask(BuildScope scope);
}

/// <summary>The project's buckets by the paths of their objects, and what others ask of the policy of each.</summary>
public sealed class KnownBuckets
{
    private readonly Dictionary<ObjectPath, KnownBucket> _buckets = [];
    private readonly Dictionary<ObjectPath, List<BucketGrant>> _grants = [];

    internal void Add(ObjectPath path, KnownBucket bucket) => _buckets.TryAdd(path, bucket);

    /// <summary>The bucket a reference names; null where it names none that is known.</summary>
    public KnownBucket? Find(Ref? reference) => reference is null ? null : _buckets.GetValueOrDefault(reference.Path);

    /// <summary>Asks that statements become part of a bucket's policy.</summary>
    public void Grant(ObjectPath bucket, BucketGrant grant)
    {
        if (!_grants.TryGetValue(bucket, out var grants))
            _grants[bucket] = grants = [];
        grants.Add(grant);
    }

    /// <summary>What is asked of a bucket's policy, in the order of the project's files.</summary>
    public IReadOnlyList<BucketGrant> GrantsOn(ObjectPath bucket) => _grants.GetValueOrDefault(bucket) ?? [];
}

/// <summary>A bucket as those know it who use it.</summary>
/// <param name="Name">Its name in AWS.</param>
/// <param name="Policy">The stack that holds its policy: who needs that waits for it.</param>
public sealed record KnownBucket(string Name, Place Place, NodeId Policy)
{
    public bool IsEnabled { get; init; } = true;

    /// <summary>The project did not make it and knows nothing else of it.</summary>
    public bool IsExternal { get; init; }

    public bool IsVersioned { get; init; }

    public bool IsWebsite { get; init; }

    public string Arn => $"arn:{Place.Partition.Name}:s3:::{Name}";

    public string Host => $"{Name}.s3.{Place.Region}.{Place.Partition.Domain}";
}

/// <summary>Statements for the policy of a bucket that is another object's.</summary>
/// <param name="By">The object that asks.</param>
/// <param name="Location">Where it says so.</param>
/// <param name="Statements">Made when every bucket is known, for this one.</param>
public sealed record BucketGrant(ObjectPath By, Location Location, Func<KnownBucket, ImmutableArray<MapValue>> Statements);
