using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Paco.Planning;

/// <summary>
/// A plan kept for later. The file holds no templates and no secrets: only the scope, the cloud and accounts it is for, and a
/// fingerprint of every node, of what it would be given and of what it was when the plan was made. Applying it means planning again
/// and doing exactly the same, or refusing and saying what has moved.
/// </summary>
public static class PlanFile
{
    private const int Version = 2;

    public static void Write(Stream output, Plan plan, PlanTarget target)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteNumber("pacoPlan", Version);
        json.WriteString("scope", plan.Scope.Path);
        json.WriteBoolean("delete", plan.IsDelete);
        json.WriteString("cloud", target.Cloud);
        json.WriteStartObject("accounts");
        foreach (var (name, id) in target.AccountIds)
            json.WriteString(name, id);
        json.WriteEndObject();
        json.WriteStartObject("nodes");
        foreach (var node in plan.Nodes)
            json.WriteString(node.Id.Key, Fingerprint(node));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The scope and direction a file was made for, or null where the bytes are no plan, or no longer one.</summary>
    public static SavedPlan? Read(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("pacoPlan", out var version)
                || version.GetInt32() != Version)
            {
                return null;
            }
            var target = new PlanTarget(root.GetProperty("cloud").GetString() ?? "",
                Texts(root.GetProperty("accounts")).ToImmutableSortedDictionary(StringComparer.Ordinal));
            return new SavedPlan(root.GetProperty("scope").GetString() ?? "", root.GetProperty("delete").GetBoolean(), target,
                Texts(root.GetProperty("nodes")));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static Dictionary<string, string> Texts(JsonElement texts) =>
        texts.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString() ?? "", StringComparer.Ordinal);

    internal static string Fingerprint(PlannedNode node)
    {
        var text = new StringBuilder().Append(node.Action).Append('\n');
        if (node is PlannedStack stack)
        {
            text.Append(stack.Deployed?.StackId).Append('\n').Append(stack.Deployed?.Status).Append('\n')
                .Append($"{stack.Deployed?.LastUpdatedTime:O}\n").Append(stack.Body).Append(stack.First?.Body);
            foreach (var taken in stack.Imports)
                text.Append("\nimport ").Append(taken);
            foreach (var (name, value) in stack.Parameters)
                text.Append('\n').Append(name).Append('=').Append(value ?? "?");
            foreach (var (key, value) in stack.Stack.Tags)
                text.Append('\n').Append(key).Append(':').Append(value);
        }
        else if (node is PlannedAction action)
        {
            text.Append(action.State.Exists).Append(action.State.Detail);
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}

/// <summary>What a plan file says.</summary>
public sealed record SavedPlan(string Scope, bool IsDelete, PlanTarget Target, IReadOnlyDictionary<string, string> Nodes)
{
    /// <summary>What is not as it was when the plan was made: names of nodes; none where the plan still holds.</summary>
    public IReadOnlyList<string> Moved(Plan now)
    {
        var current = now.Nodes.ToDictionary(n => n.Id.Key, PlanFile.Fingerprint, StringComparer.Ordinal);
        return
        [
            .. Nodes.Keys.Union(current.Keys).Where(k => Nodes.GetValueOrDefault(k) != current.GetValueOrDefault(k))
                .Order(StringComparer.Ordinal),
        ];
    }
}
