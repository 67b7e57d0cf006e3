using System.Collections.Immutable;
using System.Text.Json;
using Paco.Planning;

namespace Paco.Cli.Views;

/// <summary>Secrets without a value, and the command that sets one.</summary>
internal sealed class UnsetSecretsView(Screen screen)
{
    public void ShowIn(Plan plan)
    {
        foreach (var (secret, isDeployed) in plan.UnsetSecrets)
        {
            screen.Line($"  ? {secret.Name} ({secret.Stack.Place}) has no value yet", TextStyle.Yellow);
            screen.Line($"      {(isDeployed ? "" : "once it is there: ")}{Command(secret)}", TextStyle.Dim);
        }
    }

    /// <summary>The same for programs.</summary>
    public static void Json(Utf8JsonWriter json, ImmutableArray<UnsetSecret> unset)
    {
        json.WriteStartArray("unsetSecrets");
        foreach (var (secret, isDeployed) in unset)
        {
            json.WriteStartObject();
            json.Node(secret.Stack);
            json.WriteString("logicalId", secret.LogicalId);
            json.WriteString("ref", secret.Name);
            json.WriteBoolean("deployed", isDeployed);
            json.WriteString("command", Command(secret));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>The line that sets it.</summary>
    public static string Command(ProjectSecret secret) => $"paco secret set {secret.Name}";
}
