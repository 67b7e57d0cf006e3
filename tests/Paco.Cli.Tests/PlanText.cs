using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Paco.Cli.Tests;

/// <summary>
/// A plan as a snapshot shows it: what it says as a whole, a line a node, and one stack in full. Each line ends with a digest of all that
/// the plan says of the node, so that a change that is not shown is seen, and where.
/// </summary>
internal static class PlanText
{
    private const string InFull = "NE-mynet-dev-Net-VPC";

    private static readonly JsonSerializerOptions Indented =
        new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(JsonObject plan)
    {
        var nodes = Take(plan, "nodes");
        var doors = Take(plan, "securityChanges");
        var text = new StringBuilder($"{plan.ToJsonString(Indented)}\n\n");
        foreach (var node in nodes)
            text.Append($"{Line(node!)}\n");
        text.Append($"\n{doors.Count} security changes, {Digest(doors)}\n\n");
        return text.Append($"{nodes.Single(n => n!["name"]!.ToString() == InFull)!.ToJsonString(Indented)}\n").ToString();
    }

    private static string Line(JsonNode node)
    {
        var after = node["dependsOn"]!.AsArray().Select(d => d!.ToString()).ToList();
        var resources = node["resources"]?.AsArray().Count is { } count ? $", {count} resources" : "";
        return $"{node["action"]} {node["kind"]} {node["node"]}{resources}"
            + (after.Count == 0 ? "" : $", after {string.Join(", ", after)}") + $" [{Digest(node)}]";
    }

    private static JsonArray Take(JsonObject plan, string name)
    {
        var taken = plan[name]!.AsArray();
        plan.Remove(name);
        return taken;
    }

    private static string Digest(JsonNode node) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(node.ToJsonString())))[..8];
}
