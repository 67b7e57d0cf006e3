using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Paco.Binding;

/// <summary>
/// A constraint on text: what it asks for in words, and the test. Where the test is a form or a vocabulary it is made of that
/// data, so that editors can be told the same. A <paramref name="Open"/> one only warns.
/// </summary>
public sealed partial record Check(string Words, Func<string, bool> Holds, bool Open = false)
{
    /// <summary>
    /// The words it takes: all of them where it is neither open nor has a form. They are suggested for misspelt ones. Empty where there
    /// is no list.
    /// </summary>
    public IReadOnlyList<string> Vocabulary { get; init; } = [];

    /// <summary>The regular expression that texts match, as JSON Schema knows them; null where the test is more than a form.</summary>
    public string? Form { get; private init; }

    public int? MinLength { get; private init; }

    public int? MaxLength { get; private init; }

    /// <summary>One of the words, exactly.</summary>
    public static Check OneOf(params string[] words) => Listed($"one of {string.Join(", ", words)}", words);

    /// <summary>One of the words this version knows; others pass with a warning.</summary>
    public static Check Known(string what, params string[] words) => Listed($"a known {what}", words, open: true);

    /// <summary>One of the words, which the message does not list.</summary>
    public static Check Among(string what, params string[] words) => Listed(what, words);

    public static Check Length(int min, int max) =>
        new($"{min} to {max} characters", text => text.Length >= min && text.Length <= max) { MinLength = min, MaxLength = max };

    /// <summary>
    /// A pattern that is not written by the user, so it needs no time limit. Its <c>$</c> is the very end, as in JSON Schema.
    /// </summary>
    public static Check Pattern(string words, Regex pattern, bool open = false) =>
        new(words, text => !text.EndsWith('\n') && pattern.IsMatch(text), open)
        {
            Form = pattern.Options.HasFlag(RegexOptions.IgnoreCase) ? null : pattern.ToString(),
        };

    /// <summary>The same from the pattern's text, for forms that are asked for seldom.</summary>
    public static Check Matching(string words, [StringSyntax(StringSyntaxAttribute.Regex)] string form)
    {
        var pattern = new Lazy<Regex>(() => new Regex(form, RegexOptions.CultureInvariant));
        return new(words, text => !text.EndsWith('\n') && pattern.Value.IsMatch(text)) { Form = form };
    }

    public static readonly Check Digits = Pattern("digits only", DigitsForm());

    public static readonly Check AccountId = Pattern("an AWS account id of 12 digits", AccountIdForm());

    public static readonly Check Email = Pattern("an e-mail address", EmailForm());

    /// <summary>IPv4 network in CIDR form, host bits allowed as AWS allows them in rules.</summary>
    public static readonly Check Cidr4 = Pattern("an IPv4 range such as 10.0.0.0/16", Cidr4Form());

    public static readonly Check Cidr6 = new("an IPv6 range such as 2001:db8::/32", text =>
        text.Split('/') is [var address, var bits]
        && IPAddress.TryParse(address, out var ip) && ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
        && int.TryParse(bits, NumberStyles.None, null, out var n) && n <= 128);

    /// <summary><c>all</c>, or an availability zone's number.</summary>
    public static readonly Check Zone = Pattern("\"all\" or the number of an availability zone", ZoneForm());

    /// <summary>The same, and nothing at all.</summary>
    public Check OrBlank() => new(Words, text => text.Length == 0 || Holds(text), Open)
    {
        Vocabulary = Vocabulary, Form = Form is null ? null : $"^$|{Form}", MinLength = MinLength is null ? null : 0, MaxLength = MaxLength,
    };

    /// <summary>The network's first address and prefix length of an IPv4 range.</summary>
    public static bool TryCidr4(string text, out uint address, out int bits)
    {
        (address, bits) = (0, 0);
        if (text.Split('/') is not [var ip, var length] || ip.Split('.') is not { Length: 4 } parts)
            return false;
        foreach (var part in parts)
        {
            if (!byte.TryParse(part, NumberStyles.None, null, out var value))
                return false;
            address = address << 8 | value;
        }
        return int.TryParse(length, NumberStyles.None, null, out bits) && bits <= 32;
    }

    private static Check Listed(string what, string[] words, bool open = false) => new(what, words.Contains, open) { Vocabulary = words };

    [GeneratedRegex("^[0-9]+$")]
    private static partial Regex DigitsForm();

    [GeneratedRegex("^[0-9]{12}$")]
    private static partial Regex AccountIdForm();

    // Something, one @, and behind it a dot that neither begins nor ends what stands there.
    [GeneratedRegex(@"^[^@\s]+@[^@\s.][^@\s]*\.[^@\s]*[^@\s.]$")]
    private static partial Regex EmailForm();

    [GeneratedRegex(@"^(0*(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})\.){3}0*(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})/0*(3[0-2]|[12]?[0-9])$")]
    private static partial Regex Cidr4Form();

    [GeneratedRegex("^(all|0*(10|[0-9]))$")]
    private static partial Regex ZoneForm();
}
