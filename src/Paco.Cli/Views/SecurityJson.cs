using System.Collections.Immutable;
using System.Text.Json;
using Paco.Planning.Security;

namespace Paco.Cli.Views;

/// <summary>What a plan opens and closes, for programs: as sentences, and field by field.</summary>
internal static class SecurityJson
{
    public static void Write(Utf8JsonWriter json, ImmutableArray<SecurityChange> changes)
    {
        json.Texts("security", changes.Select(c => c.Sentence));
        json.WriteStartArray("securityChanges");
        foreach (var change in changes)
            Change(json, change);
        json.WriteEndArray();
    }

    private static void Change(Utf8JsonWriter json, SecurityChange change)
    {
        json.WriteStartObject();
        json.WriteString("change", JsonWords.Change(change.IsAdded));
        json.WriteString("kind", JsonWords.Of(change.Access));
        json.Node(change.Stack.Id);
        json.WriteString("logicalId", change.LogicalId);
        json.WriteString("holder", change.Access.Holder);
        json.WriteString("text", change.Access.Say());
        json.Optional("danger", JsonWords.Of(change.Danger));
        json.Source(change.Source);
        Fields(json, change.Access);
        json.WriteEndObject();
    }

    private static void Fields(Utf8JsonWriter json, Access access)
    {
        switch (access)
        {
            case PortAccess port:
                Port(json, port.IsIngress, port.Protocol, port.Ports, port.Peer);
                break;
            case AclAccess entry:
                json.WriteString("effect", JsonWords.Effect(entry.Allows));
                if (entry.Number is { } number)
                    json.WriteNumber("rule", number);
                Port(json, entry.IsIngress, entry.Protocol, entry.Ports, entry.Peer);
                break;
            case StatementAccess { Statement: var statement }:
                Statement(json, statement);
                break;
            case TrustAccess { Statement: var statement }:
                Statement(json, statement);
                break;
            case ManagedPolicyAccess attached:
                json.WriteString("policy", attached.Policy);
                break;
        }
    }

    private static void Port(Utf8JsonWriter json, bool isIngress, string protocol, string? ports, string peer)
    {
        json.WriteString("direction", JsonWords.Direction(isIngress));
        json.WriteString("protocol", protocol);
        json.Optional("ports", ports);
        json.WriteString("peer", peer);
    }

    private static void Statement(Utf8JsonWriter json, Statement statement)
    {
        json.WriteString("effect", JsonWords.Effect(statement.Allows));
        json.Texts(statement.NotActions ? "notActions" : "actions", statement.Actions);
        if (!statement.Resources.IsEmpty)
            json.Texts(statement.NotResources ? "notResources" : "resources", statement.Resources);
        if (!statement.Principals.IsEmpty)
            json.Texts(statement.NotPrincipals ? "notPrincipals" : "principals", statement.Principals);
        if (!statement.Conditions.IsEmpty)
            json.Texts("conditions", statement.Conditions);
    }
}
