using System.Collections.Immutable;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Templates;

namespace Paco.Sandbox.Made;

/// <summary>
/// A connection is PENDING until a person agrees at the provider, which nothing in a template and no operation of AWS can do.
/// Source: Developer Tools console User Guide, "Workflow to create or update connections".
/// </summary>
internal sealed class ConnectionHandler : ResourceHandler
{
    public override LiveResource Create(ResourceRequest m)
    {
        // A server of one's own has a host, the others have none.
        var isInstalled = m.Text("ProviderType") is "GitHubEnterpriseServer" or "GitLabSelfManaged" or null;
        if (isInstalled != m.Text("HostArn") is not null)
        {
            throw ServiceRefusal.Of(m, "CodeConnections", isInstalled
                ? "HostArn is required for this provider type"
                : "ProviderType and HostArn cannot be given together");
        }

        var it = base.Create(m);
        it.Attributes[Connections.Status] = "PENDING";
        it.Attributes["OwnerAccountId"] = m.Account;
        m.Store.Insert(it);
        return it;
    }
}

/// <summary>The connections of the world.</summary>
internal static class Connections
{
    public const string Type = "AWS::CodeConnections::Connection";
    public const string OlderType = "AWS::CodeStarConnections::Connection";

    /// <summary>The attribute that says how one stands.</summary>
    public const string Status = "ConnectionStatus";

    public static ImmutableArray<SandboxConnection> All(Store store) =>
        [.. store.OfTypeAnywhere(Type).Concat(store.OfTypeAnywhere(OlderType)).Select(Tell)];

    /// <summary>The connection of an ARN, of either type and whoever's it is.</summary>
    public static LiveResource? Find(Store store, string arn) => store.Anywhere(Type, arn) ?? store.Anywhere(OlderType, arn);

    public static bool Finish(Store store, string arn)
    {
        if (Find(store, arn) is not { } it)
        {
            return false;
        }

        it.Attributes[Status] = "AVAILABLE";
        store.Insert(it);
        return true;
    }

    private static SandboxConnection Tell(LiveResource it) => new(it.Physical, Json.Scalar(it.Properties["ConnectionName"]),
        Json.Scalar(it.Properties["ProviderType"]), Json.Scalar(it.Attributes[Status]));
}
