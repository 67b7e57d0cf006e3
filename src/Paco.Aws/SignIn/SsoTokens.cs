using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Paco.Aws.Wire;
using Paco.Clouds;
using Paco.Diagnostics;

namespace Paco.Aws.SignIn;

/// <summary>Where somebody signs in: an <c>sso-session</c> of the configuration, or a profile of the older form, which names all itself.</summary>
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
    private readonly KeptFiles _files = new(environment, "sso", "cache");

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

/// <summary>Comes by a token: the one that was kept, that one renewed, or a person confirms a new one in a browser.</summary>
internal sealed class SsoSignIn(Conversation conversation, SsoPortal portal, string profile)
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly SsoTokenFiles _files = new(conversation.Options.Environment);
    private readonly SsoClient _client = new(keys => conversation.CallerIn(keys, portal.Region));

    public SsoClient Client => _client;

    /// <param name="refused">A token that the portal did not take; null at first.</param>
    public async Task<SsoToken> Token(SsoToken? refused, CancellationToken cancel)
    {
        var kept = _files.Read(portal);
        if (kept?.AccessToken.Reveal() == refused?.AccessToken.Reveal())
            kept = null;
        return kept is { } good && good.Expires - Now > Margin ? good
            : kept is null ? await Confirmed(cancel)
            : await Renewed(kept, cancel) ?? await Confirmed(cancel);
    }

    private DateTimeOffset Now => conversation.Options.Clock.GetUtcNow();

    private async Task<SsoToken?> Renewed(SsoToken old, CancellationToken cancel)
    {
        if (old is not { RefreshToken: { } refresh, Client: { } client } || client.Expires <= Now)
            return null;
        try
        {
            return Keep(client, await _client.RefreshToken(client, refresh, cancel), refresh);
        }
        catch (CloudException e) when (!e.IsPassing)
        {
            // The person's session is over; only the person can begin another.
            return null;
        }
    }

    private async Task<SsoToken> Confirmed(CancellationToken cancel)
    {
        var person = conversation.Person("NoCredentials", Needed);
        var client = await _client.RegisterClient(portal.Scopes, cancel);
        var device = await _client.StartDeviceAuthorization(client, portal.StartUrl, cancel);
        var shown = new DeviceSignIn(portal.Name, device.UserCode, Page(device.Address), Page(device.AddressWithCode ?? device.Address),
            device.GoodFor);
        using var showing = person.ShowDevice(shown);
        return Keep(client, await Wait(client, device, cancel), null);
    }

    private async Task<SsoGrant> Wait(SsoRegistration client, DeviceAuthorization device, CancellationToken cancel)
    {
        var (pause, until) = (device.Interval, Now + device.GoodFor);
        while (Now < until)
        {
            await Task.Delay(pause, conversation.Options.Clock, cancel);
            try
            {
                return await _client.CreateToken(client, device, cancel);
            }
            catch (CloudException e) when (e.Code is "AuthorizationPendingException")
            {
                // Nobody has confirmed it yet.
            }
            catch (CloudException e) when (e.Code is "SlowDownException")
            {
                pause += TimeSpan.FromSeconds(5);
            }
            catch (CloudException e) when (e.Code is "ExpiredTokenException")
            {
                break;
            }
            catch (CloudException e) when (e.Code is "AccessDeniedException")
            {
                throw Conversation.Blocked($"The sign-in to {portal.Name} was denied in the browser.\nRun the command again and allow it there; {Others}",
                    "SignInDenied", e);
            }
        }
        throw Conversation.Blocked(
            $"Nobody confirmed the sign-in to {portal.Name} within {device.GoodFor.TotalMinutes:0} min, and its code is no longer good.\nRun the command again; {Others}",
            "SignInExpired");
    }

    private SsoToken Keep(SsoRegistration client, SsoGrant grant, Secret? refreshToken)
    {
        var token = new SsoToken(grant.AccessToken, Now + grant.GoodFor)
        {
            RefreshToken = grant.RefreshToken ?? refreshToken,
            Client = client,
        };
        _files.Write(portal, token);
        return token;
    }

    // Whatever is opened in a browser is a page.
    private Uri Page(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == "https" || (uri.Scheme == "http" && uri.IsLoopback))
        ? uri
        : throw Conversation.Blocked($"{portal.Name} named no https address to sign in at.");

    private string Others => $"aws sso login --profile {profile} does the same.";

    private string Needed =>
        $"The single sign-on of the profile {profile} ({portal.Name}) is over or was never begun, and only a person can begin it.\nRun aws sso login --profile {profile}, or paco doctor --profile {profile}, in a terminal; what they open is used here. In CI sign in with a role for OIDC instead (AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE).";
}
