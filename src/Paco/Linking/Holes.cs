using Paco.Binding;
using Paco.Project;
using Paco.Stacks;

namespace Paco.Linking;

/// <summary>References into what could not be read, or could not be built because part of it could not be read.</summary>
internal static class Holes
{
    /// <summary>True where something is missing at the end of a path because of a mistake that is reported already.</summary>
    public static bool Swallow(BuildContext build, string path)
    {
        if (build.Index.Walk(path).Found is not { } found)
            return false;
        if (found.IsBroken)
            return true;
        for (var end = found.Path.Length; end > 0; end = path.LastIndexOf('.', end - 1))
        {
            if (build.Index.Find(path[..end]) is { HasHoles: true } model && IsBuiltAsOne(model))
                return true;
        }
        return false;
    }

    // Others hold some of these, and are as good as what they hold.
    private static bool IsBuiltAsOne(Model model) =>
        model is AppResource or GlobalResource or Network.Network
            or Resources.Secrets.SecretsManager or RegionalEnvironment { AccountName: null };
}
