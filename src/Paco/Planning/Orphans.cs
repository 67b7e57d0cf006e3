using System.Collections.Immutable;
using Paco.CloudFormation;
using Paco.Clouds;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>Stacks that an environment once made and that no longer come out of its configuration.</summary>
internal static class Orphans
{
    /// <summary>Found by the tags and the name every stack of an environment carries; the newest first, as they must be deleted.</summary>
    public static ImmutableArray<(NodeId Id, DeployedStack Stack)> Find(StackGraph all, Scope scope, ImmutableDictionary<NodeId, DeployedStack> deployed) =>
        scope.Path.Split('.') switch
        {
            ["netenv", var netenv, var environment] => Find(all, netenv, environment, null, deployed),
            ["netenv", var netenv, var environment, var region] => Find(all, netenv, environment, region, deployed),
            // A smaller scope says nothing about what stands beside it.
            _ => [],
        };

    private static ImmutableArray<(NodeId, DeployedStack)> Find(
        StackGraph all, string netenv, string environment, string? region, ImmutableDictionary<NodeId, DeployedStack> deployed)
    {
        var prefix = Names.Stack("NE", netenv, environment) + "-";
        return
        [
            .. deployed
                .Where(d => d.Key.Name.StartsWith(prefix, StringComparison.Ordinal) && (region is null || d.Key.Place.Region == region))
                .Where(d => d.Value.Tags.GetValueOrDefault("Paco-Stack") == "true" && BelongsTo(d.Value, netenv, environment) && all.Find(d.Key) is null && !all.LeftAlone.Any(p => Begins(d.Key.Name, p)))
                .OrderByDescending(d => d.Value.CreationTime)
                .ThenByDescending(d => d.Key)
                .Select(d => (d.Key, d.Value)),
        ];
    }

    private static bool Begins(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) && (name.Length == prefix.Length || name[prefix.Length] == '-');

    // Record sets carry no environment tags; for the others a longer environment name with the same beginning is told apart by them.
    private static bool BelongsTo(DeployedStack stack, string netenv, string environment) =>
        stack.Tags.TryGetValue("paco.env.name", out var name)
            ? name == environment && stack.Tags.GetValueOrDefault("paco.netenv.name") == netenv
            : stack.StackName.Contains("-RecordSet", StringComparison.Ordinal);

    /// <summary>Their deletion, with what is deployed of each.</summary>
    public static async Task<ImmutableArray<(PlannedStack Stack, TemplateSide Before)>> Plan(
        ImmutableArray<(NodeId Id, DeployedStack Stack)> orphans, ICloud cloud, CancellationToken cancel)
    {
        var templates = await Deployment.Templates(cloud, orphans.Select(o => o.Id), cancel);
        return [.. orphans.Select(o => (Deleted(o.Id, o.Stack, templates[o.Id]), Deployment.Side(templates[o.Id], o.Stack)))];
    }

    /// <summary>Those of them that nobody needs any more; who is used by a stack that stays is held back, and so is what it uses itself.</summary>
    public static async Task<ImmutableArray<PlannedStack>> Free(
        ImmutableArray<PlannedNode> others, ImmutableArray<(PlannedStack Stack, TemplateSide Before)> orphans, Uses uses, CancellationToken cancel)
    {
        while (true)
        {
            var keeping = new KeptOutputs([.. others, .. orphans.Select(o => o.Stack)], uses);
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
        return Deployment.Deleted(new StackNode(stack), deployed, body) with { Reason = "left the configuration" };
    }

    // What --allow-destroy names it by: there is no object left.
    private static string Ref(DeployedStack stack) => stack.StackName;
}
