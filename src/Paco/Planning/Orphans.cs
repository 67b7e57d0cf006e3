using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Linking;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Planning;

/// <summary>Stacks that an environment once made and that no longer come out of its configuration.</summary>
internal static class Orphans
{
    /// <summary>Found by the tags and the name every stack of an environment carries; the newest first, as they must be deleted.</summary>
    public static ImmutableArray<(NodeId Id, DeployedStack Stack)> Find(StackGraph all, Scope scope,
        ImmutableDictionary<NodeId, DeployedStack> deployed) =>
        // A smaller scope says nothing about what stands beside it.
        scope.Path.Environment is { } environment && scope.Path.Parts.Length <= 4 ? Find(all, environment, deployed) : [];

    private static ImmutableArray<(NodeId, DeployedStack)> Find(
        StackGraph all, EnvironmentPath environment, ImmutableDictionary<NodeId, DeployedStack> deployed)
    {
        var prefix = Names.Stack("NE", environment.NetworkEnvironment, environment.Name) + "-";
        var notBuilt = all.NotBuilt.Select(n => (n.Name, n.Region)).ToHashSet();
        return
        [
            .. deployed
                .Where(d => d.Key.Name.StartsWith(prefix, StringComparison.Ordinal)
                    && (environment.Region is null || d.Key.Place.Region == environment.Region))
                .Where(d => UnreadStacks.EnvironmentOf(d.Value, all) is null)
                .Where(d => d.Value.Tags.GetValueOrDefault("Paco-Stack") == "true" && BelongsTo(d.Value, environment))
                .Where(d => all.Find(d.Key) is null && !notBuilt.Contains((d.Key.Name, d.Key.Place.Region)))
                .OrderByDescending(d => d.Value.CreationTime)
                .ThenByDescending(d => d.Key)
                .Select(d => (d.Key, d.Value)),
        ];
    }

    // Record sets carry no environment tags; for the others a longer environment name with the same beginning is told apart by them.
    private static bool BelongsTo(DeployedStack stack, EnvironmentPath environment) =>
        stack.Tags.TryGetValue("paco.env.name", out var name)
            ? name == environment.Name && stack.Tags.GetValueOrDefault("paco.netenv.name") == environment.NetworkEnvironment
            : stack.StackName.Contains("-RecordSet", StringComparison.Ordinal);

    /// <summary>Their deletion, with what is deployed of each.</summary>
    public static async Task<ImmutableArray<(PlannedStack Stack, TemplateSide Before)>> Plan(
        ImmutableArray<(NodeId Id, DeployedStack Stack)> orphans, ICloud cloud, CancellationToken cancel)
    {
        var templates = await DeployedStacks.Templates(cloud, orphans.Select(o => o.Id), cancel);
        return
        [
            .. orphans.Where(o => templates.ContainsKey(o.Id))
                .Select(o => (Deleted(o.Id, o.Stack, templates[o.Id]), DeployedStacks.Side(templates[o.Id], o.Stack))),
        ];
    }

    /// <summary>
    /// Those of them that nobody needs any more; who is used by a stack that stays is held back, and so is what it uses itself.
    /// </summary>
    public static async Task<ImmutableArray<PlannedStack>> Free(
        ImmutableArray<PlannedNode> others, ImmutableArray<(PlannedStack Stack, TemplateSide Before)> orphans, OutputConsumers uses,
        CancellationToken cancel)
    {
        while (true)
        {
            var keeping = new RetainedOutputs([.. others, .. orphans.Select(o => o.Stack)], uses);
            var used = await Task.WhenAll(orphans.Select(o => keeping.StillUsing(o.Stack, o.Before, cancel)));
            if (used.All(u => u.IsEmpty))
                return [.. orphans.Select(o => o.Stack)];
            orphans = [.. orphans.Where((_, i) => used[i].IsEmpty)];
        }
    }

    /// <summary>They go after everything else of the plan, one after the other: nothing is known of what they need any more.</summary>
    public static IEnumerable<PlannedNode> OneAfterTheOther(ImmutableArray<PlannedStack> orphans, ImmutableArray<NodeId> others) =>
        orphans.Select((orphan, i) => orphan with { Node = orphan.StackNode with { DependsOn = i == 0 ? others : [orphans[i - 1].Id] } });

    private static PlannedStack Deleted(NodeId id, DeployedStack deployed, string body)
    {
        var stack = new Stack { Id = id, Ref = Ref(deployed), Title = id.Name, Enabled = false, Template = new Template() };
        return DeployedStacks.Deleted(new StackNode(stack), deployed, body) with { Reason = "left the configuration" };
    }

    // What --allow-destroy names it by: there is no object left.
    private static string Ref(DeployedStack stack) => stack.StackName;
}
