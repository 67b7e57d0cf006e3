namespace Paco.CloudFormation;

/// <summary>Characters one behind the other, in memory that is used again.</summary>
internal sealed class TextBuffer
{
    private char[] _text = new char[8 * 1024];
    private int _length;

    public ReadOnlySpan<char> Text => _text.AsSpan(0, _length);

    public TextBuffer Clear()
    {
        _length = 0;
        return this;
    }

    public TextBuffer Append(char one)
    {
        Next(1)[0] = one;
        return this;
    }

    public TextBuffer Append(char one, int times)
    {
        Next(times).Fill(one);
        return this;
    }

    public TextBuffer Append(ReadOnlySpan<char> more)
    {
        more.CopyTo(Next(more.Length));
        return this;
    }

    private Span<char> Next(int count)
    {
        if (count > _text.Length - _length)
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _length + count));
        var next = _text.AsSpan(_length, count);
        _length += count;
        return next;
    }
}
