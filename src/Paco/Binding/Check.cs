using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Paco.Binding;

/// <summary>
/// A constraint on text: what it asks for in words, and the test. Where the test is a form or a vocabulary it is made of that
/// data, so that editors can be told the same. Objects make theirs as they are read, thousands of times: words and expressions are only
/// made of it when somebody asks.
/// </summary>
public abstract partial class Check
{
    private protected Check(bool open) => Open = open;

    /// <summary>What it asks for: <c>1 to 128 characters</c>, <c>one of HTTP, HTTPS</c>.</summary>
    public abstract string Words { get; }

    /// <summary>It only warns.</summary>
    public bool Open { get; }

    /// <summary>
    /// The words it takes: all of them where it is neither open nor has a form. They are suggested for misspelt ones. Empty where there
    /// is no list.
    /// </summary>
    public IReadOnlyList<string> Vocabulary { get; private init; } = [];

    /// <summary>The regular expression that texts match, as JSON Schema knows them; null where the test is more than a form.</summary>
    public virtual string? Form => null;

    public virtual int? MinLength => null;

    public virtual int? MaxLength => null;

    public abstract bool Holds(string text);

    /// <summary>Any test.</summary>
    /// <param name="words">What it asks for.</param>
    public static Check Of(string words, Func<string, bool> holds, bool open = false) => new Test(words, holds, open);

    /// <summary>One of the words, exactly.</summary>
    public static Check OneOf(params string[] words) => new Listed(null, open: false) { Vocabulary = words };

    /// <summary>One of the words this version knows; others pass with a warning.</summary>
    public static Check Known(string what, params string[] words) => new Listed($"a known {what}", open: true) { Vocabulary = words };

    /// <summary>One of the words, which the message does not list.</summary>
    public static Check Among(string what, params string[] words) => new Listed(what, open: false) { Vocabulary = words };

    public static Check Length(int min, int max) => new Between(min, max);

    /// <summary>
    /// A pattern that is not written by the user, so it needs no time limit. Its <c>$</c> is the very end, as in JSON Schema.
    /// </summary>
    public static Check Pattern(string words, Regex pattern, bool open = false) => new Formed(words,
        pattern.Options.HasFlag(RegexOptions.IgnoreCase) ? null : pattern.ToString(), pattern, open);

    /// <summary>The same from the pattern's text, for forms that are asked for seldom.</summary>
    /// <param name="vocabulary">Words that it takes among others, to suggest for misspelt ones.</param>
    public static Check Matching(string words, [StringSyntax(StringSyntaxAttribute.Regex)] string form,
        IReadOnlyList<string>? vocabulary = null) => new Formed(words, form, null, open: false) { Vocabulary = vocabulary ?? [] };

    public static readonly Check Digits = Pattern("digits only", DigitsForm());

    public static readonly Check AccountId = Pattern("an AWS account id of 12 digits", AccountIdForm());

    public static readonly Check Email = Pattern("an e-mail address", EmailForm());

    /// <summary>IPv4 network in CIDR form, host bits allowed as AWS allows them in rules.</summary>
    public static readonly Check Cidr4 = Pattern("an IPv4 range such as 10.0.0.0/16", Cidr4Form());

    public static readonly Check Cidr6 = Of("an IPv6 range such as 2001:db8::/32", text =>
        text.Split('/') is [var address, var bits]
        && IPAddress.TryParse(address, out var ip) && ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
        && int.TryParse(bits, NumberStyles.None, null, out var n) && n <= 128);

    /// <summary><c>all</c>, or an availability zone's number.</summary>
    public static readonly Check Zone = Pattern("\"all\" or the number of an availability zone", ZoneForm());

    /// <summary>The same, and nothing at all.</summary>
    public Check OrBlank() => new Blank(this) { Vocabulary = Vocabulary };

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

    private sealed class Test(string words, Func<string, bool> holds, bool open) : Check(open)
    {
        public override string Words => words;

        public override bool Holds(string text) => holds(text);
    }

    private sealed class Listed(string? what, bool open) : Check(open)
    {
        public override string Words => what ?? $"one of {string.Join(", ", Vocabulary)}";

        public override bool Holds(string text) => Vocabulary.Contains(text);
    }

    private sealed class Between(int min, int max) : Check(open: false)
    {
        public override string Words => $"{min} to {max} characters";

        public override int? MinLength => min;

        public override int? MaxLength => max;

        public override bool Holds(string text) => text.Length >= min && text.Length <= max;
    }

    private sealed class Formed(string words, string? form, Regex? pattern, bool open) : Check(open)
    {
        private static readonly ConcurrentDictionary<string, Regex> Made = new(StringComparer.Ordinal);

        public override string Words => words;

        public override string? Form => form;

        public override bool Holds(string text) => !text.EndsWith('\n')
            && (pattern ?? Made.GetOrAdd(form!, known => new Regex(known, RegexOptions.CultureInvariant))).IsMatch(text);
    }

    private sealed class Blank(Check other) : Check(other.Open)
    {
        public override string Words => other.Words;

        public override string? Form => other.Form is { } form ? $"^$|{form}" : null;

        public override int? MinLength => other.MinLength is null ? null : 0;

        public override int? MaxLength => other.MaxLength;

        public override bool Holds(string text) => text.Length == 0 || other.Holds(text);
    }
}
