namespace Paco.Diagnostics;

/// <summary>A file a mistake can point into: its path as shown (relative to the project) and its text.</summary>
public sealed class SourceFile(string path, string text)
{
    // Where a YAML reader counts a new line; editors agree on the first three.
    private static readonly string[] Breaks = ["\r\n", "\n", "\r", "\u0085", "\u2028", "\u2029"];

    private readonly HashSet<int> _hidden = [];
    private string[]? _lines;

    /// <summary>Relative to the project's directory, with forward slashes.</summary>
    public string Path { get; } = path;

    public string Text { get; } = text;

    private string[] Lines => _lines ??= Text.Split(Breaks, StringSplitOptions.None);

    /// <summary>Lines that hold a secret are never shown, wherever a mistake points; nor are those that look so.</summary>
    public void Hide(int line) => _hidden.Add(line);

    /// <summary>True for a line that is not shown: nor is what stands in it to be quoted.</summary>
    public bool Hides(int line) =>
        _hidden.Contains(line) || (line >= 1 && line <= Lines.Length && SecretLines.Hold(Lines, line - 1));

    /// <summary>Line <paramref name="number"/> (from 1) without its end, or null past the end.</summary>
    public string? Line(int number) =>
        number < 1 || number > Lines.Length ? null
        : Hides(number) ? "(a line with a secret)"
        : Lines[number - 1];

    /// <summary>The place at a line and column, or the nearest there is: readers give up behind the end of a text.</summary>
    public Location Nearest(long line, long column)
    {
        var at = (int)Math.Clamp(line, 1, Lines.Length);
        return new Location(this, at, at < line ? Lines[at - 1].Length + 1 : (int)Math.Clamp(column, 1, Lines[at - 1].Length + 1));
    }
}

/// <summary>Where something is written: file, line and column (both from 1), and how many columns it covers.</summary>
public readonly record struct Location(SourceFile? File, int Line, int Column, int Length = 1)
{
    /// <summary>A mistake without a place in a file: a missing directory, a wrong scope on the command line.</summary>
    public static readonly Location None;

    /// <summary>A whole file, where no line is to blame.</summary>
    public static Location Of(SourceFile file) => new(file, 1, 1, 0);

    public bool IsNone => File is null;

    public override string ToString() => File is null ? "" : $"{File.Path}:{Line}:{Column}";
}
