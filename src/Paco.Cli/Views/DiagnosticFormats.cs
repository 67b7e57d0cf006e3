using System.Collections.Immutable;
using System.Text.Json;
using Paco.Diagnostics;
using Paco.Project;

namespace Paco.Cli.Views;

/// <summary>Mistakes for programs: plain JSON, and SARIF 2.1.0 for code hosts and editors.</summary>
internal static class DiagnosticFormats
{
    public static void Json(Stream output, ImmutableArray<Diagnostic> diagnostics, NotRead? notRead, bool indented = true)
    {
        using var json = new Utf8JsonWriter(output, indented ? JsonFields.Indented : JsonFields.OneLine);
        json.Begin("diagnostics");
        List(json, diagnostics);
        NotReadView.Json(json, notRead);
        json.WriteEndObject();
    }

    /// <summary>The member <c>diagnostics</c>.</summary>
    public static void List(Utf8JsonWriter json, ImmutableArray<Diagnostic> diagnostics)
    {
        json.WriteStartArray("diagnostics");
        foreach (var d in diagnostics)
        {
            json.WriteStartObject();
            json.WriteString("code", d.Code.Id);
            json.WriteString("severity", JsonWords.Of(d.Severity));
            json.WriteString("message", d.Message);
            json.Optional("hint", d.Hint);
            json.Optional("subject", d.Subject);
            Place(json, "location", d.Location);
            if (d.Related is { } related)
            {
                Place(json, "related", related.Location);
                json.WriteString("relatedLabel", related.Label);
            }
            json.WriteString("docs", d.Code.DocsLink);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void Sarif(Stream output, ImmutableArray<Diagnostic> diagnostics, string version)
    {
        using var json = new Utf8JsonWriter(output, JsonFields.Indented);
        json.WriteStartObject();
        json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        json.WriteString("version", "2.1.0");
        json.WriteStartArray("runs");
        json.WriteStartObject();
        Tool(json, diagnostics, version);
        json.WriteStartArray("results");
        foreach (var d in diagnostics)
            Result(json, d);
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Tool(Utf8JsonWriter json, ImmutableArray<Diagnostic> diagnostics, string version)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "paco");
        json.WriteString("version", version);
        json.WriteStartArray("rules");
        foreach (var code in diagnostics.Select(d => d.Code).DistinctBy(c => c.Id).OrderBy(c => c.Id, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("id", code.Id);
            Text(json, "shortDescription", code.Title);
            Text(json, "fullDescription", code.Explanation);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Result(Utf8JsonWriter json, Diagnostic d)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", d.Code.Id);
        json.WriteString("level", JsonWords.Of(d.Severity));
        Text(json, "message", d.Hint is null ? d.Message : $"{d.Message} ({d.Hint})");
        json.WriteStartArray("locations");
        Physical(json, d.Location);
        json.WriteEndArray();
        if (d.Related is { Location.IsNone: false } related)
        {
            json.WriteStartArray("relatedLocations");
            Physical(json, related.Location, related.Label);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void Physical(Utf8JsonWriter json, Location place, string? label = null)
    {
        if (place.File is null)
            return;
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", Uri.EscapeDataString(place.File.Path).Replace("%2F", "/", StringComparison.Ordinal));
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", place.Line);
        json.WriteNumber("startColumn", place.Column);
        json.WriteNumber("endColumn", place.Column + Math.Max(1, place.Length));
        json.WriteEndObject();
        json.WriteEndObject();
        if (label is not null)
            Text(json, "message", label);
        json.WriteEndObject();
    }

    private static void Place(Utf8JsonWriter json, string name, Location place)
    {
        if (place.File is null)
            return;
        json.WriteStartObject(name);
        json.WriteString("file", place.File.Path);
        json.WriteNumber("line", place.Line);
        json.WriteNumber("column", place.Column);
        json.WriteNumber("length", place.Length);
        json.WriteEndObject();
    }

    private static void Text(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }
}
