using System.Collections.Immutable;
using System.Text.Json;
using Paco.Planning.Security;

namespace Paco.Cli.Views;

/// <summary>What a plan opens and closes, for programs: as sentences, and field by field.</summary>
internal static class SecurityJson
{
    public static void Write(Utf8JsonWriter json, ImmutableArray<SecurityChange> changes)
    {
        PlanJson.Texts(json, "security", changes.Select(c => c.Sentence));
        json.WriteStartArray("securityChanges");
        foreach (var change in changes)
            Change(json, change);
        json.WriteEndArray();
    }

    private static void Change(Utf8JsonWriter json, SecurityChange change)
    {
        json.WriteStartObject();
        json.WriteString("change", change.IsAdded ? "add" : "remove");
        json.WriteString("kind", Kind(change.Access));
        json.WriteString("stack", change.Stack.Id.Name);
        json.WriteString("account", change.Stack.Id.Place.Account);
        json.WriteString("region", change.Stack.Id.Place.Region);
        json.WriteString("logicalId", change.LogicalId);
        json.WriteString("holder", change.Access.Holder);
        json.WriteString("text", change.Access.Say());
        PlanJson.Optional(json, "danger", Word(change.Danger));
        if (!change.Source.IsNone)
            json.WriteString("source", change.Source.ToString());
        Fields(json, change.Access);
        json.WriteEndObject();
    }

    private static string Kind(Access access) => access switch
    {
        PortAccess => "port",
        AclAccess => "networkAcl",
        StatementAccess => "statement",
        TrustAccess => "trust",
        ManagedPolicyAccess { IsBoundary: true } => "permissionsBoundary",
        ManagedPolicyAccess => "managedPolicy",
        PublicAccess => "publicAccess",
        _ => throw new InvalidOperationException($"{access.GetType().Name} is no access"),
    };

    private static void Fields(Utf8JsonWriter json, Access access)
    {
        switch (access)
        {
            case PortAccess port:
                Port(json, port.IsIngress, port.Protocol, port.Ports, port.Peer);
                break;
            case AclAccess entry:
                json.WriteString("effect", entry.Allows ? "allow" : "deny");
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
        json.WriteString("direction", isIngress ? "ingress" : "egress");
        json.WriteString("protocol", protocol);
        PlanJson.Optional(json, "ports", ports);
        json.WriteString("peer", peer);
    }

    private static void Statement(Utf8JsonWriter json, Statement statement)
    {
        json.WriteString("effect", statement.Allows ? "allow" : "deny");
        PlanJson.Texts(json, statement.NotActions ? "notActions" : "actions", statement.Actions);
        if (!statement.Resources.IsEmpty)
            PlanJson.Texts(json, statement.NotResources ? "notResources" : "resources", statement.Resources);
        if (!statement.Principals.IsEmpty)
            PlanJson.Texts(json, statement.NotPrincipals ? "notPrincipals" : "principals", statement.Principals);
        if (!statement.Conditions.IsEmpty)
            PlanJson.Texts(json, "conditions", statement.Conditions);
    }

    private static string? Word(Danger danger) => danger switch
    {
        Danger.None => null,
        Danger.Wide => "wide",
        Danger.DenialLifted => "denialLifted",
        Danger.OpenToInternet => "openToInternet",
        Danger.Anybody => "anybody",
        Danger.FullAdmin => "fullAdmin",
        _ => throw new InvalidOperationException($"{danger} is no danger"),
    };
}
