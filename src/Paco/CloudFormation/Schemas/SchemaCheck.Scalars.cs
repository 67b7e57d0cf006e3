using System.Collections.Immutable;
using System.Text.Json;
using Paco.Diagnostics;

namespace Paco.CloudFormation.Schemas;

internal sealed partial class SchemaCheck
{
    private const int LongestListOfValues = 160;
    private const int MostValuesShown = 8;

    private void Scalar(ScalarShape limits, JsonTypes types, TemplateNode value, PropertyCursor trail)
    {
        var comparer = limits.IgnoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
        if (!limits.Enum.IsEmpty && !limits.Enum.Contains(value.Text, comparer))
        {
            Add(SchemaRule.NotInEnum, trail,
                $"{trail.Leaf}: {JsonKind.Quote(value)} is not allowed; {Alternatives(limits.Enum, value.Text)}");
            return;
        }

        // Without a type, a number's digits have no length and a text no size.
        if (types == JsonTypes.None ? value.Kind == JsonValueKind.String : types.HasFlag(JsonTypes.String))
        {
            Text(limits, value, value.Text, trail);
        }

        if (!types.HasFlag(JsonTypes.String) && value.Number is { } number)
        {
            Number(limits, number, trail);
        }
    }

    private void Text(ScalarShape limits, TemplateNode value, string text, PropertyCursor trail)
    {
        if (limits.MinLength > text.Length || limits.MaxLength < text.Length)
        {
            var length = text.EnumerateRunes().Count();
            if (limits.MinLength > length || limits.MaxLength < length)
            {
                var allowed = Between(limits.MinLength, limits.MaxLength);
                Add(SchemaRule.Length, trail, $"{trail.Leaf}: {Plural(length, "character", "characters")} where {allowed} are allowed");
                return;
            }
        }

        if (limits.Pattern is { } pattern && !SchemaPattern.Matches(pattern, text))
        {
            Add(SchemaRule.Pattern, trail, $"{trail.Leaf}: {Quote(value, trail)} does not match {pattern}");
        }
    }

    private void Number(ScalarShape limits, decimal number, PropertyCursor trail)
    {
        if (limits.Minimum > number || limits.Maximum < number)
        {
            Add(SchemaRule.Range, trail, $"{trail.Leaf}: {number} where {Between(limits.Minimum, limits.Maximum)} is allowed");
        }
    }

    private static string Alternatives(ImmutableArray<string> values, string text) => string.Join(", ", values) switch
    {
        var only when values.Length == 1 => $"it must be {only}",
        { Length: <= LongestListOfValues } all => $"it must be one of {all}",
        _ when Spelling.Nearest(text, values) is { } near => $"did you mean \"{near}\"?",
        _ => $"it must be one of {string.Join(", ", values.Take(MostValuesShown))}, …",
    };

    private static string Between<T>(T? least, T? most)
        where T : struct, IEquatable<T> => (least, most) switch
        {
            ({ } low, { } high) when low.Equals(high) => $"{low}",
            ({ } low, { } high) => $"{low} to {high}",
            ({ } low, null) => $"{low} or more",
            _ => $"at most {most}",
        };
}
