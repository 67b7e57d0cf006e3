using System.Text;
using System.Text.RegularExpressions;

namespace Paco.Cli.Views;

internal enum TextStyle
{
    Plain,
    Bold,
    Dim,
    Red,
    Green,
    Yellow,
    Blue,
    Cyan,
}

/// <summary>
/// Where people read: text with colours where the terminal has them and NO_COLOR is not set. Text of others (AWS's answers,
/// file contents) is cleaned on its way: it stays within its line and reads as it is written.
/// </summary>
/// <param name="size">Columns and lines there are now: windows change.</param>
/// <param name="canRedraw">A person looks at it as it is written, and what is written can be written over.</param>
internal sealed partial class Screen(TextWriter output, bool hasColour, Func<(int Width, int Height)> size, bool canRedraw)
{
    /// <summary>Columns to write in.</summary>
    public int Width => size().Width;

    /// <summary>Lines that are seen at once.</summary>
    public int Height => size().Height;

    public bool CanRedraw { get; } = canRedraw;

    public bool HasColour { get; } = hasColour;

    public void Line() => output.WriteLine();

    public void Line(string text, TextStyle style = TextStyle.Plain) => Composed(Styled(text, style));

    public void Write(string text, TextStyle style = TextStyle.Plain) => output.Write(Styled(text, style));

    /// <summary>Text in a colour, for lines put together from several parts. The text is cleaned.</summary>
    public string Styled(string text, TextStyle style)
    {
        text = Clean(text);
        return !HasColour || style == TextStyle.Plain ? text : $"\u001b[{Code(style)}m{text}\u001b[0m";
    }

    /// <summary>A line whose parts are coloured already. Where a person looks at it, it is broken at words.</summary>
    /// <param name="hang">What the lines after the first begin with; a little more than the line itself where nothing is said.</param>
    public void Composed(string text, string? hang = null)
    {
        text = Between(text);
        foreach (var part in CanRedraw ? Wrapping.Of(text, Width, hang) : [text])
            output.WriteLine(part);
    }

    /// <summary>A text of several lines that is shown as it is, such as a key to be copied.</summary>
    public void Lines(string text)
    {
        foreach (var line in text.Split('\n'))
            output.WriteLine(Clean(line.TrimEnd('\r')));
    }

    /// <summary>Control sequences as they are, on terminals only: for redrawing.</summary>
    public void Control(string sequence)
    {
        if (CanRedraw)
            output.Write(sequence);
    }

    public void Flush() => output.Flush();

    /// <summary>Foreign text as it may be shown: it starts no line, moves no cursor, turns no direction.</summary>
    public static string Clean(string text) => HiddenCharacters.Spelt(text);

    // Not every part of a line comes by way of Styled: what stands between our own colours is cleaned here.
    private string Between(string line)
    {
        if (!HasColour)
            return Clean(line);
        var (clean, from) = (new StringBuilder(line.Length), 0);
        foreach (var colour in Colours().EnumerateMatches(line))
        {
            clean.Append(Clean(line[from..colour.Index])).Append(line, colour.Index, colour.Length);
            from = colour.Index + colour.Length;
        }
        return clean.Append(Clean(line[from..])).ToString();
    }

    // What Styled writes, and nothing else that a terminal obeys.
    [GeneratedRegex(@"\u001b\[(?:[0-2]|3[1-6])m")]
    private static partial Regex Colours();

    private static string Code(TextStyle style) => style switch
    {
        TextStyle.Bold => "1",
        TextStyle.Dim => "2",
        TextStyle.Red => "31",
        TextStyle.Green => "32",
        TextStyle.Yellow => "33",
        TextStyle.Blue => "34",
        TextStyle.Cyan => "36",
        _ => "0",
    };
}
