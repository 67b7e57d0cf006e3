using System.Text.Json.Nodes;
using System.Xml.Linq;
using Paco.Sandbox.Made;
using Paco.Sandbox.Storage;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Services.Iam;

/// <summary>The identity providers of an account, as its stacks made them.</summary>
internal static class IdentityProviders
{
    public static XElement List(Call call) => new("r", new XElement("OpenIDConnectProviderList",
        call.Store.OfType(call.Account, ResourceRegions.Global, IdentityProviderHandler.Type)
            .Select(p => IamService.Member(new XElement("Arn", p.Attributes["Arn"]?.ToString() ?? p.Physical)))));

    public static XElement Get(Call call, QueryForm form)
    {
        var arn = form.Required("OpenIDConnectProviderArn");
        var it = call.Store.Find(call.Account, ResourceRegions.Global, IdentityProviderHandler.Type, arn)
            ?? throw IamService.Missing($"OpenIDConnect Provider not found for arn {arn}");
        return new("r",
            new XElement("Url", $"{it.Properties["Url"]}".Replace("https://", "", StringComparison.Ordinal)),
            new XElement("ClientIDList", Members(it.Properties["ClientIdList"])),
            new XElement("ThumbprintList", Members(it.Properties["ThumbprintList"])),
            new XElement("CreateDate", it.Created.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ")),
            new XElement("Tags", (it.Properties["Tags"] as JsonArray ?? []).Select(t =>
                IamService.Member(new XElement("Key", $"{t?["Key"]}"), new XElement("Value", $"{t?["Value"]}")))));
    }

    private static IEnumerable<XElement> Members(JsonNode? list) => (list as JsonArray ?? []).Select(i => new XElement("member", $"{i}"));
}
