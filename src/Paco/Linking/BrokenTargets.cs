using Paco.Binding;
using Paco.Project;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Linking;

/// <summary>References into what could not be read, or could not be built because part of it could not be read.</summary>
internal static class BrokenTargets
{
    /// <summary>True where something is missing at the end of a path because of a mistake that is reported already.</summary>
    public static bool Swallow(BuildContext build, ObjectPath path) => build.Index.Walk(path).Found is { } found
        && (found.IsBroken || found.Path.AndAbove.Any(p => build.Index.Find(p) is { IsWhole: false } model && IsBuiltAsOne(model)));

    // Others hold some of these, and are as good as what they hold.
    private static bool IsBuiltAsOne(Model model) =>
        model is AppResource or GlobalResource or Network.Network
            or Resources.Secrets.SecretsManager or RegionalEnvironment { AccountName: null };
}
