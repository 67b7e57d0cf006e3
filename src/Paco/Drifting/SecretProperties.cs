using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Paco.CloudFormation;
using Paco.CloudFormation.Schemas;
using Paco.Clouds;
using Paco.Planning;
using Paco.Stacks;

namespace Paco.Drifting;

/// <summary>
/// Which properties of a stack hold secrets: those a NoEcho parameter feeds, those Amazon's schema never reads back, those
/// CloudFormation masked or filled in from a secret, and those whose name says so. Their values are not told.
/// </summary>
internal sealed partial class SecretProperties
{
    public const string Shown = SecretNames.Shown;

    private readonly HashSet<(string LogicalId, string Path)> _fed;

    private SecretProperties(HashSet<(string, string)> fed) => _fed = fed;

    public static SecretProperties Of(Stack stack)
    {
        var hidden = stack.Template.Parameters.Where(p => p.NoEcho).Select(p => p.Name)
            .Concat(stack.Parameters.Where(p => p.NoEcho).Select(p => p.Name)).ToHashSet(StringComparer.Ordinal);
        var resources = hidden.Count > 0 ? stack.Template.ToValue()["Resources"] as MapValue ?? [] : [];
        var fed = hidden.SelectMany(name => ParameterUses.Of(resources, name))
            .Select(place => (place.LogicalId, Unnumbered(Slashed(place.Path)))).ToHashSet();
        return new SecretProperties(fed);
    }

    /// <summary>A difference as it may be shown.</summary>
    public PropertyDrift Masked(ResourceDrift drift, PropertyDifference difference)
    {
        var path = difference.Path.Trim('/');
        var secret = IsSecret(drift, path) || IsVeiled(difference.Expected) || IsVeiled(difference.Actual);
        return new PropertyDrift(Dotted(path), Side(difference.Expected, secret), Side(difference.Actual, secret));
    }

    private static string? Side(string? value, bool secret) => value is null ? null : secret ? Shown : Harmlessly(Inside(value));

    // Whoever changed something chose the text: it must not move a cursor or change a title.
    private static string Harmlessly(string text) =>
        text.Any(IsControl) ? string.Concat(text.Select(c => IsControl(c) ? '\uFFFD' : c)) : text;

    private static bool IsControl(char c) => char.IsControl(c) && c is not ('\n' or '\t');

    private bool IsSecret(ResourceDrift drift, string path) =>
        ResourceSchemas.Shared.Find(drift.ResourceType)?.IsWriteOnly(path) == true
        || path.Split('/').Any(SecretNames.Says)
        || _fed.Any(place => place.LogicalId == drift.LogicalId && Overlap(place.Path, Unnumbered(path)))
        || SiblingSays(drift.ActualProperties, path) || SiblingSays(drift.ExpectedProperties, path);

    // An environment variable's value is secret where its name says so: { Name: DB_PASSWORD, Value: … }.
    private static bool SiblingSays(string? properties, string path)
    {
        var node = Parse(properties);
        foreach (var part in path.Split('/')[..^1])
        {
            node = node switch
            {
                JsonObject map => map[part],
                JsonArray items when int.TryParse(part, out var i) && i >= 0 && i < items.Count => items[i],
                _ => null,
            };
        }
        return node is JsonObject holder && Named(holder) is { } name && SecretNames.Says(name);
    }

    // Secrets within a value that is a list or map.
    private static string Inside(string value) => Parse(value) switch
    {
        JsonObject or JsonArray when Parse(value) is { } tree => Veil(tree)!.ToJsonString(Readable),
        _ => value,
    };

    private static JsonNode? Veil(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(p => KeyValuePair.Create(
            p.Key, SecretNames.Says(p.Key) || (p.Key is "Value" or "ParameterValue" && Named(map) is { } name && SecretNames.Says(name))
                ? Shown
                : Veil(p.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Veil)]),
        JsonValue text when IsVeiled(text.ToString()) => Shown,
        _ => node?.DeepClone(),
    };

    private static string? Named(JsonObject map) =>
        ((string[])["Name", "Key", "ParameterName", "ParameterKey"]).Select(k => map[k] is JsonValue v ? v.ToString() : null)
            .FirstOrDefault(n => n is not null);

    private static JsonNode? Parse(string? text)
    {
        try
        {
            return text is ['{' or '[', ..] ? JsonNode.Parse(text) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsVeiled(string? value) =>
        value is not null && (value.Contains(PlannedValues.Masked, StringComparison.Ordinal) || Dynamic().IsMatch(value));

    private static bool Overlap(string a, string b) =>
        a == b || a.StartsWith($"{b}/", StringComparison.Ordinal) || b.StartsWith($"{a}/", StringComparison.Ordinal);

    private static string Unnumbered(string path) => string.Join('/', path.Split('/').Select(p => int.TryParse(p, out _) ? "*" : p));

    private static string Slashed(string path) =>
        path.Replace("[", "/", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).Replace('.', '/');

    // "Listeners/0/Port" as people and the plan write it.
    private static string Dotted(string path)
    {
        var dotted = "";
        foreach (var part in path.Split('/'))
            dotted += int.TryParse(part, out _) ? $"[{part}]" : dotted.Length == 0 ? part : $".{part}";
        return dotted;
    }

    private static readonly JsonSerializerOptions Readable =
        new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [GeneratedRegex(@"\{\{resolve:(secretsmanager|ssm-secure):")]
    private static partial Regex Dynamic();
}
