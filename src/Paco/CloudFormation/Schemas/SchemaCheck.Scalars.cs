using System.Text.Json.Nodes;

namespace Paco.CloudFormation.Schemas;

internal sealed partial class SchemaCheck
{
    private const int MostValuesShown = 8;

    private void Scalar(ScalarShape limits, JsonTypes types, JsonValue value, Trail trail)
    {
        var text = JsonKind.Text(value);
        if (!limits.Enum.IsEmpty && !limits.Enum.Contains(text, limits.IgnoreCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal))
        {
            Add(SchemaRule.NotInEnum, trail, $"{trail.Leaf}: {Quote(value, trail)} is not allowed; {Alternatives(limits, text)}");
        }

        // Without a type, a number's digits have no length and a text no size.
        if (types == JsonTypes.None ? value.GetValueKind() == System.Text.Json.JsonValueKind.String : types.HasFlag(JsonTypes.String))
        {
            Text(limits, value, text, trail);
        }

        if (!types.HasFlag(JsonTypes.String) && JsonKind.Number(value) is { } number)
        {
            Number(limits, number, trail);
        }
    }

    private void Text(ScalarShape limits, JsonValue value, string text, Trail trail)
    {
        if (limits.MinLength > text.Length || limits.MaxLength < text.Length)
        {
            var length = text.EnumerateRunes().Count();
            if (limits.MinLength > length || limits.MaxLength < length)
            {
                Add(SchemaRule.Length, trail, $"{trail.Leaf}: {length} characters where {Between(limits.MinLength, limits.MaxLength)} are allowed");
                return;
            }
        }

        if (limits.Pattern is { } pattern && !SchemaPattern.Matches(pattern, text))
        {
            Add(SchemaRule.Pattern, trail, $"{trail.Leaf}: {Quote(value, trail)} does not match {pattern}");
        }
    }

    private void Number(ScalarShape limits, decimal number, Trail trail)
    {
        if (limits.Minimum > number || limits.Maximum < number)
        {
            Add(SchemaRule.Range, trail, $"{trail.Leaf}: {number} where {Between(limits.Minimum, limits.Maximum)} is allowed");
        }
    }

    private static string Alternatives(ScalarShape limits, string text) =>
        limits.Enum.Length == 1 ? $"it must be {limits.Enum[0]}"
        : limits.Enum.Length <= MostValuesShown ? $"one of {string.Join(", ", limits.Enum)}"
        : Nearest.To(text, limits.Enum) is { } near ? $"did you mean \"{near}\"?"
        : $"one of {string.Join(", ", limits.Enum.Take(MostValuesShown))}, …";

    private static string Between<T>(T? least, T? most)
        where T : struct, IEquatable<T> => (least, most) switch
        {
            ({ } low, { } high) when low.Equals(high) => $"{low}",
            ({ } low, { } high) => $"{low} to {high}",
            ({ } low, null) => $"{low} or more",
            _ => $"at most {most}",
        };
}
