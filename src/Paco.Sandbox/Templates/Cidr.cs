using System.Net;
using System.Numerics;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Templates;

/// <summary>Fn::Cidr: a block cut into equal ones.</summary>
internal static class Cidr
{
    /// <param name="block">IPv4 or IPv6, <c>10.0.0.0/16</c>.</param>
    /// <param name="count">1 to 256 blocks.</param>
    /// <param name="bits">Host bits of each block; without it those that fit the count.</param>
    public static IEnumerable<string> Split(string block, int count, int? bits)
    {
        if (!IPNetwork.TryParse(block, out var network) || count is < 1 or > 256)
        {
            throw AwsError.Validation($"Template error: Fn::Cidr cannot cut {block} into {count} blocks");
        }

        var bytes = network.BaseAddress.GetAddressBytes();
        var width = bytes.Length * 8;
        var prefix = bits is { } host ? width - host : network.PrefixLength + (int)Math.Ceiling(Math.Log2(count));
        if (prefix < network.PrefixLength || prefix > width || BigInteger.Pow(2, prefix - network.PrefixLength) < count)
        {
            throw AwsError.Validation($"Template error: Fn::Cidr cannot cut {count} blocks of {bits} bits out of {block}");
        }

        var start = new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
        var step = BigInteger.Pow(2, width - prefix);
        return Enumerable.Range(0, count).Select(i => $"{Address(start + (step * i), bytes.Length)}/{prefix}");
    }

    private static IPAddress Address(BigInteger value, int length)
    {
        var bytes = value.ToByteArray(isUnsigned: true, isBigEndian: true);
        var full = new byte[length];
        bytes.CopyTo(full, length - bytes.Length);
        return new IPAddress(full);
    }
}
