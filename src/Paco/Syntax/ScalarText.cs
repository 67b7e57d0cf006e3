using Paco.Diagnostics;

namespace Paco.Syntax;

/// <summary>Where a part of a scalar's value stands in the file, however it is quoted or broken over lines.</summary>
internal sealed class ScalarText
{
    private readonly string _text;
    private readonly char _style;
    private int _at;

    private ScalarText(string text, int at) => (_text, _at, _style) = (text, at, text[at]);

    /// <summary>The place of a part of the value; that of the whole scalar where the part cannot be found.</summary>
    public static Location Place(ScalarNode node, int start, int length)
    {
        var whole = node.Location;
        if (whole.File is not { } file || OffsetOf(file.Text, whole) is not { } offset || offset >= file.Text.Length)
            return whole;
        var places = new ScalarText(file.Text, offset).Places(node.Value);
        if (places is null || places.Count <= start)
            return places is { Count: > 0 } && start == node.Value.Length ? At(file, places[^1] + 1, 1) : whole;
        var last = places[Math.Min(start + Math.Max(length, 1), places.Count) - 1];
        var end = file.Text.IndexOf('\n', places[start]) is >= 0 and var line ? Math.Min(line - 1, last) : last;
        return At(file, places[start], Math.Max(1, end - places[start] + 1));
    }

    private static int? OffsetOf(string text, Location place)
    {
        var at = 0;
        for (var line = 1; line < place.Line; line++)
        {
            at = text.IndexOf('\n', at) + 1;
            if (at == 0)
                return null;
        }
        return at + place.Column - 1;
    }

    private static Location At(SourceFile file, int offset, int length)
    {
        var line = file.Text.AsSpan(0, offset).Count('\n') + 1;
        return new Location(file, line, offset - file.Text.LastIndexOf('\n', Math.Max(0, offset - 1)), length);
    }

    // Where each character of the value is written; null where the file does not say what the value does.
    private List<int>? Places(string value)
    {
        if (_style is '|' or '>')
            return InBlock(value);
        if (_style is '"' or '\'')
            _at++;
        var places = new List<int>(value.Length);
        foreach (var c in value)
        {
            if (Take(c) is not { } place)
                return null;
            places.Add(place);
        }
        return places;
    }

    private int? Take(char c)
    {
        var place = _at;
        if (_at >= _text.Length)
            return null;
        if (_text[_at] is '\n' or '\r')
        {
            while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
                _at++;
            return c is ' ' or '\n' ? place : null;
        }
        if (_style == '\'' && c == '\'')
        {
            _at += 2;
            return place;
        }
        if (_style == '"' && _text[_at] == '\\' && _at + 1 < _text.Length && _text[_at + 1] is '"' or '\\' or '/')
            _at++;
        return _text[_at++] == c ? place : null;
    }

    private List<int>? InBlock(string value)
    {
        NextLine();
        var (places, indent) = (new List<int>(value.Length), _text.AsSpan(_at).IndexOfAnyExcept(' '));
        _at += Math.Max(0, indent);
        foreach (var c in value)
        {
            if (_at >= _text.Length || (_text[_at] == '\n' ? c is not ('\n' or ' ') : _text[_at] != c))
                return null;
            places.Add(_at++);
            if (_text[places[^1]] == '\n')
                _at = Math.Min(_text.Length, _at + indent);
        }
        return places;
    }

    private void NextLine() => _at = _text.IndexOf('\n', _at) is >= 0 and var end ? end + 1 : _text.Length;
}
