using System.Collections.Immutable;
using System.Text.Json;
using Paco.Applying;
using Paco.Clouds;
using Paco.Stacks;

namespace Paco.Cli.Views;

/// <summary>What is not in order and what would be done about it, for programs: what the plan is to a run that provisions.</summary>
internal static class RecoveryJson
{
    public static void Write(Stream output, Scope scope, ImmutableArray<StackRecovery> found, IReadOnlyCollection<string> skip)
    {
        using var json = new Utf8JsonWriter(output, JsonFields.OneLine);
        json.Begin("recovery");
        json.WriteString("scope", scope.Path);
        json.WriteStartArray("nodes");
        foreach (var stack in found)
            Stack(json, stack, skip);
        json.WriteEndArray();
        json.Texts("needsAllowDestroy", found.Where(f => !f.Lost.IsEmpty).Select(f => f.Node.Ref.Text));
        json.WriteEndObject();
    }

    private static void Stack(Utf8JsonWriter json, StackRecovery found, IReadOnlyCollection<string> skip)
    {
        json.WriteStartObject();
        json.NodeInFull(found.Id, found.Node.Title, found.Node.Ref);
        json.WriteString("status", found.Deployed.Status.ToWire());
        json.WriteString("step", JsonWords.Of(found.Step));
        json.WriteStartArray("stuck");
        foreach (var stuck in found.Stuck)
        {
            json.WriteStartObject();
            json.WriteString("logicalId", stuck.LogicalResourceId);
            json.WriteString("type", stuck.ResourceType);
            json.WriteBoolean("skipped", skip.Contains(stuck.LogicalResourceId));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("lost");
        foreach (var lost in found.Lost)
        {
            json.WriteStartObject();
            json.WriteString("logicalId", lost.LogicalId);
            json.WriteString("type", lost.Type);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
