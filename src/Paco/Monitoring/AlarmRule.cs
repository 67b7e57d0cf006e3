using System.Text.RegularExpressions;

namespace Paco.Monitoring;

/// <summary>
/// A composite alarm's rule as CloudWatch takes it: <c>ALARM("a") AND NOT (OK(b) OR INSUFFICIENT_DATA(c))</c>. Read where a project is
/// loaded, and by the sandbox, which evaluates it.
/// </summary>
/// <remarks>Source: PutCompositeAlarm, AlarmRule.</remarks>
public sealed partial class AlarmRule
{
    private const int MaxDepth = 100;

    private static readonly string[] States = ["ALARM", "OK", "INSUFFICIENT_DATA"];

    private readonly List<(string Value, int Index)> _tokens;
    private readonly List<string> _children = [];
    private int _at;

    private AlarmRule(string text) => _tokens = [.. Token().Matches(text).Select(m => (m.Value, m.Index))];

    /// <summary>The alarms it asks, by name or ARN, each once.</summary>
    public IReadOnlyList<string> Children => _children;

    /// <summary>
    /// True where the rule is met; the argument tells an alarm's state in CloudWatch's word, null for one that is gone.
    /// </summary>
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
            throw new FormatException($"the rule is nested more than {MaxDepth} deep");
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
        var state = States.FirstOrDefault(Takes) ?? throw Unexpected();
        Need("(");
        var name = _at < _tokens.Count && _tokens[_at].Value is not ("(" or ")") ? _tokens[_at++].Value.Trim('"') : throw Unexpected();
        Need(")");
        if (!_children.Contains(name))
            _children.Add(name);
        return states => states(name) == state;
    }

    private bool Takes(string word)
    {
        if (_at >= _tokens.Count || _tokens[_at].Value != word)
            return false;
        _at++;
        return true;
    }

    private void Need(string word)
    {
        if (!Takes(word))
            throw _at < _tokens.Count ? Unexpected() : new FormatException($"the rule lacks a \"{word}\"");
    }

    private FormatException Unexpected() => new(_at < _tokens.Count
        ? $"the rule cannot have \"{_tokens[_at].Value}\" there (character {_tokens[_at].Index + 1})"
        : "the rule ends where something is missing");

    [GeneratedRegex("\"[^\"]*\"|[()]|[^\\s()\"]+")]
    private static partial Regex Token();
}
