using System.Collections.Immutable;
using Paco.Binding;
using Paco.Diagnostics;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Linking;

/// <summary>
/// Nodes that need a value of what is not built yet, and all that need one of those. They are no part of the graph: as they are
/// deployed they stay.
/// </summary>
internal sealed class Unbuildable(BuildContext build)
{
    private readonly Dictionary<NodeId, Cause> _causes = [];
    private readonly List<(NodeId Node, Cause Cause)> _references = [];
    private readonly HashSet<(Location, string)> _told = [];

    /// <summary>Notes that a node refers to what is not built yet. All such references are told; the first is the reason.</summary>
    public void Add(NodeId node, Ref reference, Model target)
    {
        var cause = new Cause(reference, target, null);
        _references.Add((node, cause));
        _causes.TryAdd(node, cause);
    }

    /// <summary>The nodes that can be built, and the stacks of the others.</summary>
    public (ImmutableArray<GraphNode> Nodes, ImmutableArray<NotBuiltStack> Left) Part(ImmutableArray<GraphNode> nodes)
    {
        if (_causes.Count == 0)
            return (nodes, []);
        Spread(nodes);
        var left = nodes.Where(n => _causes.ContainsKey(n.Id)).ToImmutableArray();
        Tell(left);
        return ([.. nodes.Where(n => !_causes.ContainsKey(n.Id))], [.. left.OfType<StackNode>().Select(Left)]);
    }

    // What must wait for a node that is not made would wait for ever; an action at work during a stack's making stands and falls with it.
    private void Spread(ImmutableArray<GraphNode> nodes)
    {
        var users = nodes.SelectMany(n => Needs(n).Select(needed => (needed, n))).ToLookup(e => e.needed, e => e.n);
        var byId = nodes.ToLookup(n => n.Id);
        var open = new Queue<NodeId>(nodes.Select(n => n.Id).Where(_causes.ContainsKey));
        while (open.TryDequeue(out var id))
        {
            var cause = _causes[id] with { Through = _causes[id].Through ?? byId[id].First().Title };
            var held = byId[id].OfType<ActionNode>().Select(a => a.Action.During).OfType<NodeId>();
            foreach (var user in users[id].Select(n => n.Id).Concat(held).Where(user => _causes.TryAdd(user, cause)))
                open.Enqueue(user);
        }
    }

    private static ImmutableArray<NodeId> Needs(GraphNode node) =>
        node is ActionNode { Action.During: { } host } ? node.DependsOn.Add(host) : node.DependsOn;

    // Of each object once: of those that refer every reference, of those that need them the first reason.
    private void Tell(ImmutableArray<GraphNode> left)
    {
        var on = left.Where(n => n.Enabled).ToLookup(n => n.Id);
        foreach (var (node, cause) in _references.SelectMany(r => on[r.Node].Select(node => (node, r.Cause))))
        {
            if (_told.Add((cause.Reference.Location, cause.Reference.Written)))
            {
                build.Bag.Add(LinkingCodes.RefersToNotBuilt, cause.Reference.Location,
                    $"{cause.Words}: {node.Title} is left as it is", "take the reference out to have it built without", subject: node.Ref);
            }
        }
        var direct = _references.SelectMany(r => on[r.Node]).Select(n => ObjectOf(n.Ref)?.Path).ToHashSet();
        // What has the shortest name stands for the object.
        foreach (var node in left.Where(n => n.Enabled).OrderBy(n => n.Title.Length))
        {
            if (ObjectOf(node.Ref) is { } owner && !direct.Contains(owner.Path) && _told.Add((owner.Location, owner.Path)))
            {
                var cause = _causes[node.Id];
                build.Bag.Add(LinkingCodes.NeedsNotBuilt, owner.Location, $"{node.Title} is left as it is: it {cause.Reason}",
                    related: new RelatedPlace(cause.Reference.Location, "the reference"), subject: node.Ref);
            }
        }
    }

    private NotBuiltStack Left(StackNode node) =>
        new(node.Id.Name, node.Id.Place.Region, node.Ref, node.Title) { Reason = _causes[node.Id].Reason };

    // Roles, policies and records belong to the resource they are made for.
    private Model? ObjectOf(ObjectPath path) =>
        path.AndAbove.Select(build.Index.Find).FirstOrDefault(m => m is AppResource) ?? build.Index.Walk(path).Found;

    /// <param name="Through">The title of the node that refers to it, for those that need that one; null for the node itself.</param>
    private sealed record Cause(Ref Reference, Model Target, string? Through)
    {
        public string Words => $"{Reference.Written} refers to {What}";

        public string Reason => Through is null ? $"refers to {What}" : $"needs {Through}, which refers to {What}";

        private string What => $"{Target.Name} ({Target.Kind}), which is not built yet";
    }
}
