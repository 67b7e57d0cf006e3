using System.IO.Compression;
using System.Text.Json;

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

    private readonly Func<Stream> _open;
    private readonly long _start;
    private readonly Block[] _blocks;
    private readonly Dictionary<string, Entry> _index;

    /// <summary>Reads the index. Every block is later read from a stream of its own, which makes the archive thread-safe.</summary>
    public SchemaArchive(Func<Stream> open)
    {
        _open = open;
        using var reader = new BinaryReader(open());
        (_blocks, _index) = Whole(() => reader.ReadString() == Magic
            ? (ReadBlocks(reader), ReadIndex(reader))
            : throw new FormatException());
        _start = reader.BaseStream.Position;
    }

    public static SchemaArchive Embedded() => new(() =>
        typeof(SchemaArchive).Assembly.GetManifestResourceStream("Paco.ResourceSchemas")
        ?? throw new InvalidOperationException("The assembly carries no resource schemas."));

    public IReadOnlyCollection<string> TypeNames => _index.Keys;

    /// <summary>The schema's UTF-8 JSON, or null for a type the archive does not hold.</summary>
    public ReadOnlyMemory<byte>? Find(string typeName)
    {
        // Not a conditional expression: its null would become an empty memory.
        if (!_index.TryGetValue(typeName, out var place))
        {
            return null;
        }

        // Two threads may unpack the same block; either result will do.
        return Whole(() =>
        {
            var block = _blocks[place.Block];
            var bytes = block.Unpacked ??= Unpack(block);
            return bytes.AsMemory(place.Offset, place.Length);
        });
    }

    /// <summary>Reads a part of the archive. Whatever that trips over, the archive is not what was packed.</summary>
    public static T Whole<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException or OverflowException or OutOfMemoryException
            or IndexOutOfRangeException or JsonException)
        {
            throw new InvalidDataException("the resource schemas that are packed into this program are damaged", e);
        }
    }

    private static Block[] ReadBlocks(BinaryReader reader)
    {
        var blocks = new Block[reader.Read7BitEncodedInt()];
        var offset = 0;
        for (var i = 0; i < blocks.Length; i++)
        {
            blocks[i] = new Block(offset, reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
            offset += blocks[i].Packed;
        }

        return blocks;
    }

    private static Dictionary<string, Entry> ReadIndex(BinaryReader reader)
    {
        var count = reader.Read7BitEncodedInt();
        var index = new Dictionary<string, Entry>(count, StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var name = reader.ReadString();
            index.Add(name, new Entry(reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt()));
        }

        return index;
    }

    private byte[] Unpack(Block block)
    {
        using var stream = _open();
        stream.Position = _start + block.Offset;
        var source = new byte[block.Packed];
        stream.ReadExactly(source);
        var target = new byte[block.Length];
        return BrotliDecoder.TryDecompress(source, target, out var written) && written == block.Length
            ? target
            : throw new FormatException();
    }

    // Classes, not tuples: collections of structs are compiled when a command starts, those of classes were before.
    private sealed record Entry(int Block, int Offset, int Length);

    private sealed class Block(int offset, int packed, int length)
    {
        private volatile byte[]? _unpacked;

        public int Offset => offset;

        public int Packed => packed;

        public int Length => length;

        public byte[]? Unpacked
        {
            get => _unpacked;
            set => _unpacked = value;
        }
    }
}
