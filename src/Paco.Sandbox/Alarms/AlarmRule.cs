using System.Text.RegularExpressions;

namespace Paco.Sandbox.Alarms;

/// <summary>A composite alarm's rule: <c>ALARM("a") AND NOT (OK(b) OR INSUFFICIENT_DATA(c))</c>.</summary>
internal sealed partial class AlarmRule
{
    private const int MaxDepth = 100;

    private readonly string _text;
    private readonly List<(string Value, int Index)> _tokens;
    private readonly List<string> _children = [];
    private int _at;

    private AlarmRule(string text)
    {
        _text = text;
        _tokens = [.. Token().Matches(text).Select(m => (m.Value, m.Index))];
    }

    /// <summary>The alarms it asks, by name or ARN, each once.</summary>
    public IReadOnlyList<string> Children => _children;

    /// <summary>True where the rule is met; the argument tells an alarm's state, null for one that is gone.</summary>
    public Func<Func<string, string?>, bool> IsMet { get; private set; } = _ => false;

    /// <summary>Throws <see cref="FormatException"/> with what is wrong with it.</summary>
    public static AlarmRule Parse(string text)
    {
        var rule = new AlarmRule(text);
        rule.IsMet = rule.Either(0);
        return rule._at == rule._tokens.Count ? rule : throw rule.Unexpected();
    }

    private Func<Func<string, string?>, bool> Either(int depth)
    {
        var left = Both(depth);
        while (Takes("OR"))
        {
            var (before, right) = (left, Both(depth));
            left = states => before(states) || right(states);
        }

        return left;
    }

    private Func<Func<string, string?>, bool> Both(int depth)
    {
        var left = One(depth);
        while (Takes("AND"))
        {
            var (before, right) = (left, One(depth));
            left = states => before(states) && right(states);
        }

        return left;
    }

    private Func<Func<string, string?>, bool> One(int depth)
    {
        if (depth > MaxDepth)
        {
            throw new FormatException("it is too deep");
        }

        if (Takes("NOT"))
        {
            var inner = One(depth + 1);
            return states => !inner(states);
        }

        if (Takes("("))
        {
            var inner = Either(depth + 1);
            Need(")");
            return inner;
        }

        return Takes("TRUE") ? _ => true : Takes("FALSE") ? _ => false : State();
    }

    private Func<Func<string, string?>, bool> State()
    {
        var state = new[] { AlarmState.Alarm, AlarmState.Ok, AlarmState.InsufficientData }.FirstOrDefault(Takes) ?? throw Unexpected();
        Need("(");
        var name = _at < _tokens.Count && _tokens[_at].Value is not ("(" or ")") ? _tokens[_at++].Value.Trim('"') : throw Unexpected();
        Need(")");
        if (!_children.Contains(name))
        {
            _children.Add(name);
        }

        return states => states(name) == state;
    }

    private bool Takes(string word)
    {
        if (_at >= _tokens.Count || _tokens[_at].Value != word)
        {
            return false;
        }

        _at++;
        return true;
    }

    private void Need(string word)
    {
        if (!Takes(word))
        {
            throw Unexpected();
        }
    }

    private FormatException Unexpected() => new(_at < _tokens.Count
        ? $"unexpected {_tokens[_at].Value} at position {_tokens[_at].Index + 1}"
        : $"it ends too early, at position {_text.Length + 1}");

    [GeneratedRegex("\"[^\"]*\"|[()]|[^\\s()\"]+")]
    private static partial Regex Token();
}
