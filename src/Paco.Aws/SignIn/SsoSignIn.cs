using Paco.Clouds;
using Paco.Diagnostics;

namespace Paco.Aws.SignIn;

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
                throw Conversation.Blocked(
                    $"The sign-in to {portal.Name} was denied in the browser.\nRun the command again and allow it there; {Others}",
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
