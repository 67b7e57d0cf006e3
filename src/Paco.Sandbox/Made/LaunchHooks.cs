using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Made;

/// <summary>
/// The lifecycle hooks that CodeDeploy puts on Auto Scaling groups, so that a new server is deployed to before it serves. They are kept
/// with the deployment group. Sources: hashicorp/terraform-provider-aws#2993, LeanerCloud/AutoSpotting#14.
/// </summary>
internal static class LaunchHooks
{
    public const string DeploymentGroup = "AWS::CodeDeploy::DeploymentGroup";

    // A name that no attribute has: what the sandbox alone knows.
    private const string Kept = "(hooks)";

    /// <summary>Puts one on every group that is named for the first time, and takes off those of groups that are named no more.</summary>
    /// <param name="before">The deployment group as it was; null for a new one.</param>
    public static void Put(Store store, LiveResource it, LiveResource? before)
    {
        var there = before is null ? [] : Of(before).ToDictionary(h => h.Group);
        it.Attributes[Kept] = new JsonArray(
        [
            .. (it.Properties["AutoScalingGroups"] as JsonArray ?? []).Select(Json.Scalar)
                .Select(name => there.GetValueOrDefault(name) ?? New(store, it, name))
                .Select(JsonNode (h) => new JsonObject { ["Group"] = h.Group, ["Name"] = h.Name, ["Made"] = h.Made }),
        ]);
    }

    /// <summary>Those that a deployment group has put, on a group that is gone, too.</summary>
    public static IEnumerable<LaunchHook> Of(LiveResource deploymentGroup) =>
        (deploymentGroup.Attributes[Kept] as JsonArray ?? []).OfType<JsonObject>()
            .Select(h => new LaunchHook(Json.Scalar(h["Group"]), Json.Scalar(h["Name"]), (long)h["Made"]!));

    /// <summary>Those an Auto Scaling group has.</summary>
    public static IEnumerable<LaunchHook> On(Store store, LiveResource group) =>
        store.OfType(group.Account, group.Region, DeploymentGroup).SelectMany(Of)
            .Where(h => h.Group == group.Physical && h.Made == group.Created.ToUnixTimeMilliseconds());

    private static LaunchHook New(Store store, LiveResource it, string group) => new(group,
        $"CodeDeploy-managed-automatic-launch-deployment-hook-{it.Physical}-{new DeterministicIds($"{it.Physical} {group}").Uuid()}",
        store.Find(it.Account, it.Region, Servers.Group, group)?.Created.ToUnixTimeMilliseconds() ?? 0);
}

/// <summary>A hook.</summary>
/// <param name="Group">The Auto Scaling group it was put on.</param>
/// <param name="Made">When that group was made, in milliseconds: a later one of the name does not have it.</param>
internal sealed record LaunchHook(string Group, string Name, long Made);
