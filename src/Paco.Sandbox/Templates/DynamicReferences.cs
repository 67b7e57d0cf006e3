using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Paco.Sandbox.Made;
using Paco.Sandbox.Services;
using Paco.Sandbox.Storage;

namespace Paco.Sandbox.Templates;

/// <summary><c>{{resolve:ssm:…}}</c> and <c>{{resolve:secretsmanager:…}}</c>.</summary>
internal static partial class DynamicReferences
{
    /// <summary>A copy with every reference resolved. Throws <see cref="ResourceFailure"/> for one that leads nowhere.</summary>
    public static JsonObject Resolve(Store store, string account, string region, JsonObject properties) =>
        (JsonObject)Walk(properties,
            text => Reference().Replace(text, match => One(store, account, region, match.Groups[1].Value, match.Groups[2].Value)))!;

    private static JsonNode? Walk(JsonNode? node, Func<string, string> resolve) => node switch
    {
        JsonObject map => new JsonObject(map.Select(p => KeyValuePair.Create(p.Key, Walk(p.Value, resolve)))),
        JsonArray items => new JsonArray([.. items.Select(i => Walk(i, resolve))]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String && value.ToString() is var text
            && text.Contains("{{resolve:", StringComparison.Ordinal) => resolve(text),
        _ => node?.DeepClone(),
    };

    private static string One(Store store, string account, string region, string service, string rest) => service switch
    {
        "ssm" => StoredParameters.Value(store, account, region, rest) ?? throw new ResourceFailure($"SSM parameter {rest} not found"),
        "ssm-secure" => throw new ResourceFailure("The sandbox does not emulate secure SSM parameters"),
        _ => Secret(store, account, region, rest),
    };

    /// <summary><c>id:SecretString:key:stage:version</c>, where the id may be an ARN.</summary>
    private static string Secret(Store store, string account, string region, string rest)
    {
        var parts = rest.Split(":SecretString", 2);
        var options = parts.Length == 2 ? parts[1].TrimStart(':').Split(':') : [];
        var secret = Secrets.Find(store, account, region, parts[0])
            ?? throw new ResourceFailure("Secrets Manager can't find the specified secret.");
        var value = Secrets.Value(store, secret.Physical, Option(options, 2), Option(options, 1))?.Value
            ?? throw new ResourceFailure("Secrets Manager can't find the specified secret value.");
        return Option(options, 0) is { } key ? Member(value, key) : value;
    }

    private static string? Option(string[] options, int at) => options.Length > at && options[at].Length > 0 ? options[at] : null;

    private static string Member(string value, string key)
    {
        try
        {
            return Json.Read(value)?[key]?.ToString()
                ?? throw new ResourceFailure($"Could not find a value associated with JSONKey {key} in SecretString");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ResourceFailure($"Could not parse SecretString JSON to find {key}");
        }
    }

    [GeneratedRegex(@"\{\{resolve:(ssm|ssm-secure|secretsmanager):([^}]*)\}\}")]
    private static partial Regex Reference();
}
