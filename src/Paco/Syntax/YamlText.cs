namespace Paco.Syntax;

/// <summary>Small edits of YAML as text, so that comments and layout stay.</summary>
public static class YamlText
{
    /// <summary>The text with one top-level field set to a quoted value: in its line where it has one, else at the end.</summary>
    public static string WithTopLevel(string text, string field, string value)
    {
        // A file of Windows keeps its line ends.
        var line = $"{field}: \"{value}\"{(text.Contains("\r\n", StringComparison.Ordinal) ? "\r" : "")}";
        var lines = text.Split('\n').ToList();
        var at = lines.FindIndex(l => l.StartsWith($"{field}:", StringComparison.Ordinal));
        if (at >= 0)
            lines[at] = line;
        else
            lines.Insert(lines.Count > 0 && lines[^1].Length == 0 ? lines.Count - 1 : lines.Count, line);
        return string.Join('\n', lines);
    }
}
