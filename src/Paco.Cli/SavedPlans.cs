using Paco.Cli.Views;
using Paco.Planning;
using Paco.Syntax;

namespace Paco.Cli;

/// <summary>Plans in files: written by <c>plan --out</c>, applied exactly by <c>provision FILE</c>.</summary>
internal static class SavedPlans
{
    public static void Write(string path, Plan plan, Session session, CloudChoice choice)
    {
        try
        {
            using var file = File.Create(path);
            PlanFile.Write(file, plan, TargetOf(session, choice));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandError($"{path} cannot be written: {FileTrouble.Why(e, path)}");
        }
        session.Terminal.ErrorScreen.Line(
            $"Kept in {path}; {session.Terminal.Command} provision {ShellWord.Of(path)}{choice.Flag} does exactly this, or refuses.",
            TextStyle.Dim);
    }

    /// <summary>The plan in a file, or null where the path is no file and so is a scope.</summary>
    public static SavedPlan? Find(string path)
    {
        if (FileStatus.Of(path) is not { Kind: not FileKind.Directory })
            return null;
        return PlanFile.Read(Bytes(path))
            ?? throw new CommandError($"{path} is no plan of this version, or was changed since it was kept",
                "paco plan SCOPE --out FILE makes one");
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            return UserFile.Read(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandError($"{path} cannot be read as a plan: {FileTrouble.Why(e, path)}", "paco plan SCOPE --out FILE makes one");
        }
    }

    /// <summary>Refuses to do a plan in another cloud or in other accounts than it was made for.</summary>
    public static void MustBeFor(SavedPlan saved, Session session, CloudChoice choice)
    {
        if (saved.Target.Differs(TargetOf(session, choice)) is { } difference)
        {
            var there = saved.Target.Cloud.StartsWith("sandbox", StringComparison.Ordinal) && !choice.IsSandbox ? "add --sandbox, or " : "";
            var here = choice.IsSandbox ? " --sandbox" : "";
            throw new CommandError(difference,
                $"nothing was changed; {there}make a plan for here: {session.Terminal.Command} plan {saved.Scope}{here} --out FILE");
        }
    }

    private static PlanTarget TargetOf(Session session, CloudChoice choice) =>
        choice.TargetOf(Planner.AccountsOf(session.Graph, session.Scope));

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
