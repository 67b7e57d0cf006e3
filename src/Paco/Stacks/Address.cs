using Paco.Syntax;

namespace Paco.Stacks;

/// <summary>
/// What a person copies to reach or use what was made: a host name, a link, a line for a shell. It is shown where a run ends and by
/// <c>paco outputs</c>.
/// </summary>
/// <param name="Node">What makes it good: it is shown where that is there.</param>
/// <param name="Ref">The object it leads to.</param>
/// <param name="Name">What it is, in a few small letters: <c>load balancer</c>.</param>
/// <param name="Value">Not secret.</param>
public sealed record Address(NodeId Node, ObjectPath Ref, string Name, Source Value);
