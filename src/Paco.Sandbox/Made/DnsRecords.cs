using System.Text.Json.Nodes;
using Paco.Sandbox.Stacks;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Made;

/// <summary>What makes a record set one: name (with its last dot), type, set identifier or <c>""</c>.</summary>
internal readonly record struct RecordKey(string Name, string Type, string SetId);

/// <summary>DNS records in all zones. A body is a record set as CloudFormation writes it.</summary>
internal static class DnsRecords
{
    public static string Dotted(string name) => $"{name.TrimEnd('.').ToLowerInvariant()}.";

    public static JsonObject Of(int ttl, IEnumerable<string> values) =>
        new() { ["TTL"] = ttl, ["ResourceRecords"] = new JsonArray([.. values.Select(v => JsonValue.Create(v))]) };

    public static void Put(Store store, string zone, string name, string type, string setId, JsonObject body)
    {
        store.Run("INSERT OR REPLACE INTO records(zone, name, type, set_id, body) VALUES($1, $2, $3, $4, $5)", zone, name, type, setId,
            body.ToText());
        store.Wake();
    }

    public static JsonObject? Find(Store store, string zone, RecordKey key) =>
        store.Text("SELECT body FROM records WHERE zone = $1 AND name = $2 AND type = $3 AND set_id = $4", zone, key.Name, key.Type,
            key.SetId) is { } body
            ? JsonNode.Parse(body)!.AsObject()
            : null;

    public static bool Remove(Store store, string zone, RecordKey key) =>
        store.Run("DELETE FROM records WHERE zone = $1 AND name = $2 AND type = $3 AND set_id = $4", zone, key.Name, key.Type,
            key.SetId) > 0;

    public static List<(string Name, string Type, string SetId, JsonObject Body)> In(Store store, string zone) => store.Rows(
        "SELECT name, type, set_id, body FROM records WHERE zone = $1 ORDER BY name, type, set_id",
        row => (row.GetString(0), row.GetString(1), row.GetString(2), JsonNode.Parse(row.GetString(3))!.AsObject()), zone);

    /// <summary>True where any public zone of any account leads a name on to another one.</summary>
    public static bool Resolves(Store store, string name, string value) => store
        .Rows("SELECT zone, body FROM records WHERE name = $1 AND type = 'CNAME'", r => (Zone: r.GetString(0), Body: r.GetString(1)),
            Dotted(name))
        .Any(r => Answers(r.Body, value) && IsPublic(store, r.Zone));

    private static bool Answers(string body, string value) =>
        (JsonNode.Parse(body)!["ResourceRecords"] as JsonArray)?.Any(r => Dotted(r!.ToString()) == Dotted(value)) == true;

    private static bool IsPublic(Store store, string zone) =>
        store.Anywhere("AWS::Route53::HostedZone", zone) is { } found && found.Properties["VPCs"] is not JsonArray { Count: > 0 };
}

/// <summary>Secret values; the newest is AWSCURRENT, the one before AWSPREVIOUS.</summary>
internal static class Secrets
{
    public static void Put(Store store, string arn, string value, string version, DateTimeOffset now)
    {
        store.Run("UPDATE secrets SET stage = CASE stage WHEN 'AWSCURRENT' THEN 'AWSPREVIOUS' ELSE '' END WHERE arn = $1 AND version <> $2",
            arn, version);
        store.Run("INSERT OR REPLACE INTO secrets(arn, version, stage, value, created) VALUES($1, $2, 'AWSCURRENT', $3, $4)", arn, version,
            value, now.ToUnixTimeMilliseconds());
    }

    /// <summary>The secret with a name or ARN (also without its six random letters), or null.</summary>
    public static LiveResource? Find(Store store, string account, string region, string id) =>
        store.OfType(account, region, "AWS::SecretsManager::Secret")
        .FirstOrDefault(s => s.Physical == id || s.Attributes["SecretName"]?.ToString() == id || Name(s) == id
            || s.Physical.StartsWith($"{id}-", StringComparison.Ordinal));

    public static string Name(LiveResource secret) => secret.Name ?? (secret.Physical.Split(":secret:")[^1] is var tail ? tail[..^7] : "");

    /// <summary>Version, stage, value and time of a version or stage, or null.</summary>
    public static (string Version, string Stage, string Value, DateTimeOffset Created)? Value(Store store, string arn, string? version,
        string? stage)
    {
        var rows = store.Rows(
            "SELECT version, stage, value, created FROM secrets WHERE arn = $1",
            row => (row.GetString(0), row.GetString(1), row.GetString(2), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3))), arn);
        var found = rows.Where(r => version is null ? r.Item2 == (stage ?? "AWSCURRENT") : r.Item1 == version).ToList();
        return found.Count > 0 ? found[0] : null;
    }
}

/// <summary>GenerateSecretString: passwords as its members ask.</summary>
internal static class Passwords
{
    private const string Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    public static string Make(JsonObject wish, DeterministicIds seed)
    {
        var excluded = wish["ExcludeCharacters"]?.ToString() ?? "";
        string[] kinds =
        [
            Is(wish, "ExcludeLowercase") ? "" : "abcdefghijklmnopqrstuvwxyz",
            Is(wish, "ExcludeUppercase") ? "" : "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
            Is(wish, "ExcludeNumbers") ? "" : "0123456789",
            Is(wish, "ExcludePunctuation") ? "" : Punctuation,
            Is(wish, "IncludeSpace") ? " " : "",
        ];
        var usable = kinds.Select(kind => string.Concat(kind.Where(c => !excluded.Contains(c)))).Where(kind => kind.Length > 0).ToArray();
        var length = int.TryParse(wish["PasswordLength"]?.ToString(), out var given) ? given : 32;
        if (usable.Length == 0 || length is < 1 or > 4096)
        {
            throw new ResourceFailure("GenerateSecretString leaves no characters to choose from, or asks for an impossible length.");
        }

        var all = string.Concat(usable);
        return string.Concat(Enumerable.Range(0, length).Select(i => i < usable.Length ? Pick(usable[i], i) : Pick(all, i)));

        char Pick(string from, int i) => from[seed.Number(from.Length, $"password {i}")];
    }

    private static bool Is(JsonObject wish, string flag) => Templates.Json.Scalar(wish[flag]) == "true";
}
