using System.IO.Compression;
using System.Text.Json;

namespace Paco.CloudFormation;

/// <summary>
/// Texts by name, an embedded resource that <c>eng/refresh</c> packs. Neighbours share a Brotli block of some 64 KiB, so that opening reads
/// an index of names only and a text costs one block.
/// </summary>
/// <remarks>
/// Layout, as <see cref="BinaryWriter"/> writes it: a word that tells what it holds; the number of blocks and, for each, its packed
/// and its unpacked length; the number of texts and, for each in ordinal order, its name, block, offset and length; the blocks.
/// </remarks>
internal sealed class BlockArchive
{
    private readonly string _what;
    private readonly Func<Stream> _open;
    private readonly long _start;
    private readonly Block[] _blocks;
    private readonly Dictionary<string, Entry> _index;

    /// <summary>Reads the index. Every block is later read from a stream of its own, which makes the archive thread-safe.</summary>
    /// <param name="word">What it must begin with: <c>PacoSchemas1</c>.</param>
    /// <param name="what">What it holds, for whoever reads that it is damaged: <c>resource schemas</c>.</param>
    public BlockArchive(string word, string what, Func<Stream> open)
    {
        _what = what;
        _open = open;
        using var reader = new BinaryReader(open());
        (_blocks, _index) = Whole(() => reader.ReadString() == word
            ? (ReadBlocks(reader), ReadIndex(reader))
            : throw new FormatException());
        _start = reader.BaseStream.Position;
    }

    /// <summary>The archive that is embedded in this library under a name.</summary>
    public static BlockArchive Embedded(string name, string word, string what) => new(word, what, () =>
        typeof(BlockArchive).Assembly.GetManifestResourceStream(name)
        ?? throw new InvalidOperationException($"The assembly carries no {what}."));

    public IReadOnlyCollection<string> Names => _index.Keys;

    /// <summary>The UTF-8 text of a name, or null for one the archive does not hold.</summary>
    public ReadOnlyMemory<byte>? Find(string name)
    {
        // Not a conditional expression: its null would become an empty memory.
        if (!_index.TryGetValue(name, out var place))
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
    public T Whole<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or FormatException or ArgumentException or OverflowException or OutOfMemoryException
            or IndexOutOfRangeException or JsonException)
        {
            throw new InvalidDataException($"the {_what} that are packed into this program are damaged", e);
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
