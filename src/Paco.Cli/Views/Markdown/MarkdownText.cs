using System.Text;

namespace Paco.Cli.Views.Markdown;

/// <summary>
/// Foreign text in Markdown as GitHub reads it: names, values and sentences of a project may hold anything, and none of it starts a line, a
/// tag, a link or a mention. Source of what is special: GitHub Flavored Markdown, 2.4 and 6; mentions and references are told by a blank of
/// no width, as bots on GitHub do.
/// </summary>
internal static class MarkdownText
{
    private const string Special = "\\`*_{}[]()!|~:.-+=";
    private const string NoWidth = "&#8203;";

    /// <summary>A sentence, in one line.</summary>
    public static string Sentence(string text)
    {
        var written = new StringBuilder(text.Length + 16);
        foreach (var c in HiddenCharacters.Spelt(text))
        {
            _ = c switch
            {
                '<' => written.Append("&lt;"),
                '>' => written.Append("&gt;"),
                '&' => written.Append("&amp;"),
                '@' or '#' => written.Append(c).Append(NoWidth),
                // Two of them are a formula.
                '$' => written.Append("<span>$</span>"),
                _ when Special.Contains(c, StringComparison.Ordinal) => written.Append('\\').Append(c),
                _ => written.Append(c),
            };
        }
        return written.ToString();
    }

    /// <summary>A name or a value, as code in a line of Markdown.</summary>
    public static string Code(string text)
    {
        text = HiddenCharacters.Spelt(text);
        var fence = new string('`', LongestRun(text) + 1);
        // Blanks that stand on both sides are taken away.
        var blank = text.Length == 0 || text[0] is '`' or ' ' || text[^1] is '`' or ' ' ? " " : "";
        return $"{fence}{blank}{text}{blank}{fence}";
    }

    /// <summary>The same within HTML, where no Markdown is read.</summary>
    public static string HtmlCode(string text) => $"<code>{HiddenCharacters.Spelt(text).Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)}</code>";

    /// <summary>Lines that are shown as they are, whatever stands in them.</summary>
    /// <param name="language">How they are coloured: <c>diff</c>.</param>
    public static string Block(string lines, string language)
    {
        var fence = new string('`', Math.Max(3, LongestRun(lines) + 1));
        return $"{fence}{language}\n{lines}\n{fence}\n";
    }

    /// <summary>What a view shows people, without colours, less the blanks all its lines begin with.</summary>
    public static string Shown(Action<Screen> show)
    {
        using var output = new StringWriter { NewLine = "\n" };
        show(new Screen(output, hasColour: false, () => (Columns, Lines), canRedraw: false));
        var lines = output.ToString().TrimEnd('\n').Split('\n');
        var inset = lines.Where(l => l.Length > 0).Select(l => l.Length - l.TrimStart(' ').Length).DefaultIfEmpty(0).Min();
        return string.Join('\n', lines.Select(l => l.Length > inset ? l[inset..].TrimEnd() : ""));
    }

    /// <summary>A comment that a page is found by. Nothing ends it before its end.</summary>
    public static string Marker(string scope) =>
        $"<!-- paco-plan: {string.Concat(scope.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' ? c : c == '-' ? '-' : '?'))
            .Replace("--", "-?", StringComparison.Ordinal)} -->\n";

    // What a page is wide on GitHub, and enough that nothing is cut that a person wants to read.
    private const int Columns = 160;
    private const int Lines = 50;

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var c in text)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }
        return longest;
    }
}
