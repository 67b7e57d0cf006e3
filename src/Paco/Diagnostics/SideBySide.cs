namespace Paco.Diagnostics;

/// <summary>
/// Does pieces of one work on as many cores as there are. What they find is told in the order of the pieces, so that nobody can see from
/// it how many there were.
/// </summary>
internal static class SideBySide
{
    /// <summary>Returns when all pieces are done.</summary>
    /// <param name="pieces">Each writes into the bag it is given and nowhere else.</param>
    public static void Run(IReadOnlyList<Action<DiagnosticBag>> pieces, DiagnosticBag bag)
    {
        var found = pieces.Select(_ => new DiagnosticBag()).ToArray();
        Parallel.For(0, pieces.Count, i => pieces[i](found[i]));
        foreach (var each in found)
            bag.Add(each);
    }
}
