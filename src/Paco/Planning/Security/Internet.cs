using System.Globalization;

namespace Paco.Planning.Security;

/// <summary>Whether a block of addresses is the whole internet, or so much of it that it makes no difference.</summary>
internal static class Internet
{
    // The largest private blocks are 10.0.0.0/8 and fc00::/7: what is larger holds public addresses, and very many.
    private const int LargestPrivate4 = 8;
    private const int LargestPrivate6 = 7;

    public static bool Is(string block) =>
        block.LastIndexOf('/') is > 0 and var slash
        && int.TryParse(block.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
        && System.Net.IPAddress.TryParse(block.AsSpan(0, slash), out var address)
        && bits < (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? LargestPrivate6 : LargestPrivate4);
}
