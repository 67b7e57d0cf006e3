using System.Collections.Immutable;
using Paco.Binding;
using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Stacks;

/// <summary>
/// Where an object is built: account and region, the stack group it belongs to, the names above it, the tags its stacks carry.
/// </summary>
public sealed record BuildScope(BuildContext Build, Place Place)
{
    /// <summary>What stack names begin with: <c>NE-mynet-dev-App-app</c>.</summary>
    public required string Prefix { get; init; }

    /// <summary>The environment's region the object stands in; null for globals.</summary>
    public EnvironmentRegion? Environment { get; init; }

    /// <summary>Names from the network environment down: netenv, environment, application, group, resource, as far as they go.</summary>
    public ImmutableArray<string> Names { get; init; } = [];

    /// <summary>The titles of the same objects; empty text for those without.</summary>
    public ImmutableArray<string> Titles { get; init; } = [];

    public ImmutableArray<KeyValuePair<string, string>> Tags { get; init; } = [];

    /// <summary>Group and resource, or what else stands between the prefix and the suffix of a stack's name.</summary>
    public ImmutableArray<string> OwnNames { get; init; } = [];

    /// <summary>The name people read: <c>app/site/web</c>.</summary>
    public required string Label { get; init; }

    /// <summary>What watching puts into the object that is built.</summary>
    public Watch Watch { get; init; } = Watch.Nothing;

    /// <summary>Nothing above switches DNS records off.</summary>
    public bool DnsEnabled { get; init; } = true;

    /// <summary>The object, or the application it stands in, is never updated or deleted.</summary>
    public bool ChangeProtected { get; init; }

    /// <summary>A stack for the object: <c>prefix-group-resource-suffix</c>, with the scope's tags.</summary>
    /// <param name="title">What follows the label where people read it; the label alone for the object's main stack.</param>
    /// <param name="path">The reference it answers to where that is not the object's own.</param>
    public StackBuilder Stack(Model model, string suffix, string title = "", string? path = null, bool? enabled = null)
    {
        var name = Stacks.Names.Stack([Prefix, .. OwnNames, suffix]);
        var stack = Stack(new NodeId(Place, name), path ?? model.Path, Titled(title), enabled ?? model.IsEnabled, model.Location);
        stack.Tags = Tags;
        return stack;
    }

    /// <summary>A stack of the object under any name.</summary>
    public StackBuilder Stack(NodeId id, ObjectPath reference, string title, bool enabled, Location source)
    {
        var stack = Build.Stack(id, reference, title, enabled, source);
        stack.ChangeProtected = ChangeProtected;
        return stack;
    }

    /// <summary>A stack that Paco 9 made for a part of the object which is not built yet: it is left as it is.</summary>
    public void NotBuilt(Model model, IEnumerable<string> suffix, string title = "", string? region = null) =>
        Build.Add(new NotBuiltStack(Stacks.Names.Stack([Prefix, .. OwnNames, .. suffix]), region ?? Place.Region, model.Path,
            Titled(title)));

    /// <summary>The tags without those of group and resource: for stacks the original tagged so.</summary>
    public ImmutableArray<KeyValuePair<string, string>> ApplicationTags() =>
        [.. Tags.Where(t => t.Key is not ("Paco-Application-Group-Name" or "Paco-Application-Resource-Name"))];

    public string Titled(string what) => what.Length == 0 ? Label : $"{Label} {what}";
}

/// <summary>An environment in one region, with what rooms ask of it.</summary>
/// <param name="Path"><c>netenv.mynet.dev.us-west-2</c></param>
/// <param name="AvailabilityZones">How many zones the network spans.</param>
public sealed record EnvironmentRegion(string NetworkEnvironment, string Name, string Path, int AvailabilityZones, bool NetworkIsEnabled)
{
    // No copy of it may have another one: paths below are made of it once.
    public string Path { get; } = Path;

    /// <summary>The title of the environment in this region, or empty text.</summary>
    public string Title { get; init; } = "";

    /// <summary>
    /// What follows a name that an account has only once, whatever the region: nothing in the first environment of the account.
    /// </summary>
    public string AccountSuffix { get; init; } = "";

    public string NetworkPath { get; } = $"{Path}.network";

    public string VpcPath { get; } = $"{Path}.network.vpc";

    /// <summary>What the names of the network's stacks begin with.</summary>
    public string NetworkPrefix => $"NE-{NetworkEnvironment}-{Name}-Net";

    /// <summary>The path of a segment given by its bare name.</summary>
    public string SegmentPath(string segment) => $"{VpcPath}.segments.{segment}";

    /// <summary>The VPC's id as a reference.</summary>
    public Ref VpcId { get; } = new($"{Path}.network.vpc.id", $"{Path}.network.vpc.id", default);
}
