using System.Collections.Immutable;
using Paco.CloudFormation.Types;
using Paco.Linking;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Planning;

/// <summary>
/// The fewest references that permit what a plan destroys and nothing else: one stands for several where all that holds data below it
/// is destroyed anyhow.
/// </summary>
public static class AllowDestroyRefs
{
    /// <summary>What to name with <c>--allow-destroy</c> for some of a plan's nodes, in the order of the plan.</summary>
    public static ImmutableArray<string> Of(Plan plan, IEnumerable<PlannedNode> destroyed) =>
        Of(destroyed.Select(n => n.Node.Ref), plan.Nodes.Where(n => !n.DestroysData && HoldsData(n)).Select(n => n.Node.Ref));

    /// <summary>The same for stacks of a graph beside a plan.</summary>
    public static ImmutableArray<string> Of(StackGraph graph, IEnumerable<GraphNode> destroyed)
    {
        var lost = destroyed.Select(n => n.Ref).ToHashSet();
        return Of(lost, graph.Stacks.Where(HoldsData).Select(s => s.Ref).Where(path => !lost.Contains(path)));
    }

    /// <param name="lost">Objects whose data goes.</param>
    /// <param name="kept">Objects whose data stays: no reference that is offered covers one of them.</param>
    internal static ImmutableArray<string> Of(IEnumerable<ObjectPath> lost, IEnumerable<ObjectPath> kept)
    {
        ObjectPath[] paths = [.. lost.Distinct()];
        return paths.Length == 0 ? [] : [.. Cover(paths, [.. kept]).Select(path => path.Text)];
    }

    private static IEnumerable<ObjectPath> Cover(ObjectPath[] lost, ImmutableArray<ObjectPath> kept)
    {
        var common = lost.Aggregate(Common);
        // What is lost itself has to be named; there is nothing narrower.
        if (lost.Contains(common) || (common != ObjectPath.Root && !kept.Any(path => common.Covers(path))))
            return [common];
        return lost.GroupBy(path => common.Rest(path).First, StringComparer.Ordinal).SelectMany(group => Cover([.. group], kept));
    }

    private static ObjectPath Common(ObjectPath one, ObjectPath other) =>
        one.AndAbove.FirstOrDefault(path => path.Covers(other), ObjectPath.Root);

    private static bool HoldsData(Stack stack) => stack.Template.Resources.Any(r => ResourceFacts.Of(r.Type).HoldsData);

    // What a deletion leaves behind of a stack it leaves behind with any permission.
    private static bool HoldsData(PlannedNode node) => node switch
    {
        { Action: NodeAction.Absent or NodeAction.Delete } => false,
        PlannedStack stack => HoldsData(stack.Stack),
        PlannedAction action => action.State.Exists && action.Work.HoldsData,
        _ => false,
    };
}
