using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Paco.Binding;

/// <summary>A constraint on text: what it asks for in words, and the test. A <paramref name="Open"/> one only warns.</summary>
public sealed record Check(string Words, Func<string, bool> Holds, bool Open = false)
{
    /// <summary>Words that can be suggested for a misspelt one; empty where there is no list.</summary>
    public IReadOnlyList<string> Vocabulary { get; init; } = [];

    /// <summary>One of the words, exactly.</summary>
    public static Check OneOf(params string[] words) =>
        new($"one of {string.Join(", ", words)}", words.Contains) { Vocabulary = words };

    /// <summary>One of the words this version knows; others pass with a warning.</summary>
    public static Check Known(string what, params string[] words) =>
        new($"a known {what}", words.Contains, Open: true) { Vocabulary = words };

    public static Check Length(int min, int max) =>
        new($"{min} to {max} characters", text => text.Length >= min && text.Length <= max);

    /// <summary>A pattern that is not written by the user, so it needs no time limit.</summary>
    public static Check Pattern(string words, Regex pattern) => new(words, pattern.IsMatch);

    public static readonly Check Digits = new("digits only", text => text.Length > 0 && text.All(char.IsAsciiDigit));

    public static readonly Check AccountId = new("an AWS account id of 12 digits", text => text.Length == 12 && text.All(char.IsAsciiDigit));

    public static readonly Check Email = new("an e-mail address", text =>
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at == text.LastIndexOf('@') && text.IndexOf('.', at) > at + 1 && !text.EndsWith('.') && !text.Any(char.IsWhiteSpace);
    });

    /// <summary>IPv4 network in CIDR form, host bits allowed as AWS allows them in rules.</summary>
    public static readonly Check Cidr4 = new("an IPv4 range such as 10.0.0.0/16", text => TryCidr4(text, out _, out _));

    public static readonly Check Cidr6 = new("an IPv6 range such as 2001:db8::/32", text =>
        text.Split('/') is [var address, var bits]
        && IPAddress.TryParse(address, out var ip) && ip.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
        && int.TryParse(bits, NumberStyles.None, null, out var n) && n <= 128);

    /// <summary><c>all</c>, or an availability zone's number.</summary>
    public static readonly Check Zone = new("\"all\" or the number of an availability zone", text =>
        text == "all" || (int.TryParse(text, NumberStyles.None, null, out var n) && n is >= 0 and <= 10));

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
}
