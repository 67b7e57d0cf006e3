using System.Text.Encodings.Web;
using System.Text.Json;
using Paco.Planning;
using Paco.Project;
using Paco.Stacks;

namespace Paco.Cli.Views;

/// <summary>Drift for programs. Version 1: fields are added, never renamed. A side that has nothing is null.</summary>
internal static class DriftJson
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Stream output, Scope scope, DriftReport report, NotRead? notRead)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartObject();
        json.WriteNumber("version", 1);
        json.WriteString("type", "drift");
        json.WriteString("scope", scope.Path);
        json.WriteBoolean("drifted", report.HasDrift);
        json.WriteBoolean("complete", !report.HasFailures);
        Stacks(json, report, withWanted: false);
        NotReadView.Json(json, notRead);
        json.WriteEndObject();
    }

    /// <summary>The stacks as the member <c>drift</c>.</summary>
    public static void Stacks(Utf8JsonWriter json, DriftReport report, bool withWanted)
    {
        json.WriteStartArray("drift");
        foreach (var stack in report.Stacks)
        {
            json.WriteStartObject();
            json.WriteString("name", stack.Node.Name);
            json.WriteString("title", stack.Title);
            json.WriteString("account", stack.Node.Place.Account);
            json.WriteString("region", stack.Node.Place.Region);
            json.WriteString("ref", stack.Ref);
            json.WriteString("status", stack.Failure is not null ? "failed" : stack.HasDrift ? "drifted" : "in-sync");
            Optional(json, "failure", stack.Failure);
            Optional(json, "note", stack.Note);
            json.WriteNumber("checked", stack.CheckedCount);
            json.WriteStartArray("resources");
            foreach (var resource in stack.Resources)
                Resource(json, resource, withWanted);
            json.WriteEndArray();
            json.WriteStartArray("unchecked");
            foreach (var resource in stack.Unchecked)
            {
                json.WriteStartObject();
                json.WriteString("logicalId", resource.LogicalId);
                json.WriteString("type", resource.Type);
                Optional(json, "reason", resource.Reason);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Resource(Utf8JsonWriter json, DriftedResource resource, bool withWanted)
    {
        json.WriteStartObject();
        json.WriteString("logicalId", resource.LogicalId);
        json.WriteString("physicalId", resource.PhysicalId);
        json.WriteString("type", resource.Type);
        json.WriteString("status", resource.IsDeleted ? "deleted" : "modified");
        json.WriteBoolean("holdsData", resource.HoldsData);
        json.WriteStartArray("properties");
        foreach (var property in resource.Properties)
        {
            json.WriteStartObject();
            json.WriteString("path", property.Path);
            if (withWanted)
                json.WriteString("wanted", property.Wanted);
            json.WriteString("deployed", property.Deployed);
            json.WriteString("actual", property.Actual);
            if (withWanted)
                json.WriteBoolean("adopted", property.IsAdopted);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Optional(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
            json.WriteString(name, text);
    }
}
