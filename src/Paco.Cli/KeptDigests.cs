using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Paco.Planning;
using Paco.Syntax;

namespace Paco.Cli;

/// <summary>
/// Digests of deployed templates in the user's cache: a file an account and region, as many lines as it has stacks. Whatever is wrong with
/// one is as if it were not there.
/// </summary>
internal sealed class KeptDigests(string? folder) : IKeptDigests
{
    private const int Format = 1;

    private readonly KeptFiles _files = new(folder, "templates");

    public static KeptDigests Of(Func<string, string?> environment) => new(CacheFolder.Of(environment, CacheFolder.Platform));

    public IReadOnlyDictionary<string, string> Read(string place)
    {
        try
        {
            return _files.Read(FileName(place)) is { } bytes ? Parse(bytes) : [];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return ImmutableDictionary<string, string>.Empty;
        }
    }

    public void Write(string place, IReadOnlyDictionary<string, string> digests) => _files.Write(FileName(place), json =>
    {
        json.WriteStartObject();
        json.WriteNumber("format", Format);
        json.WriteStartObject("templates");
        foreach (var (stack, digest) in digests)
            json.WriteString(stack, digest);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private static Dictionary<string, string> Parse(byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        var root = document.RootElement;
        return root.GetProperty("format").GetInt32() != Format ? []
            : root.GetProperty("templates").EnumerateObject().DistinctBy(e => e.Name)
                .ToDictionary(e => e.Name, e => e.Value.GetString() ?? "", StringComparer.Ordinal);
    }

    // Ids of accounts are nobody's business who sees a list of files.
    private static string FileName(string place) =>
        $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(place)))[..32]}.json";
}
