using System.Globalization;
using System.Text;

namespace Paco.Cli.Views.Live;

/// <summary>One line of a screen in parts of different colours; measured and cut in columns.</summary>
internal sealed class Row
{
    private readonly List<(string Text, TextStyle Style)> _parts = [];

    public int Columns => _parts.Sum(p => Live.Columns.Of(p.Text));

    public Row Add(string text, TextStyle style = TextStyle.Plain)
    {
        _parts.Add((Live.Columns.OneLine(text), style));
        return this;
    }

    /// <summary>Adds what does not have to be there, if it fits.</summary>
    public Row AddIfFits(int width, string text, TextStyle style = TextStyle.Plain) =>
        Columns + Live.Columns.Of(text) <= width ? Add(text, style) : this;

    /// <summary>The line as it is written, cut to a width; what is cut off shows as an ellipsis.</summary>
    public string Written(Screen screen, int width)
    {
        var line = new StringBuilder();
        var (left, isCut) = (width, Columns > width);
        foreach (var (text, style) in _parts)
        {
            var part = isCut && Live.Columns.Of(text) >= left ? Live.Columns.Cut(text, left) : text;
            line.Append(screen.Styled(part, style));
            left -= Live.Columns.Of(part);
            if (part.Length != text.Length || left <= 0)
                break;
        }
        return line.ToString().TrimEnd();
    }
}

/// <summary>How wide text is on a terminal: in columns, which are neither characters nor bytes.</summary>
internal static class Columns
{
    public static int Of(string text) => text.EnumerateRunes().Sum(Of);

    /// <summary>The beginning of a text, with an ellipsis where it does not fit.</summary>
    public static string Cut(string text, int width)
    {
        if (Of(text) <= width)
            return text;
        return width <= 0 ? "" : Taken(text.EnumerateRunes(), width - 1) + "…";
    }

    /// <summary>The end of a text, with an ellipsis before it: of paths the end tells more.</summary>
    public static string CutFront(string text, int width)
    {
        if (Of(text) <= width)
            return text;
        var runes = text.EnumerateRunes().ToList();
        var (from, left) = (runes.Count, width - 1);
        while (from > 0 && (left -= Of(runes[from - 1])) >= 0)
            from--;
        return width <= 0 ? "" : "…" + string.Concat(runes[from..]);
    }

    public static string Pad(string text, int width) => text + new string(' ', Math.Max(0, width - Of(text)));

    /// <summary>Foreign text on one line: as it may be shown; only then can it be measured.</summary>
    public static string OneLine(string text) => Screen.Clean(text);

    private static string Taken(IEnumerable<Rune> runes, int width) => string.Concat(runes.TakeWhile(r => (width -= Of(r)) >= 0));

    private static int Of(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => 0,
        _ => IsWide(rune.Value) ? 2 : 1,
    };

    // East Asian scripts and pictures take two columns.
    private static bool IsWide(int c) => c is
        (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or
        (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF)
            or (>= 0x20000 and <= 0x3FFFD);
}
