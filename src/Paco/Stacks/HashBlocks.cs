using System.Buffers.Binary;

namespace Paco.Stacks;

/// <summary>
/// What MD5 and SHA-256 have in common: a text is mixed into a state block by block, and behind it come a one, zeros, and its length in
/// bits in the last eight bytes of one block or two.
/// </summary>
internal static class HashBlocks
{
    public const int Length = 64;

    public delegate void Mixing(uint[] state, ReadOnlySpan<byte> block);

    /// <summary>The state that a text leaves, as bytes.</summary>
    public static byte[] Of(ReadOnlySpan<byte> text, uint[] state, Mixing mix, bool isBigEndian)
    {
        var whole = text.Length / Length * Length;
        Mix(state, text[..whole], mix);
        var rest = text[whole..];
        Span<byte> last = stackalloc byte[rest.Length < Length - sizeof(long) ? Length : 2 * Length];
        last.Clear();
        rest.CopyTo(last);
        last[rest.Length] = 0x80;
        Write(last[^sizeof(long)..], 8L * text.Length, isBigEndian);
        Mix(state, last, mix);
        var digest = new byte[sizeof(uint) * state.Length];
        for (var i = 0; i < state.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(digest.AsSpan(sizeof(uint) * i), isBigEndian ? Turned(state[i]) : state[i]);
        return digest;
    }

    private static void Mix(uint[] state, ReadOnlySpan<byte> blocks, Mixing mix)
    {
        for (var at = 0; at < blocks.Length; at += Length)
            mix(state, blocks.Slice(at, Length));
    }

    private static void Write(Span<byte> place, long bits, bool isBigEndian)
    {
        if (isBigEndian)
            BinaryPrimitives.WriteInt64BigEndian(place, bits);
        else
            BinaryPrimitives.WriteInt64LittleEndian(place, bits);
    }

    private static uint Turned(uint word) => BinaryPrimitives.ReverseEndianness(word);
}
