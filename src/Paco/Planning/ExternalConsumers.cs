using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>Deployed stacks outside of a plan that use what it changes, deletes or would delete: nobody tells them by itself.</summary>
internal static class ExternalConsumers
{
    /// <summary>Those of the project that go on with a value which the plan changes, until they are provisioned themselves.</summary>
    public static IEnumerable<PlanProblem> KeepOldValues(StackGraph all, StackGraph selected, OutputValues producers) =>
        from node in all.Nodes.OfType<StackNode>()
        where selected.Find(node.Id) is null && producers.Deployed.ContainsKey(node.Id)
        from output in node.Stack.Parameters.SelectMany(p => p.Source.Outputs).Distinct().GroupBy(o => o.Node)
        where producers.Planned.TryGetValue(output.Key, out var planned) && planned.HasWork
        let keys = output.Select(o => o.Key).Where(key => producers.MayChange(output.Key, key)).ToList()
        where keys.Count > 0
        select KeepsOldValue(node.Id, node.Title, keys, producers.Planned[output.Key], Remedy.To(all, node.Id));

    /// <summary>The same of environments that were not read: what is deployed of them says what they use.</summary>
    /// <param name="templates">Those of the stacks that are compared.</param>
    public static async Task<ImmutableArray<PlanProblem>> KeepOldValues(
        StackGraph all, OutputValues producers, RetainedOutputs outputs, ImmutableDictionary<NodeId, string> templates,
        CancellationToken cancel)
    {
        if (all.Objects is not { Unread.Count: > 0 })
            return [];
        var problems = ImmutableArray.CreateBuilder<PlanProblem>();
        foreach (var planned in producers.Planned.Values.OfType<PlannedStack>().Where(s => s.HasWork && templates.ContainsKey(s.Id))
            .OrderBy(s => s.Id))
        {
            var before = DeployedStacks.Side(templates[planned.Id], planned.Deployed);
            var users = await outputs.UsersOf(planned, before, key => producers.MayChange(planned.Id, key), IsUnread, cancel);
            problems.AddRange(
                from user in users
                group user.Key by user.User into keys
                orderby keys.Key
                select KeepsOldValue(keys.Key, keys.Key.Name, keys, planned, Remedy.To(all, keys.Key, producers.Deployed[keys.Key])));
        }
        return problems.DrainToImmutable();

        bool IsUnread(NodeId id) => UnreadStacks.EnvironmentOf(producers.Deployed[id], all) is not null;
    }

    private static PlanProblem KeepsOldValue(NodeId user, string title, IEnumerable<string> keys, PlannedNode producer, string? wayOut) =>
        new(user, $"{title} uses {string.Join(", ", keys)} of {producer.Node.Title}, which may change here, and keeps the value it has",
            wayOut);

    /// <summary>Those that use what a stack to be deleted offers.</summary>
    public static PlanProblem? LoseWhatTheyUse(StackGraph all, PlannedStack doomed) => doomed.UsedBy.IsEmpty ? null
        : new PlanProblem(doomed.Id, $"{doomed.Node.Title} is still used by {Titles(all, doomed.UsedBy)}",
            "AWS may refuse to delete what is in use, or leave the users broken: delete them first, or provision them without it");

    /// <summary>Those for whom an output stays that the project no longer asks for.</summary>
    public static IEnumerable<PlanProblem> HoldOutputs(StackGraph all, IEnumerable<PlannedNode> nodes,
        ImmutableDictionary<NodeId, DeployedStack> deployed) =>
        from stack in nodes.OfType<PlannedStack>()
        from kept in stack.Keeps
        where !kept.Goes
        select new PlanProblem(stack.Id,
            $"{stack.Node.Title} keeps {kept.Key}, which the project no longer asks for: {Titles(all, kept.Users)} {(kept.Users.Length == 1 ? "uses" : "use")} it",
            kept.Users.Select(u => Remedy.To(all, u, deployed[u]) ?? "--prune deletes what left the configuration").FirstOrDefault());

    /// <summary>Stacks that left the configuration and stay for those who use them.</summary>
    public static IEnumerable<PlanProblem> HoldOrphans(IEnumerable<PlannedStack> heldBack) =>
        heldBack.Select(orphan => new PlanProblem(orphan.Id,
            $"{orphan.Id} left the configuration and stays: a stack that is not deleted or changed here uses it", null));

    /// <summary>Nodes as people call them.</summary>
    public static string Titles(StackGraph all, IEnumerable<NodeId> nodes) =>
        string.Join(", ", nodes.Select(id => all.Find(id)?.Title ?? id.Name));
}
