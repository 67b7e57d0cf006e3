using Paco.Clouds;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>The command that brings a node to where the project wants it.</summary>
internal static class Remedy
{
    public static string? To(StackGraph all, NodeId node) => all.Find(node)?.Ref.Parts switch
    {
        null => null,
        ["netenv", var ne, var environment, ..] => Provision($"netenv.{ne}.{environment}"),
        ["resource", "ec2", ..] => Provision("resource.ec2.keypairs"),
        ["resource", var type, ..] => Provision($"resource.{type}"),
        var parts => Provision(parts[0]),
    };

    /// <summary>
    /// The same for a deployed stack, also of an environment that was not read; null for one that nothing makes any more.
    /// </summary>
    public static string? To(StackGraph all, NodeId node, DeployedStack deployed) =>
        To(all, node)
        ?? (UnreadStacks.EnvironmentOf(deployed, all) is { } path
            ? Provision(path.Environment is null ? path.Below("ENVIRONMENT") : path)
            : null);

    private static string Provision(string scope) => $"paco provision {scope}";
}
