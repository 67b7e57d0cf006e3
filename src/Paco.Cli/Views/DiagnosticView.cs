using System.Collections.Immutable;
using Paco.Diagnostics;

namespace Paco.Cli.Views;

/// <summary>Mistakes with the lines they are in, grouped by file, and a count.</summary>
internal static class DiagnosticView
{
    public static void Show(Screen screen, ImmutableArray<Diagnostic> diagnostics, int count)
    {
        foreach (var diagnostic in diagnostics)
            ShowOne(screen, diagnostic);
        if (count > diagnostics.Length)
            screen.Line($"… and {count - diagnostics.Length:N0} more");
        if (Counted(diagnostics) is { Length: > 0 } counted)
            screen.Line(counted, diagnostics.Any(d => d.Severity == Severity.Error) ? TextStyle.Red : TextStyle.Yellow);
    }

    /// <summary>How many errors and warnings there are: <c>2 errors, 1 warning</c>; empty where there are none.</summary>
    public static string Counted(ImmutableArray<Diagnostic> diagnostics) => string.Join(", ", new[]
    {
        Plural(diagnostics.Count(d => d.Severity == Severity.Error), "error"),
        Plural(diagnostics.Count(d => d.Severity == Severity.Warning), "warning"),
    }.OfType<string>());

    private static string? Plural(int count, string what) => count == 0 ? null : $"{count:N0} {what}{(count == 1 ? "" : "s")}";

    /// <summary>One with the line it is in.</summary>
    public static void ShowOne(Screen screen, Diagnostic d)
    {
        var (word, style) = d.Severity switch
        {
            Severity.Error => ("error", TextStyle.Red),
            Severity.Warning => ("warning", TextStyle.Yellow),
            _ => ("note", TextStyle.Blue),
        };
        screen.Composed(
            $"{screen.Styled(word, style)} {screen.Styled($"{d.Code.Id}:", TextStyle.Bold)} {screen.Styled(d.Message, TextStyle.Plain)}");
        var trail = string.Join(", ", new[] { d.Subject, d.Related is { } r ? $"{r.Label}: {r.Location}" : null }.OfType<string>());
        if (d.Location.File is null)
            Unplaced(screen, d, trail);
        else
            Frame(screen, d, style, trail);
        screen.Line();
    }

    private static void Unplaced(Screen screen, Diagnostic d, string trail)
    {
        if (d.Hint is not null)
            screen.Line($"  {d.Hint}");
        if (trail.Length > 0)
            screen.Line($"  {trail}", TextStyle.Dim);
    }

    private static void Frame(Screen screen, Diagnostic d, TextStyle style, string trail)
    {
        var number = $"{d.Location.Line}";
        var margin = new string(' ', number.Length + 1);
        var bar = $"{margin}{screen.Styled("│", TextStyle.Dim)} ";
        screen.Composed($"{margin}{screen.Styled("╭─", TextStyle.Dim)} {screen.Styled(d.Location.ToString(), TextStyle.Cyan)}");
        var (line, column, length) = Cut(d.Location, screen.Width - margin.Length - 3);
        if (line is not null)
        {
            screen.Composed(
                $"{screen.Styled(number, TextStyle.Dim)} {screen.Styled("│", TextStyle.Dim)} {screen.Styled(line, TextStyle.Plain)}");
            var marks = new string('^', length);
            var beside = column + marks.Length + 1 + Screen.Clean(d.Hint ?? "").Length <= screen.Width - margin.Length - 2;
            screen.Composed(
                $"{margin}{screen.Styled("│", TextStyle.Dim)} {new string(' ', column)}{screen.Styled(beside ? $"{marks} {d.Hint}".TrimEnd() : marks, style)}");
            if (!beside)
                screen.Composed($"{margin}{screen.Styled("│", TextStyle.Dim)} {screen.Styled(d.Hint!, style)}", bar);
        }
        else if (d.Hint is not null)
        {
            screen.Composed($"{margin}{screen.Styled("│", TextStyle.Dim)} {screen.Styled(d.Hint, style)}", bar);
        }
        if (trail.Length > 0)
            screen.Composed($"{margin}{screen.Styled($"╰─ {trail}", TextStyle.Dim)}", $"{margin}   ");
    }

    // A line wider than the screen is shown from near the mistake on. What is hidden in it takes the columns of its spelling.
    private static (string? Line, int Column, int Length) Cut(Location place, int width)
    {
        if (place.Length == 0 || place.File!.Line(place.Line) is not { } written)
            return (null, 0, 0);
        written = written.Replace('\t', ' ');
        var (start, end) = (Math.Min(place.Column - 1, written.Length), Math.Min(place.Column - 1 + place.Length, written.Length));
        var line = Screen.Clean(written);
        var column = Screen.Clean(written[..start]).Length;
        var from = line.Length <= width || column < width - 20 ? 0 : column - 20;
        var shown = line.Length - from > width ? line[from..(from + width - 1)] + "…" : line[from..];
        column -= from;
        return (shown, column, Math.Max(1, Math.Min(Screen.Clean(written[start..Math.Max(start, end)]).Length, shown.Length - column)));
    }
}
