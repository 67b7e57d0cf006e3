using System.Text.RegularExpressions;

namespace Paco.Cli.Help;

/// <summary>Text as a manual page holds it: what is a command of the typesetter is none, and what is typed is set in bold.</summary>
internal static partial class RoffText
{
    /// <summary>A text of <c>docs/</c>, with its marks as fonts.</summary>
    public static string Of(string marked) => AtLineStart(Mark().Replace(Escaped(marked), mark =>
        Bold(mark.Groups["code"].Success ? mark.Groups["code"].Value : mark.Groups["bold"].Value)));

    /// <summary>A text in bold, as what is typed is.</summary>
    public static string Typed(string text) => Bold(Escaped(text));

    /// <summary>A text that stands for a value.</summary>
    public static string Placeholder(string text) => $@"\fI{Escaped(text)}\fR";

    /// <summary>A line that is shown as it is.</summary>
    public static string Verbatim(string line) => AtLineStart(Escaped(line));

    /// <summary>A whole line or a word within one; a hyphen is what is typed and no mark of hyphenation.</summary>
    private static string Escaped(string text) => text.Replace(@"\", @"\e", StringComparison.Ordinal)
        .Replace("-", @"\-", StringComparison.Ordinal).Replace("'", @"\(aq", StringComparison.Ordinal)
        .Replace("^", @"\(ha", StringComparison.Ordinal).Replace("~", @"\(ti", StringComparison.Ordinal);

    private static string Bold(string escaped) => $@"\fB{escaped}\fR";

    // A point at the beginning of a line would make a command of it.
    private static string AtLineStart(string text) => text.StartsWith('.') ? $@"\&{text}" : text;

    [GeneratedRegex(@"`(?<code>[^`]+)`|\*\*(?<bold>[^*]+)\*\*")]
    private static partial Regex Mark();
}
