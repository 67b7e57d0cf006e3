using System.Buffers;
using System.Text;

namespace Paco.Stacks;

/// <summary>How names are made. Deployed stacks are found by them, so every rule is the original's to the letter.</summary>
public static class Names
{
    private static readonly SearchValues<char> LettersAndDigits =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");

    /// <summary>A stack's name: parts joined with <c>-</c>, every other character <c>-</c> too.</summary>
    public static string Stack(params IEnumerable<string> parts) =>
        Dashed(string.Join('-', parts.Where(p => p.Length > 0)), "");

    /// <summary>A logical id: letters and digits only, case kept (<c>ec2_az1</c> is <c>ec2az1</c>).</summary>
    public static string LogicalId(string name) =>
        name.AsSpan().ContainsAnyExcept(LettersAndDigits) ? string.Concat(name.Where(char.IsAsciiLetterOrDigit)) : name;

    /// <summary>
    /// A logical id with the first letter of every part upper-cased (<c>web-instance_iam_role</c> is <c>WebInstanceIamRole</c>).
    /// </summary>
    public static string Camel(params IEnumerable<string> parts)
    {
        var id = new StringBuilder();
        foreach (var part in parts)
        {
            var upper = true;
            foreach (var c in part)
            {
                if (char.IsAsciiLetterOrDigit(c))
                    id.Append(upper ? char.ToUpperInvariant(c) : c);
                upper = !char.IsAsciiLetterOrDigit(c);
            }
        }
        return id.ToString();
    }

    /// <summary>
    /// A physical name: first letters upper-cased, parts joined, other characters than letters, digits and <paramref name="keep"/> become
    /// <c>-</c>.
    /// </summary>
    public static string Physical(string separator, string keep, params IEnumerable<string> parts) =>
        Dashed(string.Join(separator, parts.Where(p => p.Length > 0).Select(UpperFirst)), keep);

    public static string UpperFirst(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>Lower-case hexadecimal MD5 of a text: part of many parameter names.</summary>
    public static string Md5(string text) => Convert.ToHexStringLower(Stacks.Md5.Of(Encoding.UTF8.GetBytes(text)));

    /// <summary>The first eight upper-case digits of <see cref="Md5"/>.</summary>
    public static string ShortHash(string text) => Md5(text)[..8].ToUpperInvariant();

    private static string Dashed(string text, string keep) =>
        string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || keep.Contains(c, StringComparison.Ordinal) ? c : '-'));
}
