using System.Collections.Immutable;
using Paco.Binding;
using Paco.Syntax;

namespace Paco.Stacks;

/// <summary>
/// Servers that come and go by themselves: which there are and at which addresses only the service knows, so it is asked when somebody
/// wants to know, where an <see cref="Address"/> comes of what a stack puts out.
/// </summary>
/// <param name="Node">The stack that makes the group.</param>
/// <param name="Ref">The object it is.</param>
/// <param name="Name">Yields the group's name in AWS.</param>
public sealed record ServerGroup(NodeId Node, ObjectPath Ref, Source Name)
{
    /// <summary>Who people log in as; null where SSH lets nobody in.</summary>
    public string? User { get; init; }

    /// <summary>Systems Manager's agent runs on them: sessions without SSH.</summary>
    public bool TakesSessions { get; init; }

    /// <summary>Yields the fixed public address of the only server; null where it has none.</summary>
    public Source? FixedAddress { get; init; }

    /// <summary>They can have addresses on the internet.</summary>
    public bool IsPublic { get; init; }

    public ImmutableArray<Ref> SecurityGroups { get; init; } = [];
}
