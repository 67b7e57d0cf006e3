using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Paco.Aws.Wire;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Aws.SignIn;

/// <summary>
/// Sessions that the next command can use: one file of the user, for all projects. It stands below the home directory and not in the
/// project, where a checkout could bring one. What cannot be read is as if it were not there.
/// </summary>
/// <param name="cloud">Where requests go: a session of one cloud is worth nothing in another.</param>
internal sealed class SessionCache(AwsOptions options, string cloud)
{
    private const string FileName = "paco-sessions.json";

    private readonly Lock _gate = new();
    private readonly KeptFiles _files = KeptFiles.OfAws(options.Environment, "cli", "cache");

    /// <summary>A session of that name which is good for at least that long; null without.</summary>
    public AwsKeys? Find(string what, TimeSpan left)
    {
        lock (_gate)
        {
            return Read().GetValueOrDefault(Key(what)) is { } keys && keys.Expires - options.Clock.GetUtcNow() > left ? keys : null;
        }
    }

    /// <summary>Keeps a session that ends by itself.</summary>
    public void Keep(string what, AwsKeys keys)
    {
        if (keys is not { Expires: not null, SessionToken: not null })
            return;
        lock (_gate)
        {
            var all = Read();
            all[Key(what)] = keys;
            _files.Write(FileName, json => Write(json, all));
        }
    }

    private string Key(string what) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{cloud}\n{what}")));

    private Dictionary<string, AwsKeys> Read()
    {
        try
        {
            return _files.Read(FileName) is { } bytes ? Parse(bytes) : [];
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            return [];
        }
    }

    private Dictionary<string, AwsKeys> Parse(byte[] bytes)
    {
        using var document = JsonDocument.Parse(bytes);
        var now = options.Clock.GetUtcNow();
        var all = new Dictionary<string, AwsKeys>(StringComparer.Ordinal);
        foreach (var entry in document.RootElement.GetProperty("sessions").EnumerateObject())
        {
            if (Session(entry.Value) is var keys && keys.Expires > now)
                all[entry.Name] = keys;
        }
        return all;
    }

    private static AwsKeys Session(JsonElement entry) => new(
        entry.Need("AccessKeyId"),
        new Secret(entry.Need("SecretAccessKey")),
        new Secret(entry.Need("SessionToken")),
        WireXml.Time(entry.Need("Expiration")));

    private static void Write(Utf8JsonWriter json, Dictionary<string, AwsKeys> all)
    {
        json.WriteStartObject();
        json.WriteNumber("format", 1);
        json.WriteStartObject("sessions");
        foreach (var (key, keys) in all.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject(key);
            json.WriteString("AccessKeyId", keys.AccessKeyId);
            json.WriteString("SecretAccessKey", keys.SecretAccessKey.Reveal());
            json.WriteString("SessionToken", keys.SessionToken!.Reveal());
            json.WriteString("Expiration", WireXml.Text(keys.Expires!.Value));
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
