using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Paco.Aws.Wire;
using Paco.Diagnostics;
using Paco.Syntax;

namespace Paco.Aws.SignIn;

/// <summary>
/// Where somebody signs in: an <c>sso-session</c> of the configuration, or a profile of the older form, which names all itself.
/// </summary>
/// <param name="Session">The section's name; null for the older form.</param>
/// <param name="Scopes">What is asked for. The older form asks for nothing, and its tokens cannot be renewed.</param>
internal sealed record SsoPortal(string? Session, string StartUrl, string Region, string[] Scopes)
{
    /// <summary>What people know it by.</summary>
    public string Name => Session ?? StartUrl;

    /// <summary>The file AWS's own tools keep its token in; SHA-1 is their way to a name, and nothing relies on its strength.</summary>
#pragma warning disable CA5350
    public string FileName => $"{Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(Session ?? StartUrl)))}.json";
#pragma warning restore CA5350
}

/// <summary>A token of IAM Identity Center, with what it can be renewed by.</summary>
internal sealed record SsoToken(Secret AccessToken, DateTimeOffset Expires)
{
    public Secret? RefreshToken { get; init; }

    public SsoRegistration? Client { get; init; }
}

/// <summary>
/// Tokens of single sign-on, in the files and the form of AWS's own tools: what <c>aws sso login</c> left is used here, and what is opened
/// here is used there. Source: botocore, <c>SSOTokenProvider</c>.
/// </summary>
internal sealed class SsoTokenFiles(Func<string, string?> environment)
{
    private readonly KeptFiles _files = KeptFiles.OfAws(environment, "sso", "cache");

    /// <summary>The token that was kept, good or not; null where there is none.</summary>
    public SsoToken? Read(SsoPortal portal)
    {
        try
        {
            if (_files.Read(portal.FileName) is not { } bytes)
                return null;
            using var document = JsonDocument.Parse(bytes);
            var root = document.RootElement;
            return new SsoToken(new Secret(root.Need("accessToken")), WireXml.Time(root.Need("expiresAt")))
            {
                RefreshToken = root.Text("refreshToken") is { } refresh ? new Secret(refresh) : null,
                Client = Client(root),
            };
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    public void Write(SsoPortal portal, SsoToken token) => _files.Write(portal.FileName, json =>
    {
        json.WriteStartObject();
        json.WriteString("startUrl", portal.StartUrl);
        json.WriteString("region", portal.Region);
        json.WriteString("accessToken", token.AccessToken.Reveal());
        json.WriteString("expiresAt", WireXml.Text(token.Expires));
        if (token.Client is { } client)
        {
            json.WriteString("clientId", client.ClientId);
            json.WriteString("clientSecret", client.ClientSecret.Reveal());
            json.WriteString("registrationExpiresAt", WireXml.Text(client.Expires));
        }
        if (token.RefreshToken is { } refresh)
            json.WriteString("refreshToken", refresh.Reveal());
        json.WriteEndObject();
    });

    private static SsoRegistration? Client(JsonElement root) =>
        root.Text("clientId") is { } id && root.Text("clientSecret") is { } secret && root.Text("registrationExpiresAt") is { } until
            ? new SsoRegistration(id, new Secret(secret), WireXml.Time(until))
            : null;
}
