using System.Text;

namespace Paco.Architecture.Tests;

/// <summary>What uses what, drawn: from a folder to those it uses, without the arrows that follow from others.</summary>
internal static class FloorGraph
{
    public static string Draw(IReadOnlyList<string> order, IReadOnlyCollection<(string From, string To)> edges)
    {
        var drawing = new StringBuilder("```mermaid\ngraph TD\n");
        foreach (var entry in order.Reverse())
        {
            foreach (var to in order.Reverse().Where(to => edges.Contains((entry, to)) && !Reaches(edges, entry, to)))
                drawing.Append($"  {Node(entry)} --> {Node(to)}\n");
        }
        return drawing.Append("```\n").ToString();
    }

    /// <summary>Whether there is a way that is longer than the arrow.</summary>
    private static bool Reaches(IReadOnlyCollection<(string From, string To)> edges, string from, string to) =>
        edges.Any(e => e.From == from && e.To != to && (edges.Contains((e.To, to)) || Reaches(edges, e.To, to)));

    private static string Node(string entry) => entry switch
    {
        "" => "Toolkit",
        _ when entry.EndsWith("/*", StringComparison.Ordinal) => $"{entry[..^2]}Rooms[\"{entry}\"]",
        _ when entry.Contains('/', StringComparison.Ordinal) => $"{entry.Replace("/", "", StringComparison.Ordinal)}[\"{entry}\"]",
        _ => entry,
    };
}
