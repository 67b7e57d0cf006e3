using System.Buffers.Binary;

namespace Paco.Resources.LaunchBundles;

/// <summary>
/// A gzip file (RFC 1952) whose contents are stored as they are. What a compressor makes differs between machines and versions of the
/// runtime; the digest of an archive stands in user data, where a difference would replace every instance.
/// </summary>
internal static class StoredGzip
{
    private const int BlockBytes = ushort.MaxValue;
    private const int BlockHeadBytes = 5;
    private const int TrailerBytes = 8;

    private static readonly uint[] OfByte = [.. Enumerable.Range(0, 256).Select(value => Remainder((uint)value))];

    // Deflate, no flags, no time, no hint, made by an unknown system.
    private static ReadOnlySpan<byte> Header => [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

    public static byte[] Of(ReadOnlySpan<byte> contents)
    {
        var blocks = Math.Max(1, (contents.Length + BlockBytes - 1) / BlockBytes);
        var file = new byte[Header.Length + (blocks * BlockHeadBytes) + contents.Length + TrailerBytes];
        var rest = file.AsSpan();
        Header.CopyTo(Next(ref rest, Header.Length));
        for (var block = 0; block < blocks; block++)
            WriteBlock(ref rest, contents[(block * BlockBytes)..Math.Min((block + 1) * BlockBytes, contents.Length)], block == blocks - 1);
        BinaryPrimitives.WriteUInt32LittleEndian(rest, Crc32(contents));
        BinaryPrimitives.WriteUInt32LittleEndian(rest[4..], (uint)contents.Length);
        return file;
    }

    private static void WriteBlock(ref Span<byte> rest, ReadOnlySpan<byte> block, bool isLast)
    {
        var head = Next(ref rest, BlockHeadBytes);
        head[0] = isLast ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt16LittleEndian(head[1..], (ushort)block.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(head[3..], (ushort)~block.Length);
        block.CopyTo(Next(ref rest, block.Length));
    }

    private static Span<byte> Next(ref Span<byte> rest, int count)
    {
        var next = rest[..count];
        rest = rest[count..];
        return next;
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
            crc = (crc >> 8) ^ OfByte[(byte)(crc ^ b)];
        return ~crc;
    }

    private static uint Remainder(uint value)
    {
        for (var bit = 0; bit < 8; bit++)
            value = (value >> 1) ^ (0xEDB88320 & (0 - (value & 1)));
        return value;
    }
}
