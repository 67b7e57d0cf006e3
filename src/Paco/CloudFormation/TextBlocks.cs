namespace Paco.CloudFormation;

/// <summary>
/// The form of our tables that are read in parts: a line that is neither indented nor a remark (<c>#</c>) begins a block with its
/// name, behind which a mark may stand; what follows down to the next one is its own.
/// </summary>
internal static class TextBlocks
{
    /// <summary>The blocks of a text, each with where in it its own lines are: nothing of them is read.</summary>
    public static IEnumerable<(string Name, string Mark, Range Lines)> Of(string text)
    {
        for (var at = Next(text, 0); at < text.Length;)
        {
            var end = LineAfter(text, at);
            var next = Next(text, end);
            var words = text[at..end].TrimEnd().Split(' ', 2);
            yield return (words[0], words.Length > 1 ? words[1] : "", end..next);
            at = next;
        }
    }

    private static int Next(string text, int line)
    {
        while (line < text.Length && text[line] is ' ' or '#' or '\n')
            line = LineAfter(text, line);
        return line;
    }

    private static int LineAfter(string text, int at) => text.IndexOf('\n', at) is >= 0 and var end ? end + 1 : text.Length;
}
