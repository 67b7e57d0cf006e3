// Packs resource schemas (JSON lines, gzip) into the format that SchemaArchive reads and describes.
#:property PublishAot=false
using System.IO.Compression;
using System.Text;
using System.Text.Json;

const int BlockSize = 64 * 1024;

var (input, output) = (args[0], args[1]);
var schemas = ReadSchemas(input);
var (blocks, places) = Group(schemas);
Write(output, blocks, places);
Console.WriteLine($"{schemas.Count} types, {blocks.Count} blocks, {new FileInfo(output).Length:N0} bytes");

static SortedDictionary<string, byte[]> ReadSchemas(string path)
{
    var schemas = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
    using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), Encoding.UTF8);
    while (reader.ReadLine() is { } line)
    {
        if (line.Length > 0)
        {
            using var schema = JsonDocument.Parse(line);
            schemas.Add(schema.RootElement.GetProperty("typeName").GetString()!, Encoding.UTF8.GetBytes(line));
        }
    }

    return schemas;
}

static (List<byte[]> Blocks, List<(string Name, int Block, int Offset, int Length)> Places) Group(SortedDictionary<string, byte[]> schemas)
{
    List<byte[]> blocks = [];
    List<(string, int, int, int)> places = [];
    var block = new MemoryStream();
    foreach (var (name, json) in schemas)
    {
        if (block.Length >= BlockSize)
        {
            blocks.Add(block.ToArray());
            block.SetLength(0);
        }

        places.Add((name, blocks.Count, (int)block.Length, json.Length));
        block.Write(json);
    }

    blocks.Add(block.ToArray());
    return (blocks, places);
}

static void Write(string path, List<byte[]> blocks, List<(string Name, int Block, int Offset, int Length)> places)
{
    using var writer = new BinaryWriter(File.Create(path));
    writer.Write("PacoSchemas1");
    var packed = blocks.ConvertAll(Pack);
    writer.Write7BitEncodedInt(blocks.Count);
    for (var i = 0; i < blocks.Count; i++)
    {
        writer.Write7BitEncodedInt(packed[i].Length);
        writer.Write7BitEncodedInt(blocks[i].Length);
    }

    writer.Write7BitEncodedInt(places.Count);
    foreach (var (name, block, offset, length) in places)
    {
        writer.Write(name);
        writer.Write7BitEncodedInt(block);
        writer.Write7BitEncodedInt(offset);
        writer.Write7BitEncodedInt(length);
    }

    packed.ForEach(writer.Write);
}

static byte[] Pack(byte[] block)
{
    var packed = new byte[BrotliEncoder.GetMaxCompressedLength(block.Length)];
    return BrotliEncoder.TryCompress(block, packed, out var length, quality: 11, window: 22)
        ? packed[..length]
        : throw new InvalidOperationException("Brotli refused a block.");
}
