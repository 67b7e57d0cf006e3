using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Paco.CloudFormation;

namespace Paco.Resources.LaunchBundles;

/// <summary>The scripts below <c>Scripts/</c>, which are part of the library, with their <c>{{placeholders}}</c> filled in.</summary>
internal static partial class Script
{
    private static readonly ConcurrentDictionary<string, string> Texts = new(StringComparer.Ordinal);

    /// <summary>A script's text. Every placeholder must be given a value and every value must have a placeholder.</summary>
    public static string Fill(string name, params ReadOnlySpan<(string Placeholder, string Text)> values)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (placeholder, text) in values)
            texts.Add(placeholder, text);
        var used = new HashSet<string>(StringComparer.Ordinal);
        var filled = Placeholder().Replace(Texts.GetOrAdd(name, known => EmbeddedBytes.Text($"LaunchBundles/{known}")), match =>
        {
            used.Add(match.Groups[1].Value);
            return texts.TryGetValue(match.Groups[1].Value, out var text)
                ? text
                : throw new InvalidOperationException($"{name} asks for {match.Value}");
        });
        return used.Count == texts.Count
            ? filled
            : throw new InvalidOperationException($"{name} has no place for {string.Join(", ", texts.Keys.Except(used))}");
    }

    /// <summary>A text as one word of the shell.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"\{\{([a-z_]+)\}\}")]
    private static partial Regex Placeholder();
}
