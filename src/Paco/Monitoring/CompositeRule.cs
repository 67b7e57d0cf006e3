using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Paco.Binding;
using Paco.Syntax;

namespace Paco.Monitoring;

/// <summary>
/// What raises a composite alarm: <c>ALARM(core.StatusCheck) AND NOT OK(core.CPUTotal)</c>. In the parentheses stands an alarm of the same
/// object, as SET.ALARM, or a reference to one of another.
/// </summary>
/// <remarks>Source: PutCompositeAlarm, AlarmRule.</remarks>
public sealed partial class CompositeRule
{
    private CompositeRule(string text, ImmutableArray<RuleAlarm> alarms) => (Text, Alarms) = (text, alarms);

    /// <summary>As it is written.</summary>
    public string Text { get; }

    /// <summary>The alarms it asks, in order, as often as it does.</summary>
    internal ImmutableArray<RuleAlarm> Alarms { get; }

    internal static CompositeRule? Read(Fields f)
    {
        if (f.Text("rule",
            "CompositeAlarm: `ALARM(SET.ALARM) AND NOT OK(SET.OTHER)`; in place of SET.ALARM also a reference to an alarm of another object.",
            Check.Length(1, AlarmLimits.MaxRule)) is not { } text || f.Node?["rule"] is not ScalarNode node)
        {
            return null;
        }
        if (Problem(text) is { } problem)
        {
            f.Report(BindingCodes.BadValue, node.Location, problem,
                "ALARM(…), OK(…), INSUFFICIENT_DATA(…), TRUE, FALSE, AND, OR, NOT and ( )", node);
        }
        return new CompositeRule(text, [.. Asked().Matches(text).Select(m => RuleAlarm.Of(m.Groups["alarm"].Value.Trim(), f, node))]);
    }

    /// <summary>The rule with something else in the parentheses.</summary>
    internal string With(Func<RuleAlarm, string> name)
    {
        var at = 0;
        return Asked().Replace(Text, m => $"{m.Groups["state"].Value}({name(Alarms[at++])})");
    }

    // An alarm of a project is known by a longer name than a rule of CloudWatch takes: a reference has blanks.
    private static string? Problem(string text)
    {
        try
        {
            AlarmRule.Parse(Asked().Replace(text, m => $"{m.Groups["state"].Value}({new string('x', m.Groups["alarm"].Length)})"));
            return null;
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    [GeneratedRegex(@"\b(?<state>ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?<alarm>[^()]+)\)")]
    private static partial Regex Asked();
}

/// <summary>An alarm that a rule asks.</summary>
/// <param name="Set">The alarm set, of one of the same object.</param>
/// <param name="Name">Its name in the set.</param>
/// <param name="Elsewhere">The reference to one of another object; null for one of the same.</param>
internal sealed record RuleAlarm(string Set, string Name, Ref? Elsewhere)
{
    public static RuleAlarm Of(string text, Fields f, ScalarNode within) => Ref.IsRef(text) ? new("", "", f.Reference(text, within))
        : text.Split('.') is [var set, var name] ? new(set, name, null)
        : new("", text, null);

    public override string ToString() => Elsewhere?.Path.Text ?? (Set.Length > 0 ? $"{Set}.{Name}" : Name);
}
