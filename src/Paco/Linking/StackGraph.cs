using System.Collections.Immutable;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Linking;

/// <summary>A stack or an action with what it waits for.</summary>
public abstract record GraphNode(NodeId Id, ObjectPath Ref, string Title, bool Enabled)
{
    /// <summary>Nodes that must be done before it starts.</summary>
    public ImmutableArray<NodeId> DependsOn { get; init; } = [];
}

public sealed record StackNode(Stack Stack) : GraphNode(Stack.Id, Stack.Ref, Stack.Title, Stack.Enabled);

public sealed record ActionNode(CloudAction Action) : GraphNode(Action.Id, Action.Ref, Action.Title, Action.Enabled);

/// <summary>
/// What the read part of a project makes, linked: every parameter knows its source, every node what it waits for. Of a scope, and
/// of what must be there before it, nothing is missing; nodes beside it may lack what leads into parts that were not read.
/// </summary>
/// <param name="Nodes">Each after all it depends on; among equals in the order of the files and of <c>order:</c>.</param>
public sealed record StackGraph(ImmutableArray<GraphNode> Nodes)
{
    /// <summary>
    /// The project's objects, for whoever wants to show where a value was written; null in tests that build graphs by hand.
    /// </summary>
    public Binding.ObjectIndex? Objects { get; init; }

    /// <summary>Stacks of what the project asks for and this version does not build yet.</summary>
    public ImmutableArray<NotBuiltStack> NotBuilt { get; init; } = [];

    /// <summary>How people reach what is made.</summary>
    public ImmutableArray<Address> Addresses { get; init; } = [];

    /// <summary>The alarms that are made, and those that are switched off in what is watched.</summary>
    public ImmutableArray<StatedAlarm> Alarms { get; init; } = [];

    /// <summary>The log groups that what is made writes to.</summary>
    public ImmutableArray<WrittenLog> Logs { get; init; } = [];

    /// <summary>The groups of servers that are made.</summary>
    public ImmutableArray<ServerGroup> ServerGroups { get; init; } = [];

    /// <summary>References that lead into what was not read, by the node that has them.</summary>
    internal ILookup<NodeId, ObjectPath> Unread { get; init; } = Enumerable.Empty<ObjectPath>().ToLookup(_ => default(NodeId));

    private readonly Lazy<Dictionary<NodeId, GraphNode>> _byId = new(() => Nodes.ToDictionary(n => n.Id));

    public GraphNode? Find(NodeId id) => _byId.Value.GetValueOrDefault(id);

    public IEnumerable<Stack> Stacks => Nodes.OfType<StackNode>().Select(n => n.Stack);

    /// <summary>The part a scope covers, in the same order.</summary>
    public StackGraph Within(Scope scope) =>
        new([.. Nodes.Where(n => scope.Covers(n.Ref))])
        {
            Objects = Objects,
            NotBuilt = [.. NotBuilt.Where(n => scope.Covers(n.Ref))],
            Addresses = [.. Addresses.Where(a => scope.Covers(a.Ref))],
            Alarms = [.. Alarms.Where(a => scope.Covers(a.Ref))],
            Logs = [.. Logs.Where(l => scope.Covers(l.Ref))],
            ServerGroups = [.. ServerGroups.Where(g => scope.Covers(g.Ref))],
        };

    /// <summary>Where nodes of a scope, and all those that must be there before them, lead into what was not read.</summary>
    internal ImmutableArray<ObjectPath> LeadsTo(Scope scope)
    {
        if (Unread.Count == 0)
            return [];
        var open = new Stack<GraphNode>(Within(scope).Nodes);
        var seen = open.Select(n => n.Id).ToHashSet();
        var paths = ImmutableArray.CreateBuilder<ObjectPath>();
        while (open.TryPop(out var node))
        {
            paths.AddRange(Unread[node.Id]);
            foreach (var needed in node.DependsOn.Where(seen.Add).Select(Find).OfType<GraphNode>())
                open.Push(needed);
        }
        return paths.DrainToImmutable();
    }
}
