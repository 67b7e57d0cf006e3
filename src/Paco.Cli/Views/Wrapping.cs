using System.Text;

namespace Paco.Cli.Views;

/// <summary>
/// Breaks lines that are wider than their screen: at blanks, rather between columns than within one. A word stays whole; one that
/// fits on no line (an address, the name of a file) has a line of its own, so that it can be copied.
/// </summary>
internal static class Wrapping
{
    private const char Escape = '\u001b';

    /// <summary>The lines of a line. What follows the first begins with <paramref name="hang"/>.</summary>
    /// <param name="line">Without line ends; its colours are left as they are.</param>
    public static List<string> Of(string line, int width, string? hang = null)
    {
        var lines = new List<string>();
        hang ??= Hang(line, width);
        while (Break(line, width, hang) is { } gap)
        {
            lines.Add(line[..gap.End] + line[gap.End..gap.Next].Replace(" ", "", StringComparison.Ordinal));
            line = line[gap.Next..];
            if (Columns(hang + line[..WordEnd(line, 0)]) <= width)
                line = hang + line;
        }
        lines.Add(line);
        return lines;
    }

    // A little further in than the line itself.
    private static string Hang(string line, int width) =>
        new(' ', Math.Min(line.TakeWhile(c => c == ' ').Count() + 2, width / 2));

    // Where the line ends and where the next begins; null where it fits, or is one word.
    private static Gap? Break(string line, int width, string hang)
    {
        if (Columns(line) <= width)
            return null;
        var gaps = Gaps(line);
        var fitting = gaps.Where(gap => Columns(line[..gap.End]) <= width).ToList();
        if (fitting.Count == 0)
            return gaps.Count == 0 ? null : gaps[0];
        // What stands in a column of its own goes to the next line as a whole, where that has room for it.
        return fitting.LastOrDefault(gap => gap.Blanks > 1 && Columns(hang + line[gap.Next..]) <= width) ?? fitting[^1];
    }

    // The blanks between words and the colours that begin or end among them, without those the line begins or ends with.
    private static List<Gap> Gaps(string line)
    {
        var gaps = new List<Gap>();
        for (var i = WordEnd(line, Visible(line, 0)); i < line.Length;)
        {
            var next = Visible(line, i);
            if (next < line.Length)
                gaps.Add(new Gap(i, next, line[i..next].Count(c => c == ' ')));
            i = WordEnd(line, next);
        }
        return gaps;
    }

    private static int Visible(string line, int from)
    {
        while (from < line.Length && line[from] is ' ' or Escape)
            from = line[from] == ' ' ? from + 1 : AfterColour(line, from);
        return from;
    }

    private static int AfterColour(string line, int at) => line.IndexOf('m', at) is > 0 and var end ? end + 1 : line.Length;

    private static int WordEnd(string line, int from)
    {
        var end = line.IndexOf(' ', from);
        return end < 0 ? line.Length : end;
    }

    private static int Columns(string text) => Live.Columns.Of(text.Contains(Escape, StringComparison.Ordinal) ? Plain(text) : text);

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == Escape)
                i = AfterColour(text, i) - 1;
            else
                plain.Append(text[i]);
        }
        return plain.ToString();
    }

    /// <param name="End">Where the words before it end.</param>
    /// <param name="Next">Where those after it begin.</param>
    private sealed record Gap(int End, int Next, int Blanks);
}
