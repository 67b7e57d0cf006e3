using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Paco.Cli.Views;
using Paco.Cli.Views.Live;

namespace Paco.Cli.Help;

/// <summary>A topic on a terminal, or in a file that is as wide as one.</summary>
internal sealed partial class TopicView(Screen screen)
{
    private const int InFiles = 80;
    private const int Widest = 100;

    // Of a row that is told in one line, for all but its last cell.
    private const int Side = 30;

    private int Width => screen.CanRedraw ? Math.Min(screen.Width, Widest) : InFiles;

    public void Show(HelpTopic topic)
    {
        screen.Line($"{topic.Name}: {topic.Summary}", TextStyle.Bold);
        DocBlock? above = null;
        foreach (var block in topic.Blocks)
        {
            if (above is not DocBlock.Item || block is not DocBlock.Item)
                screen.Line();
            Show(block);
            above = block;
        }
    }

    private void Show(DocBlock block)
    {
        switch (block)
        {
            case DocBlock.Paragraph paragraph:
                Text("", paragraph.Text, "");
                break;
            case DocBlock.Item item:
                Text("* ", item.Text, "  ");
                break;
            case DocBlock.Code code:
                screen.Lines(string.Join('\n', code.Lines.Select(line => $"  {line}")));
                break;
            case DocBlock.Table table:
                if (table.Head.Length > 0)
                    screen.Line($"  {Plain(table.Head)}", TextStyle.Bold);
                Table(table.Rows);
                break;
        }
    }

    // All cells but the last are columns; what is too wide for that has a line of its own, and the rest stands below it.
    private void Table(ImmutableArray<ImmutableArray<string>> rows)
    {
        int[] widths = [.. Enumerable.Range(0, rows.Max(r => r.Length) - 1).Select(i => rows.Max(r => Columns.Of(Plain(r[i]))))];
        var side = widths.Sum() + (2 * widths.Length);
        foreach (var row in rows)
        {
            var first = string.Concat(row[..^1].Select((cell, i) => Padded(cell, widths[i])));
            if (side <= Side)
            {
                Text($"  {first}", row[^1], new string(' ', side + 2));
                continue;
            }
            Text("  ", first.TrimEnd(), "    ");
            Text("      ", row[^1], "      ");
        }
    }

    private static string Padded(string cell, int width) => cell + new string(' ', Math.Max(0, width - Columns.Of(Plain(cell))) + 2);

    private void Text(string begin, string text, string hang)
    {
        foreach (var line in Wrapping.Of(Styled(begin + text), Width, hang))
            screen.Composed(line);
    }

    private string Styled(string text) => Mark().Replace(text, mark => mark.Groups["code"].Success
        ? screen.Styled(mark.Groups["code"].Value, TextStyle.Cyan)
        : screen.Styled(mark.Groups["bold"].Value, TextStyle.Bold));

    private static string Plain(string text) => Mark().Replace(text, "${code}${bold}");

    [GeneratedRegex(@"`(?<code>[^`]+)`|\*\*(?<bold>[^*]+)\*\*")]
    private static partial Regex Mark();
}
