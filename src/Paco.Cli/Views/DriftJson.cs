using System.Text.Json;
using Paco.Planning;
using Paco.Project;
using Paco.Stacks;

namespace Paco.Cli.Views;

/// <summary>Drift for programs. A side that has nothing is null.</summary>
internal static class DriftJson
{
    public static void Write(Stream output, Scope scope, DriftReport report, NotRead? notRead)
    {
        using var json = new Utf8JsonWriter(output, JsonFields.Indented);
        json.Begin("drift");
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
            json.NodeInFull(stack.Node, stack.Title, stack.Ref);
            json.WriteString("status", JsonWords.Of(stack));
            json.Optional("failure", stack.Failure);
            json.Optional("note", stack.Note);
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
                json.Optional("reason", resource.Reason);
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
        json.WriteString("status", JsonWords.Of(resource));
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
}
