namespace Paco.Syntax;

/// <summary>The parser says what it missed; a person wants to know where to look.</summary>
internal static class YamlHints
{
    private const string Indentation = "look at the indentation of this line and the one above, and for a missing colon";

    // Words of its messages, the more telling first.
    private static readonly (string Words, string Hint)[] Hints =
    [
        ("quoted scalar", "look for a quote that is not closed"),
        ("',' or ']'", "look for a [ that is not closed, or a missing comma"),
        ("',' or '}'", "look for a { that is not closed, or a missing comma"),
        ("cannot start any token", "put the text in quotes"),
        ("invalid mapping", "look at the indentation, or put a text that holds a colon in quotes"),
        ("expected key", Indentation),
        ("'-' indicator", Indentation),
        ("document start", Indentation),
        ("block mapping", Indentation),
        ("node content", "a value is missing, or a [ or { is not closed"),
        ("cannot be understood", "look for a [, a { or a quote that is not closed"),
    ];

    public static string? For(string reason) =>
        Hints.FirstOrDefault(h => reason.Contains(h.Words, StringComparison.Ordinal)).Hint;
}
