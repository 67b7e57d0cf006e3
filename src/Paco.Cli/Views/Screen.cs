using System.Text;

namespace Paco.Cli.Views;

internal enum Ink
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
/// file contents) is cleaned of control characters on its way.
/// </summary>
internal sealed class Screen(TextWriter output, bool hasColour, int width, bool isTerminal)
{
    /// <summary>Columns to write in, 80 where nobody says.</summary>
    public int Width { get; } = width;

    /// <summary>A person looks at it as it is written.</summary>
    public bool IsTerminal { get; } = isTerminal;

    public bool HasColour { get; } = hasColour;

    public void Line() => output.WriteLine();

    public void Line(string text, Ink ink = Ink.Plain) => output.WriteLine(Inked(text, ink));

    public void Write(string text, Ink ink = Ink.Plain) => output.Write(Inked(text, ink));

    /// <summary>Text in a colour, for lines put together from several parts. The text is cleaned.</summary>
    public string Inked(string text, Ink ink)
    {
        text = Clean(text);
        return !HasColour || ink == Ink.Plain ? text : $"\u001b[{Code(ink)}m{text}\u001b[0m";
    }

    /// <summary>A line whose parts are coloured already.</summary>
    public void Composed(string text) => output.WriteLine(text);

    /// <summary>Control sequences as they are, on terminals only: for redrawing.</summary>
    public void Control(string sequence)
    {
        if (IsTerminal)
            output.Write(sequence);
    }

    public void Flush() => output.Flush();

    /// <summary>No control characters but the end of a line: foreign text must not move the cursor or change a title.</summary>
    public static string Clean(string text)
    {
        if (!text.Any(c => char.IsControl(c) && c is not ('\n' or '\t')))
            return text;
        var clean = new StringBuilder(text.Length);
        foreach (var c in text)
            clean.Append(char.IsControl(c) && c is not ('\n' or '\t') ? '\uFFFD' : c);
        return clean.ToString();
    }

    private static string Code(Ink ink) => ink switch
    {
        Ink.Bold => "1",
        Ink.Dim => "2",
        Ink.Red => "31",
        Ink.Green => "32",
        Ink.Yellow => "33",
        Ink.Blue => "34",
        Ink.Cyan => "36",
        _ => "0",
    };
}
