using System.Text;

namespace Paco.Monitoring.FilterPatterns;

/// <summary>A pattern's text while it is read.</summary>
internal sealed class PatternText(string text)
{
    private readonly List<PatternMistake> _remarks = [];

    public int At { get; private set; }

    public string Text { get; } = text;

    public IReadOnlyList<PatternMistake> Remarks => _remarks;

    public bool IsAtEnd => At == Text.Length;

    /// <summary>The next character; NUL behind the end.</summary>
    public char Next => IsAtEnd ? '\0' : Text[At];

    public void SkipBlanks() => TakeWhile(char.IsWhiteSpace);

    public string TakeWhile(Func<char, bool> belongs)
    {
        var start = At;
        while (!IsAtEnd && belongs(Next))
            At++;
        return Text[start..At];
    }

    public bool Take(string word)
    {
        if (string.CompareOrdinal(Text, At, word, 0, word.Length) != 0)
            return false;
        At += word.Length;
        return true;
    }

    /// <summary>Goes back to where something else was tried.</summary>
    public void Return(int at) => At = at;

    /// <summary>The text between the double quotes that begin here, with <c>\"</c> and <c>\\</c> for what they stand for.</summary>
    public string TakeQuoted()
    {
        var (start, taken) = (At++, new StringBuilder());
        for (; !IsAtEnd; At++)
        {
            if (Next == '"')
            {
                At++;
                return taken.ToString();
            }
            if (Next == '\\' && At + 1 < Text.Length && Text[At + 1] is '"' or '\\')
                At++;
            taken.Append(Next);
        }
        throw Wrong(start, Text.Length - start, "the quotes that open here are never closed", "end the text with \"");
    }

    public void Remark(int start, int length, string message, string? hint = null) =>
        _remarks.Add(new PatternMistake(start, length, message, hint));

    /// <summary>A mistake at what comes next.</summary>
    public PatternException Expected(string message, string? hint = null) => Wrong(At, IsAtEnd ? 0 : 1, message, hint);

    public static PatternException Wrong(int start, int length, string message, string? hint = null) =>
        new(new(start, length, message, hint));

    /// <summary>A character that cannot stand where it stands.</summary>
    public PatternException WrongCharacter(int at, string what, string hint)
    {
        var shown = at + 1 < Text.Length && char.IsSurrogatePair(Text, at) ? Text.Substring(at, 2) : Text[at].ToString();
        var wayOut = Text[at] is '“' or '”' or '„' ? "write \" instead of typographic quotes" : hint;
        return new(new(at, shown.Length, $"{what} cannot hold {shown}", wayOut) { Term = shown });
    }
}
