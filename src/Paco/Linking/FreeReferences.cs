using Paco.Binding;
using Paco.Stacks;

namespace Paco.Linking;

/// <summary>References in what is read and not built: as much of each is checked as can be known.</summary>
internal static class FreeReferences
{
    /// <summary>True where a reference may be right: it names an object, or something that object may come to offer.</summary>
    public static bool MayLeadSomewhere(BuildContext build, Ref reference)
    {
        if (reference.Root is "function" or "service" || build.Offers.Find(reference.Path) is not null)
            return true;
        var (found, rest) = build.Index.Walk(reference.Path);
        if (found is null)
            return reference.Root == "resource" && build.Index.Reached(reference.Path).Length <= "resource".Length;
        return rest.Length == 0 || (build.Index.Reached(reference.Path) == found.Path && MayOffer(build, found, rest));
    }

    // What is in a resource may come to offer anything; what else offers something may offer one word more.
    private static bool MayOffer(BuildContext build, Model model, string output) =>
        IsInResource(build, model)
        || (!output.Contains('.', StringComparison.Ordinal)
            && build.Offers.Paths.Any(path => path.StartsWith(model.Path + ".", StringComparison.Ordinal)));

    private static bool IsInResource(BuildContext build, Model model)
    {
        for (var end = model.Path.Length; end > 0; end = model.Path.LastIndexOf('.', end - 1))
        {
            if (build.Index.Find(model.Path[..end]) is AppResource)
                return true;
        }
        return false;
    }
}
