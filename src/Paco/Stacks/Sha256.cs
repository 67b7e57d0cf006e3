using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Paco.Stacks;

/// <summary>
/// SHA-256 as FIPS 180-4 has it, for names that say what is in a file. The framework's own takes a library of the system's, whose loading
/// costs more than all files of a project; what signs and encrypts goes on using that one.
/// </summary>
internal static class Sha256
{
    private const int Block = HashBlocks.Length;

    private static readonly int[] Primes = [.. Enumerable.Range(2, 310).Where(n => Enumerable.Range(2, n - 2).All(d => n % d != 0))];

    // The first 32 bits behind the point: of the primes' cube roots, and of the square roots of the first eight.
    private static readonly uint[] Keys = [.. Primes.Select(p => Fraction(Math.Cbrt(p)))];

    private static readonly uint[] Start = [.. Primes.Take(8).Select(p => Fraction(Math.Sqrt(p)))];

    public static byte[] Of(ReadOnlySpan<byte> text) => HashBlocks.Of(text, [.. Start], Mix, isBigEndian: true);

    private static void Mix(uint[] state, ReadOnlySpan<byte> block)
    {
        Span<uint> words = stackalloc uint[Block];
        Spread(block, words);
        var (a, b, c, d, e, f, g, h) = (state[0], state[1], state[2], state[3], state[4], state[5], state[6], state[7]);
        // Every round gives each word its neighbour's name; eight of them written out move none.
        for (var i = 0; i < Block; i += 8)
        {
            Round(a, b, c, ref d, e, f, g, ref h, words[i]);
            Round(h, a, b, ref c, d, e, f, ref g, words[i + 1]);
            Round(g, h, a, ref b, c, d, e, ref f, words[i + 2]);
            Round(f, g, h, ref a, b, c, d, ref e, words[i + 3]);
            Round(e, f, g, ref h, a, b, c, ref d, words[i + 4]);
            Round(d, e, f, ref g, h, a, b, ref c, words[i + 5]);
            Round(c, d, e, ref f, g, h, a, ref b, words[i + 6]);
            Round(b, c, d, ref e, f, g, h, ref a, words[i + 7]);
        }

        ReadOnlySpan<uint> mixed = [a, b, c, d, e, f, g, h];
        for (var i = 0; i < mixed.Length; i++)
            state[i] += mixed[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(uint a, uint b, uint c, ref uint d, uint e, uint f, uint g, ref uint h, uint word)
    {
        var one = h + (Turned(e, 6) ^ Turned(e, 11) ^ Turned(e, 25)) + (g ^ (e & (f ^ g))) + word;
        d += one;
        h = one + (Turned(a, 2) ^ Turned(a, 13) ^ Turned(a, 22)) + ((a & b) | (c & (a | b)));
    }

    // The words of a block and what follows from them, with the keys added.
    private static void Spread(ReadOnlySpan<byte> block, Span<uint> words)
    {
        for (var i = 0; i < 16; i++)
            words[i] = BinaryPrimitives.ReadUInt32BigEndian(block[(4 * i)..]);
        // Of a part that is 16 long no place is checked.
        for (var i = 16; i < Block; i++)
        {
            var past = words.Slice(i - 16, 16);
            var (near, far) = (past[14], past[1]);
            words[i] = past[0] + (Turned(far, 7) ^ Turned(far, 18) ^ (far >> 3))
                + past[9] + (Turned(near, 17) ^ Turned(near, 19) ^ (near >> 10));
        }

        var keys = Keys.AsSpan(0, words.Length);
        for (var i = 0; i < words.Length; i++)
            words[i] += keys[i];
    }

    private static uint Turned(uint word, int bits) => BitOperations.RotateRight(word, bits);

    private static uint Fraction(double root) => (uint)((root - Math.Floor(root)) * 4294967296);
}
