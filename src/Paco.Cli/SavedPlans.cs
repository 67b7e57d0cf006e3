using Paco.Cli.Views;
using Paco.Planning;

namespace Paco.Cli;

/// <summary>Plans in files: written by <c>plan --out</c>, applied exactly by <c>provision FILE</c>.</summary>
internal static class SavedPlans
{
    public static void Write(string path, Plan plan, Session session, CloudChoice choice)
    {
        try
        {
            using var file = File.Create(path);
            PlanFile.Write(file, plan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandError($"{path} cannot be written: {e.Message}");
        }
        session.Terminal.ErrorScreen.Line(
            $"Kept in {path}; {session.Terminal.Command} provision {path}{choice.Flag} does exactly this, or refuses.",
            TextStyle.Dim);
    }

    /// <summary>The plan in a file, or null where the path is no file and so is a scope.</summary>
    public static SavedPlan? Find(string path)
    {
        if (!File.Exists(path))
            return null;
        return PlanFile.Read(File.ReadAllBytes(path))
            ?? throw new CommandError($"{path} is no plan of this version", "paco plan SCOPE --out FILE makes one");
    }

    public static void MustHold(SavedPlan saved, Plan now)
    {
        if (saved.IsDelete != now.IsDelete)
            throw new CommandError($"the file holds a plan to {(saved.IsDelete ? "delete" : "provision")}");
        if (saved.Moved(now) is { Count: > 0 } moved)
        {
            throw new CommandError(
                $"the plan no longer holds; since it was made, this has moved: {string.Join(", ", moved.Take(10))}{(moved.Count > 10 ? ", …" : "")}",
                    "make and read a new plan; nothing was changed");
        }
    }
}
