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
        var (a, b, c, d) = (state[0], state[1], state[2], state[3]);
        for (var i = 0; i < Block; i++)
        {
            var (mixed, word) = (i / 16) switch
            {
                0 => ((b & c) | (~b & d), i),
                1 => ((d & b) | (~d & c), 5 * i + 1),
                2 => (b ^ c ^ d, 3 * i + 5),
                _ => (c ^ (b | ~d), 7 * i),
            };
            var sum = a + mixed + Sines[i] + BinaryPrimitives.ReadUInt32LittleEndian(block[(4 * (word % 16))..]);
            (a, d, c, b) = (d, c, b, b + BitOperations.RotateLeft(sum, Turns[4 * (i / 16) + i % 4]));
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
    }
}
