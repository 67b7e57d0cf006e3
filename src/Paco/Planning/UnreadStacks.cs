using Paco.Clouds;
using Paco.Linking;
using Paco.Stacks;

namespace Paco.Planning;

/// <summary>Deployed stacks of environments that this run has not read: nothing is known of them but what they say themselves.</summary>
internal static class UnreadStacks
{
    /// <summary>
    /// The environment (<c>netenv.mynet.dev</c>) or network environment that was not read and that a stack belongs to, or may; null
    /// for every other stack. Record sets carry no tags of their environment: of them the beginning of the name decides.
    /// </summary>
    public static string? EnvironmentOf(DeployedStack stack, StackGraph all)
    {
        if (all.Objects is not { Unread.Count: > 0 } objects)
            return null;
        if (stack.Tags.TryGetValue("paco.env.name", out var environment) && stack.Tags.TryGetValue("paco.netenv.name", out var netenv))
            return $"netenv.{netenv}.{environment}" is var path && objects.IsUnread(path) ? path : null;
        return objects.Unread.FirstOrDefault(path => stack.StackName.StartsWith(PrefixOf(path), StringComparison.Ordinal));
    }

    private static string PrefixOf(string path) => $"{Names.Stack(["NE", .. path.Split('.')[1..]])}-";
}
