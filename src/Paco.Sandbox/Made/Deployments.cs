using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Made;

/// <summary>
/// Deployments, which are kept with their group. Nothing runs on the sandbox's servers, so none of them succeeds: each has failed the
/// moment it is made, for want of servers or of an agent on them.
/// </summary>
internal static class Deployments
{
    // A name that no attribute has: what the sandbox alone knows.
    private const string Kept = "(deployments)";

    /// <summary>Those of a group, the newest first.</summary>
    public static IEnumerable<JsonObject> Of(LiveResource group) =>
        (group.Attributes[Kept] as JsonArray ?? []).OfType<JsonObject>().Reverse();

    /// <summary>Begins one, and ends it. The group is not written: who calls does that.</summary>
    /// <param name="wanted">Its description and revision, as a template has them.</param>
    /// <param name="creator">Who asked for it, in CodeDeploy's word.</param>
    public static JsonObject Start(Store store, LiveResource group, JsonObject wanted, string creator, DateTimeOffset now)
    {
        if (group.Attributes[Kept] is not JsonArray all)
            group.Attributes[Kept] = all = [];
        var servers = (group.Properties["AutoScalingGroups"] as JsonArray ?? []).Select(Json.Scalar)
            .Select(name => store.Find(group.Account, group.Region, Servers.Group, name)).OfType<LiveResource>()
            .Sum(g => Servers.Of(g).Count);
        var made = new JsonObject
        {
            ["Id"] = $"d-{new DeterministicIds($"{group.Account} {group.Region} {group.Physical} {all.Count}").Capitals(9)}",
            ["Created"] = now.ToUnixTimeMilliseconds(),
            ["Creator"] = creator,
            ["Servers"] = servers,
            ["Description"] = wanted["Description"]?.DeepClone(),
            ["Revision"] = wanted["Revision"]?.DeepClone(),
        };
        all.Add((JsonNode)made);
        return made;
    }
}
