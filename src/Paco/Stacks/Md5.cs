using System.Buffers.Binary;
using System.Numerics;

namespace Paco.Stacks;

/// <summary>
/// MD5 as RFC 1321 has it, for names that deployed stacks hold. The framework's own takes a library of the system's, whose loading costs
/// more than all names of a project.
/// </summary>
internal static class Md5
{
    private const int Block = HashBlocks.Length;

    private static readonly int[] Turns = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];

    // The whole part of 2^32 * |sin i|.
    private static readonly uint[] Sines = [.. Enumerable.Range(1, Block).Select(i => (uint)(long)(4294967296 * Math.Abs(Math.Sin(i))))];

    public static byte[] Of(ReadOnlySpan<byte> text) =>
        HashBlocks.Of(text, [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476], Mix, isBigEndian: false);

    private static void Mix(uint[] state, ReadOnlySpan<byte> block)
    {
        Span<uint> words = stackalloc uint[16];
        for (var i = 0; i < words.Length; i++)
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(block[(4 * i)..]);
        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        for (var i = 0; i < 16; i++)
            (a, d, c, b) = (d, c, b, b + Turned(a + (d ^ (b & (c ^ d))) + words[i], i));
        for (var i = 16; i < 32; i++)
            (a, d, c, b) = (d, c, b, b + Turned(a + (c ^ (d & (b ^ c))) + words[(5 * i + 1) & 15], i));
        for (var i = 32; i < 48; i++)
            (a, d, c, b) = (d, c, b, b + Turned(a + (b ^ c ^ d) + words[(3 * i + 5) & 15], i));
        for (var i = 48; i < Block; i++)
            (a, d, c, b) = (d, c, b, b + Turned(a + (c ^ (b | ~d)) + words[(7 * i) & 15], i));
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
    }

    private static uint Turned(uint sum, int round) => BitOperations.RotateLeft(sum + Sines[round], Turns[4 * (round / 16) + round % 4]);
}
