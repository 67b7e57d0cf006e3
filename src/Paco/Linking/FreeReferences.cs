using Paco.Binding;
using Paco.Stacks;
using Paco.Syntax;

namespace Paco.Linking;

/// <summary>References in what is read and not built: as much of each is checked as can be known.</summary>
internal static class FreeReferences
{
    private static readonly ObjectPath Resources = "resource";

    /// <summary>True where a reference may be right: it names an object, or something that object may come to offer.</summary>
    public static bool MayLeadSomewhere(BuildContext build, Ref reference)
    {
        if (reference.Path.First is "function" or "service" || build.Offers.Find(reference.Path) is not null)
            return true;
        var (found, rest) = build.Index.Walk(reference.Path);
        if (found is not null && rest == ObjectPath.Root)
            return true;
        var reached = build.Index.Reached(reference.Path);
        return found is null
            ? reference.Path.First == Resources && reached.Covers(Resources)
            : reached == found.Path && MayOffer(build, found, rest);
    }

    // What is in a resource, or is not built yet, may come to offer anything; what else offers something may offer one word more.
    private static bool MayOffer(BuildContext build, Model model, ObjectPath output) =>
        model.Path.AndAbove.Any(path => build.Index.Find(path) is AppResource or { Knowledge: Knowledge.NotBuiltYet })
        || (output == output.First && build.Offers.Paths.Any(path => model.Path.Covers(path) && path != model.Path));
}
