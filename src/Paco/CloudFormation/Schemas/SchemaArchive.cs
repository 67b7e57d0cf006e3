using System.Collections.Concurrent;
using System.IO.Compression;

namespace Paco.CloudFormation.Schemas;

/// <summary>
/// The packed schemas, an embedded resource made by <c>eng/refresh-schemas</c>. Neighbouring types share a Brotli block of
/// some 64 KiB, so that opening reads an index of names only and a type costs one block.
/// </summary>
/// <remarks>
/// Layout, as <see cref="BinaryWriter"/> writes it: the word <c>PacoSchemas1</c>; the number of blocks and, for each, its packed
/// and its unpacked length; the number of types and, for each in ordinal order, its name, block, offset and length; the blocks.
/// </remarks>
internal sealed class SchemaArchive
{
    private const string Magic = "PacoSchemas1";

    private readonly Func<Stream> open;
    private readonly (long Start, int Packed, int Unpacked)[] blocks;
    private readonly Dictionary<string, (int Block, int Offset, int Length)> index;
    private readonly ConcurrentDictionary<int, byte[]> unpacked = new();

    /// <summary>Reads the index. Every block is later read from a stream of its own, which makes the archive thread-safe.</summary>
    public SchemaArchive(Func<Stream> open)
    {
        this.open = open;
        using var reader = new BinaryReader(open());
        if (reader.ReadString() != Magic)
        {
            throw new InvalidDataException("The packed resource schemas are of an unknown format; run eng/refresh-schemas.");
        }

        blocks = new (long, int, int)[reader.Read7BitEncodedInt()];
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = (0, reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
        }

        index = ReadIndex(reader);
        PlaceBlocks(reader.BaseStream.Position);
    }

    public static SchemaArchive Embedded() => new(() =>
        typeof(SchemaArchive).Assembly.GetManifestResourceStream("Paco.ResourceSchemas")
        ?? throw new InvalidOperationException("The assembly carries no resource schemas."));

    public IReadOnlyCollection<string> TypeNames => index.Keys;

    /// <summary>The schema's UTF-8 JSON, or null for a type the archive does not hold.</summary>
    public ReadOnlyMemory<byte>? Find(string typeName)
    {
        // Not a conditional expression: its null would become an empty memory.
        if (!index.TryGetValue(typeName, out var place))
        {
            return null;
        }

        return unpacked.GetOrAdd(place.Block, Unpack).AsMemory(place.Offset, place.Length);
    }

    private static Dictionary<string, (int Block, int Offset, int Length)> ReadIndex(BinaryReader reader)
    {
        var count = reader.Read7BitEncodedInt();
        var index = new Dictionary<string, (int, int, int)>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var name = reader.ReadString();
            index.Add(name, (reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt()));
        }

        return index;
    }

    private void PlaceBlocks(long start)
    {
        foreach (ref var block in blocks.AsSpan())
        {
            block.Start = start;
            start += block.Packed;
        }
    }

    private byte[] Unpack(int number)
    {
        var (start, packed, length) = blocks[number];
        using var stream = open();
        stream.Position = start;
        var source = new byte[packed];
        stream.ReadExactly(source);
        var target = new byte[length];
        return BrotliDecoder.TryDecompress(source, target, out var written) && written == length
            ? target
            : throw new InvalidDataException("The packed resource schemas are damaged.");
    }
}
