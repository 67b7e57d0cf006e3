using System.Text;

namespace Paco.Starters;

/// <summary>
/// Fills the placeholders of a content file. <c>{{key}}</c> stands for a value; a line with <c>{{key?}}</c> is
/// left out when there is none. A value of several lines gets the indentation of the line it stands on.
/// </summary>
internal static class Template
{
    /// <param name="text">Lines with placeholders.</param>
    /// <param name="valueOf">The value for a key, as it is to be written; null when there is none.</param>
    public static string Fill(string text, Func<string, string?> valueOf)
    {
        var lines = text.Split('\n').Select(line => FillLine(line, valueOf)).Where(line => line is not null);
        return string.Join('\n', lines);
    }

    /// <summary>Text for between the double quotes of a YAML scalar; names and numbers stay as they are.</summary>
    public static string InYamlQuotes(string value) =>
        value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    // One pass: what an answer contains is never taken for a placeholder.
    private static string? FillLine(string line, Func<string, string?> valueOf)
    {
        var indent = "\n" + line[..(line.Length - line.TrimStart().Length)];
        var filled = new StringBuilder(line.Length);
        var rest = line;
        while (rest.IndexOf("{{", StringComparison.Ordinal) is >= 0 and var open
            && rest.IndexOf("}}", open, StringComparison.Ordinal) is > 0 and var close)
        {
            var key = rest[(open + 2)..close];
            var value = valueOf(key.TrimEnd('?'));
            if (value is null && key.EndsWith('?'))
            {
                return null;
            }

            filled.Append(rest, 0, open).Append((value ?? throw NoValue(key)).Replace("\n", indent, StringComparison.Ordinal));
            rest = rest[(close + 2)..];
        }

        return filled.Append(rest).ToString();
    }

    private static ArgumentException NoValue(string key) =>
        new($"There is no answer for {key}: only complete answers can be rendered.");
}
