using System.Globalization;
using System.Text;

namespace Paco.Cli.Views;

/// <summary>
/// Characters that nobody sees and that change what is seen: ends of lines, control sequences, marks that turn the direction of what
/// follows. Foreign text may hold them; whoever reads it sees that they are there instead of what they do.
/// </summary>
internal static class HiddenCharacters
{
    /// <summary>The text with each of them spelt out: <c>\n</c>, <c>\u202e</c>. It is one line, and reads as it is written.</summary>
    public static string Spelt(string text) => Replaced(text, "", rune => rune.Value switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        var value => value > char.MaxValue ? $"\\u{{{value:x}}}" : $"\\u{value:x4}",
    });

    /// <summary>A JSON text whose strings hold them escaped only. The ends of lines it is laid out with stay.</summary>
    public static string EscapedInJson(string json) =>
        Replaced(json, "\n", rune => string.Concat(rune.ToString().Select(c => $"\\u{(int)c:x4}")));

    private static string Replaced(string text, string kept, Func<Rune, string> spell)
    {
        StringBuilder? written = null;
        var from = 0;
        for (var at = 0; at < text.Length; at++)
        {
            // Nearly all text is passed by here, and a plan may be of many megabytes.
            if (text[at] is >= ' ' and <= '~' || !Rune.TryGetRuneAt(text, at, out var rune) || !IsHidden(rune) || kept.Contains(text[at]))
                continue;
            (written ??= new StringBuilder(text.Length + 16)).Append(text, from, at - from).Append(spell(rune));
            at += rune.Utf16SequenceLength - 1;
            from = at + 1;
        }
        return written is null ? text : written.Append(text, from, text.Length - from).ToString();
    }

    // Joiners shape letters of some scripts, and pictures of people; they turn nothing.
    private static bool IsHidden(Rune rune) => rune.Value is not ('\u200C' or '\u200D')
        && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
}
