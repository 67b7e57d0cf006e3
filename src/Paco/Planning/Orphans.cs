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

    /// <summary>They go after everything else of the plan, one after the other: nothing is known of what they need any more.</summary>
    public static async Task<ImmutableArray<PlannedNode>> Plan(
        ImmutableArray<(NodeId Id, DeployedStack Stack)> orphans, ImmutableArray<NodeId> others, ICloud cloud, CancellationToken cancel)
    {
        var templates = await Deployment.Templates(cloud, orphans.Select(o => o.Id), cancel).ConfigureAwait(false);
        var nodes = ImmutableArray.CreateBuilder<PlannedNode>();
        foreach (var (id, deployed) in orphans)
        {
            var stack = new Stack { Id = id, Ref = Ref(deployed), Title = id.Name, Enabled = false, Template = new Template() };
            var node = new StackNode(stack) { DependsOn = nodes.Count == 0 ? others : [nodes[^1].Id] };
            nodes.Add(Deployment.Deleted(node, deployed, templates[id]) with { Reason = "left the configuration" });
        }
        return nodes.DrainToImmutable();
    }

    // What --allow-destroy names it by: there is no object left.
    private static string Ref(DeployedStack stack) => stack.StackName;
}
