using System.Buffers.Binary;

namespace Paco.Resources.LaunchBundles;

/// <summary>
/// A gzip file (RFC 1952) whose contents are stored as they are. What a compressor makes differs between machines and versions of the
/// runtime; the digest of an archive stands in user data, where a difference would replace every instance.
/// </summary>
internal static class StoredGzip
{
    private const int BlockBytes = ushort.MaxValue;

    private static readonly uint[] OfByte = [.. Enumerable.Range(0, 256).Select(value => Remainder((uint)value))];

    // Deflate, no flags, no time, no hint, made by an unknown system.
    private static ReadOnlySpan<byte> Header => [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

    public static byte[] Of(ReadOnlySpan<byte> contents)
    {
        using var file = new MemoryStream(contents.Length + 64);
        file.Write(Header);
        for (var at = 0; at < contents.Length || at == 0; at += BlockBytes)
            WriteBlock(file, contents[at..Math.Min(at + BlockBytes, contents.Length)], isLast: at + BlockBytes >= contents.Length);
        Span<byte> trailer = stackalloc byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, Crc32(contents));
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], (uint)contents.Length);
        file.Write(trailer);
        return file.ToArray();
    }

    private static void WriteBlock(MemoryStream file, ReadOnlySpan<byte> block, bool isLast)
    {
        Span<byte> head = stackalloc byte[5];
        head[0] = isLast ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt16LittleEndian(head[1..], (ushort)block.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(head[3..], (ushort)~block.Length);
        file.Write(head);
        file.Write(block);
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
