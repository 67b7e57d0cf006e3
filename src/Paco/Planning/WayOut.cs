using Paco.Linking;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>The command that brings a node to where the project wants it.</summary>
internal static class WayOut
{
    public static string? To(StackGraph all, NodeId node) => all.Find(node)?.Ref.Parts switch
    {
        null => null,
        ["netenv", var ne, var environment, ..] => $"paco provision netenv.{ne}.{environment}",
        ["resource", "ec2", ..] => "paco provision resource.ec2.keypairs",
        ["resource", var type, ..] => $"paco provision resource.{type}",
        var parts => $"paco provision {parts[0]}",
    };
}
