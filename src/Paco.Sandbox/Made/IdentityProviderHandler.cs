using System.Text.Json.Nodes;
using Paco.Sandbox.Storage;

namespace Paco.Sandbox.Made;

/// <summary>
/// An identity provider of IAM, of which an account has one an address. Source: IAM API Reference, CreateOpenIDConnectProvider.
/// </summary>
internal sealed class IdentityProviderHandler : ResourceHandler
{
    public const string Type = "AWS::IAM::OIDCProvider";

    private const int MostClients = 100;

    public override LiveResource Create(ResourceRequest m)
    {
        var url = m.Text("Url") ?? "";
        Check(m);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps || address.Query.Length > 0
            || address.Fragment.Length > 0 || !address.IsDefaultPort)
        {
            throw ServiceRefusal.Of(m, "Iam", "Invalid Open ID Connect Provider URL");
        }

        if (Taken(m) is not null)
        {
            throw ServiceRefusal.Taken(m,
                $"Provider with url {url} already exists. (Service: Iam, Status Code: 409, Request ID: {m.Seed.Uuid("request")})");
        }

        return base.Create(m);
    }

    public override LiveResource Update(ResourceRequest m, LiveResource before)
    {
        Check(m);
        return base.Update(m, before);
    }

    private static void Check(ResourceRequest m)
    {
        if (m.Properties["ClientIdList"] is JsonArray { Count: > MostClients })
        {
            throw ServiceRefusal.Of(m, "Iam", $"Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: {MostClients}");
        }
    }
}
