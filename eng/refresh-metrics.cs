// Lists namespaces, dimension sets and metrics of @aws-cdk/aws-service-spec (db.json.gz) in the form that MetricList reads.
#:property PublishAot=false
using System.IO.Compression;
using System.Text;
using System.Text.Json;

var (input, output) = (args[0], args[1]);
using var database = JsonDocument.Parse(new GZipStream(File.OpenRead(input), CompressionMode.Decompress));
var schema = database.RootElement.GetProperty("schema");
var sets = Entities(schema, "dimensionSet").ToDictionary(Id, Dimensions);
var used = schema.GetProperty("usesDimensionSet").GetProperty("forward");
var metrics = Entities(schema, "metric").Select(m => (
    Namespace: m.GetProperty("namespace").GetString()!,
    Name: m.GetProperty("name").GetString()!,
    By: used.TryGetProperty(Id(m), out var by) ? string.Join(" | ", by.EnumerateArray().Select(s => sets[Id(s)]).Order(StringComparer.Ordinal)) : "")).ToList();
var text = new StringBuilder("# Made by eng/refresh-metrics; README.md says of what. Not to be edited.\n");
foreach (var space in metrics.GroupBy(m => m.Namespace).OrderBy(g => g.Key, StringComparer.Ordinal))
{
    text.Append(space.Key).Append('\n');
    foreach (var by in space.GroupBy(m => m.By).OrderBy(g => g.Key, StringComparer.Ordinal))
    {
        text.Append("  by ").Append(by.Key).Append('\n');
        foreach (var name in by.Select(m => m.Name).Distinct().Order(StringComparer.Ordinal))
            text.Append("    ").Append(name).Append('\n');
    }
}
Directory.CreateDirectory(Path.GetDirectoryName(output)!);
File.WriteAllText(output, text.ToString());
#pragma warning disable RS0030 // A script of the house: its line is for whoever runs it.
Console.WriteLine($"{metrics.Count} metrics of {metrics.Select(m => m.Namespace).Distinct().Count()} namespaces, {new FileInfo(output).Length:N0} bytes");

static IEnumerable<JsonElement> Entities(JsonElement schema, string name) =>
    schema.GetProperty(name).GetProperty("entities").EnumerateArray();

static string Id(JsonElement entity) => entity.GetProperty("$id").GetString()!;

static string Dimensions(JsonElement set) =>
    string.Join(",", set.GetProperty("dimensions").EnumerateArray().Select(d => d.GetProperty("name").GetString()).Order(StringComparer.Ordinal));
