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
        var words = Columns(line) <= width ? [] : Words(line);
        if (words.Count == 0)
            return [line];
        hang ??= Hang(line, width);
        var lines = new List<string>();
        var start = line[..words[0].Begin];
        for (var at = 0; at < words.Count;)
        {
            var next = Next(words, at, width - Columns(start), width - Columns(hang));
            var gap = line[words[next - 1].End..(next < words.Count ? words[next].Begin : line.Length)];
            lines.Add(start + line[words[at].Begin..words[next - 1].End] + gap.Replace(" ", "", StringComparison.Ordinal));
            at = next;
            start = at < words.Count && Columns(hang) + words[at].Columns <= width ? hang : "";
        }
        return lines;
    }

    // A little further in than the line itself.
    private static string Hang(string line, int width) =>
        new(' ', Math.Min(line.TakeWhile(c => c == ' ').Count() + 2, width / 2));

    // The word that the next line begins with. What stands in a column of its own goes there as a whole, where there is room for it.
    private static int Next(List<Word> words, int at, int room, int roomBelow)
    {
        var next = at + 1;
        while (next < words.Count && words[at].Rest - words[next].Rest + words[next].Columns <= room)
            next++;
        if (next == words.Count)
            return next;
        for (var column = next; column > at; column--)
        {
            if (words[column].Blanks > 1 && words[column].Rest <= roomBelow)
                return column;
        }
        return next;
    }

    // Colours that begin or end among blanks are no words, and belong to what is before the break.
    private static List<Word> Words(string line)
    {
        var words = new List<Word>();
        var end = 0;
        for (var begin = Visible(line, 0); begin < line.Length; begin = Visible(line, end))
        {
            var blanks = line[end..begin].Count(c => c == ' ');
            end = line.IndexOf(' ', begin) is >= 0 and var blank ? blank : line.Length;
            words.Add(new Word(begin, end, blanks, Columns(line[begin..end]), 0));
        }
        var rest = 0;
        for (var i = words.Count - 1; i >= 0; i--)
        {
            words[i] = words[i] with { Rest = rest + words[i].Columns };
            rest = words[i].Rest + words[i].Blanks;
        }
        return words;
    }

    private static int Visible(string line, int from)
    {
        while (from < line.Length && line[from] is ' ' or Escape)
            from = line[from] == ' ' ? from + 1 : AfterColour(line, from);
        return from;
    }

    private static int AfterColour(string line, int at) => line.IndexOf('m', at) is > 0 and var end ? end + 1 : line.Length;

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

    /// <summary>A word of a line, with the blanks before it.</summary>
    /// <param name="Rest">Columns from its beginning to the end of the last word.</param>
    private sealed record Word(int Begin, int End, int Blanks, int Columns, int Rest);
}
