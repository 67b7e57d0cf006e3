using System.Collections.Immutable;
using System.Globalization;

namespace Paco.Monitoring.FilterPatterns;

/// <summary>A field of a line: with a name, without one, or <c>...</c> for any number of fields.</summary>
internal sealed record LineField(string? Name, bool IsEllipsis, Condition<string>? Condition);

/// <summary>
/// Conditions for events that are fields with blanks between them: <c>[ip, ..., status = 4*, bytes]</c>. What stands in square brackets
/// or double quotes is one field, without them. The last field takes all that is left of the line.
/// </summary>
internal sealed record FieldsPattern(string Text, ImmutableArray<LineField> Fields) : FilterPattern(Text)
{
    private int Ellipsis { get; } = Fields.TakeWhile(f => !f.IsEllipsis).Count() is var at && at < Fields.Length ? at : -1;

    /// <summary>The names values are taken under: <c>$status</c>.</summary>
    public IEnumerable<string> Names => Fields.Select(f => f.Name).OfType<string>();

    public override FilterMatch Match(string message)
    {
        var needed = Fields.Count(f => !f.IsEllipsis);
        var parts = LineFields.Split(message, Ellipsis < 0 ? needed : int.MaxValue);
        if (parts.Count < needed)
            return FilterMatch.No($"it has {parts.Count} field{(parts.Count == 1 ? "" : "s")}, and the pattern {needed}");
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < parts.Count; i++)
        {
            var field = FieldAt(i, parts.Count);
            if (field?.Condition?.Check(parts[i]) is { Holds: false } no)
                return FilterMatch.No(no.Why);
            values[$"${field?.Name ?? (i + 1).ToString(CultureInfo.InvariantCulture)}"] = parts[i];
        }
        return FilterMatch.Yes(values);
    }

    // The field of the pattern that a line's field falls to; null for those the ellipsis stands for.
    private LineField? FieldAt(int part, int count)
    {
        if (Ellipsis is not (>= 0 and var ellipsis) || part < ellipsis)
            return Fields[part];
        var fromEnd = Fields.Length - (count - part);
        return fromEnd > ellipsis ? Fields[fromEnd] : null;
    }
}

/// <summary>A field compared.</summary>
internal sealed record FieldComparison(string Name, Comparison Comparison) : Condition<string>
{
    public override Verdict Check(string subject) => Comparison.Holds(subject, Comparison.NumberOf(subject)) ? Verdict.Yes
        : Verdict.No($"{Name} is {JsonCondition.Shortened(subject)}, not {Comparison.Shown}");
}

/// <summary>The fields of a line.</summary>
internal static class LineFields
{
    /// <param name="most">The last of that many takes the rest of the line.</param>
    public static List<string> Split(string line, int most)
    {
        var fields = new List<string>();
        for (var at = 0; at < line.Length;)
        {
            if (char.IsWhiteSpace(line[at]))
            {
                at++;
                continue;
            }
            var end = EndOf(line, at);
            if (fields.Count == most - 1 && end < line.TrimEnd().Length)
                end = line.TrimEnd().Length;
            fields.Add(Bare(line[at..end]));
            at = end;
        }
        return fields;
    }

    private static int EndOf(string line, int at)
    {
        var closing = line[at] switch { '"' => '"', '[' => ']', _ => '\0' };
        if (closing != '\0' && line.IndexOf(closing, at + 1) is > 0 and var close
            && (close + 1 == line.Length || char.IsWhiteSpace(line[close + 1])))
        {
            return close + 1;
        }
        var end = at;
        while (end < line.Length && !char.IsWhiteSpace(line[end]))
            end++;
        return end;
    }

    private static string Bare(string field) =>
        field.Length >= 2 && (field[0], field[^1]) is ('"', '"') or ('[', ']') && field.IndexOf(field[^1], 1) == field.Length - 1
            ? field[1..^1] : field;
}
