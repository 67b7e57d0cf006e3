using System.Text.RegularExpressions;

namespace Paco.Syntax;

/// <summary>A key and the lines that belong to it, by their indentation alone; the first and the last line, from 1.</summary>
internal readonly record struct YamlBlock(int Key, int End)
{
    public int Length => End - Key;
}

/// <summary>A text as lines: where blocks begin and end can be told without understanding what is in them.</summary>
internal sealed partial class YamlLines
{
    private readonly List<(int Start, string Text)> _lines = [];

    public YamlLines(string text)
    {
        var start = 0;
        foreach (Match end in Ends().Matches(text))
        {
            _lines.Add((start, text[start..end.Index]));
            start = end.Index + end.Length;
        }
        _lines.Add((start, text[start..]));
    }

    /// <summary>The smallest block that holds a line, or null where none does.</summary>
    public YamlBlock? BlockAt(int line) =>
        line < 1 || line > _lines.Count ? null : Key().IsMatch(_lines[line - 1].Text) ? Block(line) : Above(line);

    /// <summary>The block around one, or null where that is the whole text.</summary>
    public YamlBlock? Around(YamlBlock block) => Above(block.Key);

    /// <summary>The text of the same length with nothing but blanks behind the block's key.</summary>
    public string Blank(string text, YamlBlock block)
    {
        var letters = text.ToCharArray();
        var key = _lines[block.Key - 1];
        Blank(letters, key.Start + Key().Match(key.Text).Length, key.Start + key.Text.Length);
        foreach (var (start, line) in _lines[block.Key..block.End])
            Blank(letters, start, start + line.Length);
        return new string(letters);
    }

    private static void Blank(char[] letters, int from, int to) => letters.AsSpan(from, to - from).Fill(' ');

    private YamlBlock? Above(int line)
    {
        var (indent, isItem) = (Indent(line), IsItem(line));
        for (var above = line - 1; above >= 1; above--)
        {
            // An item may stand as far left as the key of its list.
            if (IsBlank(above) || Indent(above) > indent || (Indent(above) == indent && (!isItem || IsItem(above))))
                continue;
            if (Key().IsMatch(_lines[above - 1].Text))
                return Block(above);
            (indent, isItem) = (Indent(above), IsItem(above));
        }
        return null;
    }

    private YamlBlock Block(int key)
    {
        var end = key;
        for (var line = key + 1; line <= _lines.Count; line++)
        {
            if (IsBlank(line))
                continue;
            if (Indent(line) < Indent(key) || (Indent(line) == Indent(key) && !IsItem(line)))
                break;
            end = line;
        }
        return new YamlBlock(key, end);
    }

    private int Indent(int line) => _lines[line - 1].Text.TakeWhile(c => c is ' ' or '\t').Count();

    private bool IsItem(int line) => _lines[line - 1].Text.TrimStart(' ', '\t') is "-" or ['-', ' ', ..];

    private bool IsBlank(int line) => _lines[line - 1].Text.AsSpan().Trim() is [] or ['#', ..];

    [GeneratedRegex(@"\r\n|[\n\r\u0085\u2028\u2029]")]
    private static partial Regex Ends();

    // A key in a line of its own, not one of a list's item or of { … }.
    [GeneratedRegex(@"^ *(""[^""]*""|'[^']*'|[^\s#'""\[\]{},&*!|>%@`:-][^#:]*) *:(?=\s|$)")]
    private static partial Regex Key();
}
