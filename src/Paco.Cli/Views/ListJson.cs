using System.Collections.Immutable;
using System.Text.Json;
using Paco.Clouds;
using Paco.Planning;
using Paco.Project;
using Paco.Stacks;

namespace Paco.Cli.Views;

/// <summary>What there is, for programs: the stacks, and their outputs.</summary>
internal static class ListJson
{
    public static void Write(Stream output, PacoProject project, Inventory inventory, ImmutableArray<StackFinding> findings,
        IReadOnlyDictionary<string, string> accountIds, NotRead? notRead)
    {
        using var json = new Utf8JsonWriter(output, JsonFields.Indented);
        json.Begin("list");
        json.WriteString("scope", inventory.Scope.Path);
        json.WriteString("project", project.Settings.ProjectName);
        json.WriteStartArray("accounts");
        foreach (var account in project.Accounts)
        {
            json.WriteStartObject();
            json.WriteString("account", account.Name);
            json.Optional("id", accountIds.GetValueOrDefault(account.Name));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("stacks");
        foreach (var stack in inventory.Stacks)
        {
            json.WriteStartObject();
            json.NodeInFull(stack.Id, stack.Title, stack.Ref);
            json.WriteString("state", JsonWords.Of(stack.State));
            json.Optional("status", stack.Deployed?.Status.ToWire());
            json.Optional("statusReason", stack.Deployed?.StatusReason);
            if (stack.Deployed is { } deployed)
                json.WriteString("changed", deployed.LastUpdatedTime ?? deployed.CreationTime);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("actions");
        foreach (var action in inventory.Actions)
        {
            json.WriteStartObject();
            json.NodeInFull(action.Id, action.Title, action.Ref);
            json.WriteString("state", JsonWords.Of(action.State));
            json.Optional("detail", action.Detail);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        PlanJson.NotBuilt(json, inventory.NotBuilt);
        LeftView.Unseen(json, inventory.Unseen);
        FindingView.Json(json, findings);
        NotReadView.Json(json, notRead);
        json.WriteEndObject();
    }

    public static void Write(Stream output, Scope scope, ImmutableArray<InventoryOutput> outputs, ImmutableArray<KnownAddress> addresses,
        ImmutableArray<Server> servers, ImmutableArray<StackFinding> findings, NotRead? notRead)
    {
        using var json = new Utf8JsonWriter(output, JsonFields.Indented);
        json.Begin("outputs");
        json.WriteString("scope", scope.Path);
        json.WriteStartArray("outputs");
        foreach (var one in outputs)
        {
            json.WriteStartObject();
            json.Node(one.Stack.Id);
            json.WriteString("title", one.Stack.Title);
            json.WriteString("ref", one.Stack.Ref);
            json.WriteString("output", one.Name);
            json.Optional("value", one.Value);
            json.WriteBoolean("secret", one.Value is null);
            json.Texts("refs", one.Refs.Select(r => r.Text));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        AddressView.Json(json, addresses);
        ServersView.Json(json, servers);
        FindingView.Json(json, findings);
        NotReadView.Json(json, notRead);
        json.WriteEndObject();
    }
}
