using System.Text.RegularExpressions;

namespace Paco.Diagnostics;

/// <summary>
/// Lines that look as if they held a secret, whether or not anybody has read them as one: a field that is misspelt, of the wrong form or
/// in a text that is no YAML is one that nobody knows. Source: how passwords, tokens and keys are called.
/// </summary>
internal static partial class SecretLines
{
    /// <summary>True for a line (from 0) that shows such a value, or a part of one that goes on over lines.</summary>
    public static bool Hold(string[] lines, int at) => Shows().IsMatch(lines[at]) || IsBelow(lines, at);

    // A block of text, a list or a map under such a name: everything that stands further in.
    private static bool IsBelow(string[] lines, int at)
    {
        var depth = Depth(lines[at]);
        for (var above = at - 1; above >= 0 && depth > 0; above--)
        {
            if (lines[above].Trim().Length == 0 || Depth(lines[above]) >= depth)
                continue;
            depth = Depth(lines[above]);
            if (Begins().IsMatch(lines[above]) && !lines[at].Contains("paco.ref", StringComparison.Ordinal))
                return true;
        }
        return false;
    }

    private static int Depth(string line) => line.Length - line.TrimStart(' ', '-').Length;

    // A number, a flag or a reference is no secret.
    [GeneratedRegex(Name + @"[\s""']*:\s+(?!\d+\s*$|true\s*$|false\s*$|['""]?paco\.ref |[|>][-+0-9]*\s*$|\s*$|#)", RegexOptions.IgnoreCase)]
    private static partial Regex Shows();

    [GeneratedRegex(Name + @"[\s""']*:\s*([|>][-+0-9]*\s*)?$", RegexOptions.IgnoreCase)]
    private static partial Regex Begins();

    private const string Name = @"(pass|pas?w|pwd|token|private_?key|access_?key|api_?key|credential)[\w-]*";
}
