using System.Globalization;
using System.Text;
using Paco.Cli.Views;

namespace Paco.Cli.Tests.Views;

/// <summary>
/// A terminal of a given size, as far as redrawing needs one: it breaks lines that are too long, scrolls, and does what the
/// control sequences say. What has scrolled out cannot be drawn over any more, as on a real one.
/// </summary>
internal sealed class Glass(int width, int height) : TextWriter(CultureInfo.InvariantCulture)
{
    private readonly List<StringBuilder> _lines = [new()];
    private int _top;
    private int _line;
    private int _column;
    private string? _control;

    public override Encoding Encoding => Encoding.UTF8;

    public Screen Screen => new(this, hasColour: false, () => (width, height), canRedraw: true);

    /// <summary>Everything that was ever written and not drawn over, without blanks at the ends.</summary>
    public string Text => string.Join('\n', _lines.Select(l => l.ToString().TrimEnd())).TrimEnd('\n');

    public override void WriteLine() => Write('\n');

    public override void WriteLine(string? value) => Write(value + "\n");

    public override void Write(char value)
    {
        switch (value)
        {
            case var _ when _control is not null:
                Control(value);
                break;
            case '\u001b':
                _control = "";
                break;
            case '\r':
                _column = 0;
                break;
            case '\n':
                Next();
                break;
            default:
                Put(value);
                break;
        }
    }

    private void Put(char value)
    {
        if (_column == width)
            Next();
        var line = _lines[_line];
        line.Append(' ', Math.Max(0, _column - line.Length));
        if (_column < line.Length)
            line[_column] = value;
        else
            line.Append(value);
        _column++;
    }

    private void Next()
    {
        (_line, _column) = (_line + 1, 0);
        if (_line == _lines.Count)
            _lines.Add(new());
        _top = Math.Max(_top, _line - height + 1);
    }

    // tmux takes a screen that is cleared as a whole for one that somebody may want to scroll back to.
    private void Keep()
    {
        _lines.Add(new());
        _line = _top = _lines.Count - 1;
    }

    private void Control(char value)
    {
        _control += value;
        if (!char.IsLetter(value))
            return;
        var count = int.TryParse(_control[1..^1], out var n) ? n : 0;
        switch (value)
        {
            case 'A':
                _line = Math.Max(_top, _line - Math.Max(1, count));
                break;
            case 'K':
                _lines[_line].Length = Math.Min(_lines[_line].Length, _column);
                break;
            case 'J':
                if ((_line, _column) == (_top, 0) && _lines.Count > 1)
                    Keep();
                _lines[_line].Length = Math.Min(_lines[_line].Length, _column);
                _lines.RemoveRange(_line + 1, _lines.Count - _line - 1);
                break;
            default:
                throw new NotSupportedException($"the glass does not know {_control}");
        }
        _control = null;
    }
}
