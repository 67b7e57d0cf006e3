using Paco.Clouds;
using Paco.Linking;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Planning;

/// <summary>Deployed stacks of environments that this run has not read: nothing is known of them but what they say themselves.</summary>
internal static class UnreadStacks
{
    /// <summary>
    /// The environment (<c>netenv.mynet.dev</c>) or network environment that was not read and that a stack belongs to, or may; null
    /// for every other stack. Record sets carry no tags of their environment: of them the beginning of the name decides.
    /// </summary>
    public static ObjectPath? EnvironmentOf(DeployedStack stack, StackGraph all)
    {
        if (all.Objects is not { Unread.Count: > 0 } objects)
            return null;
        if (stack.Tags.TryGetValue("paco.env.name", out var environment) && stack.Tags.TryGetValue("paco.netenv.name", out var netenv))
        {
            return objects.IsUnread($"netenv.{netenv}.{environment}")
                ? new ObjectPath($"netenv.{netenv}.{environment}")
                : default(ObjectPath?);
        }
        return objects.Unread.Select(path => (ObjectPath?)path)
            .FirstOrDefault(path => stack.StackName.StartsWith(PrefixOf(path!.Value), StringComparison.Ordinal));
    }

    private static string PrefixOf(ObjectPath path) => $"{Names.Stack(["NE", .. path.Parts[1..]])}-";
}
