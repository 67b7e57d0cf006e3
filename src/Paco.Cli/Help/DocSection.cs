using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Paco.Cli.Help;

/// <summary>A piece of a page of <c>docs/</c>.</summary>
internal abstract record DocBlock
{
    /// <summary>A paragraph, in one line.</summary>
    public sealed record Paragraph(string Text) : DocBlock;

    /// <summary>An item of a list.</summary>
    public sealed record Item(string Text) : DocBlock;

    /// <summary>Lines that are shown as they are.</summary>
    public sealed record Code(ImmutableArray<string> Lines) : DocBlock;

    /// <summary>Rows of cells, and the words above them; empty where nothing is written there.</summary>
    public sealed record Table(string Head, ImmutableArray<ImmutableArray<string>> Rows) : DocBlock;
}

/// <summary>
/// What stands below a heading of a page of <c>docs/</c>, down to the next heading: what people read there and in a terminal is written
/// once. It reads as much of Markdown as these pages use.
/// </summary>
internal static partial class DocSection
{
    /// <param name="file">The page, below the repository: <c>docs/commands.md</c>.</param>
    /// <param name="heading">The words of its heading.</param>
    public static ImmutableArray<DocBlock> Read(string file, string heading)
    {
        var lines = EmbeddedText.Read(file).Split('\n');
        var at = Array.FindIndex(lines, line => line.StartsWith('#') && line.TrimStart('#').Trim() == heading);
        return at >= 0
            ? Blocks([.. lines.Skip(at + 1).TakeWhile((line, i) => !IsHeading(lines, at + 1 + i))])
            : throw new InvalidOperationException($"{file} has no heading \"{heading}\".");
    }

    /// <summary>
    /// A text without its links: where they lead to is no place in a terminal. One that is a remark of its own goes as a whole.
    /// </summary>
    public static string WithoutLinks(string text) => Link().Replace(Remark().Replace(text, ""), "$1");

    // A comment in a block of code begins like a heading.
    private static bool IsHeading(string[] lines, int at) =>
        lines[at].StartsWith('#') && lines.Take(at).Count(line => line.StartsWith("```", StringComparison.Ordinal)) % 2 == 0;

    private static ImmutableArray<DocBlock> Blocks(ReadOnlySpan<string> lines)
    {
        var blocks = ImmutableArray.CreateBuilder<DocBlock>();
        while (lines.Length > 0)
        {
            var count = Length(lines);
            if (lines[0].Length > 0)
                blocks.Add(Block([.. lines[..count]]));
            lines = lines[count..];
        }
        return blocks.DrainToImmutable();
    }

    // How many lines belong to what begins in the first.
    private static int Length(ReadOnlySpan<string> lines)
    {
        var isCode = IsFence(lines[0]);
        var count = 1;
        if (lines[0].Length == 0)
            return count;
        while (count < lines.Length && (isCode ? !IsFence(lines[count - 1]) || count == 1 : Continues(lines[0], lines[count])))
            count++;
        return count;
    }

    private static bool Continues(string first, string next) => next.Length > 0 && !IsFence(next) && !IsItem(next)
        && next.StartsWith('|') == first.StartsWith('|');

    private static DocBlock Block(ImmutableArray<string> lines) => lines[0] switch
    {
        var first when IsFence(first) => new DocBlock.Code([.. lines[1..].Where(line => !IsFence(line))]),
        var first when first.StartsWith('|') => new DocBlock.Table(
            string.Join("  ", Cells(first).Where(cell => cell.Length > 0)),
            [.. lines.Skip(1).Where(line => !Rule().IsMatch(line)).Select(Cells)]),
        var first when IsItem(first) => new DocBlock.Item(Joined(lines)[2..]),
        _ => new DocBlock.Paragraph(Joined(lines)),
    };

    private static string Joined(ImmutableArray<string> lines) => WithoutLinks(string.Join(' ', lines.Select(line => line.Trim())));

    private static ImmutableArray<string> Cells(string row) =>
        [.. Bar().Split(row.Trim().Trim('|')).Select(cell => WithoutLinks(cell.Replace("\\|", "|", StringComparison.Ordinal).Trim()))];

    private static bool IsFence(string line) => line.StartsWith("```", StringComparison.Ordinal);

    private static bool IsItem(string line) => line.StartsWith("* ", StringComparison.Ordinal);

    [GeneratedRegex(@"^\|[-| :]+\|$")]
    private static partial Regex Rule();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Bar();

    [GeneratedRegex(@"\[([^\]]+)\]\([^)]+\)")]
    private static partial Regex Link();

    [GeneratedRegex(@" \(\[[^\]]+\]\([^)]+\)\)")]
    private static partial Regex Remark();
}
