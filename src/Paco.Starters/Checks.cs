using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Paco.Starters;

/// <summary>Checks of single answers: null when an answer is fine, else a sentence with an example.</summary>
internal static class Checks
{
    // What a YAML reader, of version 1.1 or 1.2, takes for something other than text.
    private static readonly ImmutableArray<string> YamlWords = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

    /// <summary>A name that becomes part of names in AWS: file names, keys, stacks, load balancers, database identifiers.</summary>
    public static Func<string, string?> Name(string example, int longest, params string[] reserved) => answer => answer switch
    {
        _ when answer.Length > longest => $"The name is {answer.Length} characters long, {longest} are allowed, for example {example}.",
        _ when !IsName(answer) =>
            $"A name starts with a letter and has letters and digits, with single - or _ between them, for example {example}.",
        _ when YamlWords.Contains(answer, StringComparer.OrdinalIgnoreCase) =>
            $"\"{answer}\" means something else in YAML. Take another name, for example {example}.",
        _ when reserved.Contains(answer, StringComparer.OrdinalIgnoreCase) =>
            $"\"{answer}\" already means something in a project. Take another name, for example {example}.",
        _ => null,
    };

    /// <summary>Free text for people, on one line.</summary>
    public static string? Title(string answer) => answer switch
    {
        { Length: > 100 } => "A title has at most 100 characters, for example My web application.",
        _ when answer.EnumerateRunes().Any(IsInvisible) => "A title is one line of visible text, for example My web application.",
        _ => null,
    };

    public static string? AccountId(string answer) =>
        answer.Length == 12 && answer.All(char.IsAsciiDigit)
            ? null
            : "The id of an AWS account has twelve digits, for example 123456789012.";

    /// <summary>An e-mail address. AWS takes 64 characters at most for an account.</summary>
    public static string? Email(string answer)
    {
        var at = answer.IndexOf('@', StringComparison.Ordinal);
        var fine = answer.Length <= 64 && at > 0 && IsMailbox(answer[..at]) && IsDomain(answer[(at + 1)..]);
        return fine ? null : "That is not an e-mail address of up to 64 characters, for example root@example.com.";
    }

    /// <summary>A domain whose names AWS issues certificates for: their first name has 64 characters at most.</summary>
    public static Func<string, string?> Domain(string longestPrefix) => answer =>
    {
        var longest = 64 - longestPrefix.Length;
        return answer switch
        {
            _ when !answer.All(char.IsAscii) => "Write the domain name in its ASCII form, for example xn--bcher-kva.example.",
            _ when !IsDomain(answer) =>
                "A domain name has letters, digits and hyphens between dots, without https:// or a path, for example example.com.",
            _ when answer.Length > longest =>
                $"The domain name has {answer.Length} characters; "
                + $"certificates allow {longest}, so that {longestPrefix}… fits too, for example example.com.",
            _ => null,
        };
    };

    /// <summary>The name of a Git branch, as far as CodeCommit and a file can have it; it may be in a folder: <c>release/1</c>.</summary>
    public static string? Branch(string answer)
    {
        var fine = answer.Length is > 0 and <= 100
            && answer.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '/')
            && char.IsAsciiLetterOrDigit(answer[0]) && char.IsAsciiLetterOrDigit(answer[^1])
            && !answer.Contains("..", StringComparison.Ordinal) && !answer.Contains("//", StringComparison.Ordinal)
            && !answer.EndsWith(".lock", StringComparison.Ordinal);
        return fine ? null : "That is no name of a branch, for example main: up to 100 letters, digits and . _ - / between them.";
    }

    private static bool IsName(string answer) =>
        answer.Length > 0
        && char.IsAsciiLetter(answer[0])
        && char.IsAsciiLetterOrDigit(answer[^1])
        && answer.All(c => char.IsAsciiLetterOrDigit(c) || IsJoint(c))
        && !answer.Zip(answer.Skip(1)).Any(pair => IsJoint(pair.First) && IsJoint(pair.Second));

    private static bool IsJoint(char c) => c is '-' or '_';

    private static bool IsInvisible(Rune rune) =>
        rune == Rune.ReplacementChar
        || rune.Value is 0xFEFF
        || (rune.Value & 0xFFFE) == 0xFFFE
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;

    private static bool IsMailbox(string local) =>
        local[0] != '.' && local[^1] != '.' && !local.Contains("..", StringComparison.Ordinal)
        && local.All(c => char.IsAsciiLetterOrDigit(c) || ".!#$%&'*+-/=?^_`{|}~".Contains(c, StringComparison.Ordinal));

    private static bool IsDomain(string answer)
    {
        var labels = answer.Split('.');
        var top = labels[^1];
        return answer.Length <= 253
            && labels.Length >= 2
            && labels.All(IsLabel)
            && top.Length >= 2
            && (top.All(char.IsAsciiLetter) || top.StartsWith("xn--", StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-' && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
