using System.Collections.Immutable;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>Deployed stacks outside of a plan that use what it changes, deletes or would delete: nobody tells them by itself.</summary>
internal static class Outsiders
{
    /// <summary>Those that go on with a value which the plan changes, until they are provisioned themselves.</summary>
    public static IEnumerable<PlanProblem> KeepOldValues(StackGraph all, StackGraph selected, Producers producers) =>
        from node in all.Nodes.OfType<StackNode>()
        where selected.Find(node.Id) is null && producers.Deployed.ContainsKey(node.Id)
        from output in node.Stack.Parameters.SelectMany(p => p.Source.Outputs).Distinct().GroupBy(o => o.Node)
        where producers.Planned.TryGetValue(output.Key, out var planned) && planned.HasWork
        let keys = output.Select(o => o.Key).Where(key => producers.MayChange(output.Key, key)).ToList()
        where keys.Count > 0
        select new PlanProblem(node.Id, $"{node.Title} uses {string.Join(", ", keys)} of {producers.Planned[output.Key].Node.Title}, which may change here, and keeps the value it has", WayOut.To(all, node.Id));

    /// <summary>Those that use what a stack to be deleted offers.</summary>
    public static PlanProblem? LoseWhatTheyUse(StackGraph all, PlannedStack doomed, ImmutableArray<NodeId> users) => users.IsEmpty ? null
        : new PlanProblem(doomed.Id, $"{doomed.Node.Title} is still used by {Titles(all, users)}", "AWS may refuse to delete what is in use, or leave the users broken: delete them first, or provision them without it");

    /// <summary>Those for whom an output stays that the project no longer asks for.</summary>
    public static IEnumerable<PlanProblem> HoldOutputs(StackGraph all, IEnumerable<PlannedNode> nodes) =>
        from stack in nodes.OfType<PlannedStack>()
        from kept in stack.Keeps
        where !kept.Goes
        select new PlanProblem(stack.Id, $"{stack.Node.Title} keeps {kept.Key}, which the project no longer asks for: {Titles(all, kept.Users)} {(kept.Users.Length == 1 ? "uses" : "use")} it",
            kept.Users.Select(u => WayOut.To(all, u) ?? "--prune deletes what left the configuration").FirstOrDefault());

    /// <summary>Stacks that left the configuration and stay for those who use them.</summary>
    public static IEnumerable<PlanProblem> HoldOrphans(IEnumerable<PlannedStack> heldBack) =>
        heldBack.Select(orphan => new PlanProblem(orphan.Id, $"{orphan.Id} left the configuration and stays: a stack that is not deleted or changed here uses it", null));

    /// <summary>Nodes as people call them.</summary>
    public static string Titles(StackGraph all, IEnumerable<NodeId> nodes) => string.Join(", ", nodes.Select(id => all.Find(id)?.Title ?? id.Name));
}
