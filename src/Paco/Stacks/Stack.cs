using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Syntax;

namespace Paco.Stacks;

/// <summary>A node of the graph: where it lives and its name there. For a stack the name is CloudFormation's stack name.</summary>
public readonly record struct NodeId(Place Place, string Name) : IComparable<NodeId>
{
    /// <summary>Its one spelling for programs: <c>dev/us-west-2/NE-mynet-dev-Net-Vpc</c>. Also the file of a template.</summary>
    public string Key => $"{Place.Account}/{Place.Region}/{Name}";

    public int CompareTo(NodeId other) =>
        Place.CompareTo(other.Place) is var place and not 0 ? place : string.CompareOrdinal(Name, other.Name);

    public override string ToString() => $"{Name} ({Place})";

    public static bool operator <(NodeId left, NodeId right) => left.CompareTo(right) < 0;

    public static bool operator >(NodeId left, NodeId right) => left.CompareTo(right) > 0;

    public static bool operator <=(NodeId left, NodeId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(NodeId left, NodeId right) => left.CompareTo(right) >= 0;
}

/// <summary>One CloudFormation stack as the project wants it.</summary>
public sealed record Stack
{
    /// <summary>Key of the template's metadata that keeps which public parameter a machine image was looked up under.</summary>
    public const string ImagesKey = "Paco::Images";

    public required NodeId Id { get; init; }

    /// <summary>The object it was made for, as its path in the project; scopes select by it.</summary>
    public required ObjectPath Ref { get; init; }

    /// <summary>Its name as people read it: <c>app/site/web</c>.</summary>
    public required string Title { get; init; }

    /// <summary>A disabled stack is not made; where it exists it is updated to what is left of its template.</summary>
    public required bool Enabled { get; init; }

    public required Template Template { get; init; }

    public ImmutableArray<Parameter> Parameters { get; init; } = [];

    public ImmutableArray<OfferedOutput> Outputs { get; init; } = [];

    public ImmutableArray<KeyValuePair<string, string>> Tags { get; init; } = [];

    public ImmutableArray<string> Capabilities { get; init; } = [];

    public bool TerminationProtection { get; init; }

    /// <summary>The user asked that it is never updated or deleted.</summary>
    public bool ChangeProtected { get; init; }

    /// <summary>Nodes it must wait for besides those its parameters come from.</summary>
    public ImmutableArray<NodeId> After { get; init; } = [];

    /// <summary>What somebody may have to see to once it is deployed.</summary>
    public ImmutableArray<StackInquiry> Inquiries { get; init; } = [];
}

/// <summary>
/// A stack that Paco 9 made for something the project asks for and this version does not build yet, or one that cannot be built
/// without such a thing. It is nobody's orphan, and nothing is done to it.
/// </summary>
/// <param name="Region">Its region; in which account it is does not matter, since its name says whose it is.</param>
/// <param name="Ref">The object it belongs to.</param>
/// <param name="Title">As people read it: <c>app/site/web alarms</c>.</param>
public sealed record NotBuiltStack(string Name, string Region, ObjectPath Ref, string Title)
{
    /// <summary>
    /// What it cannot be built without, as what follows "because it"; null where it is itself of a kind that is not built.
    /// </summary>
    public string? Reason { get; init; }
}

/// <summary>A parameter of a stack and where its value comes from.</summary>
public sealed record Parameter(string Name, string Type, Source Source)
{
    /// <summary>Its value is a secret: AWS masks it, and so do we.</summary>
    public bool NoEcho => Source.IsSecret;

    internal TemplateParameter Declaration => new(Name, Type) { NoEcho = NoEcho };
}

/// <summary>An output and the references it answers: <c>LoadBalancerDNSName</c> for <c>….alb.dnsname</c>.</summary>
public sealed record OfferedOutput(string Key, ImmutableArray<string> Refs);
