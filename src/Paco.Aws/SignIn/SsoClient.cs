using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Paco.Aws.Wire;
using Paco.Diagnostics;

namespace Paco.Aws.SignIn;

/// <summary>Paco, as IAM Identity Center knows it for a while.</summary>
internal sealed record SsoRegistration(string ClientId, Secret ClientSecret, DateTimeOffset Expires);

/// <summary>A sign-in that a person has to confirm in a browser.</summary>
internal sealed record DeviceAuthorization(Secret DeviceCode, string UserCode, string Address, string? AddressWithCode, TimeSpan GoodFor,
    TimeSpan Interval);

/// <summary>What a confirmed sign-in gives.</summary>
internal sealed record SsoGrant(Secret AccessToken, TimeSpan GoodFor, Secret? RefreshToken);

/// <summary>
/// IAM Identity Center: its OIDC service, where a person signs in, and its portal, which gives keys of a role. Nobody signs these calls;
/// what they hold proves them. Sources: IAM Identity Center OIDC API Reference and Portal API Reference, 2019-06-10.
/// </summary>
internal sealed class SsoClient(Func<IKeySource, ServiceCaller> callerWith)
{
    private const string DeviceGrant = "urn:ietf:params:oauth:grant-type:device_code";

    public Task<SsoRegistration> RegisterClient(IEnumerable<string> scopes, CancellationToken cancel)
    {
        var body = new JsonObject { ["clientName"] = "paco", ["clientType"] = "public" };
        if (scopes.ToArray() is { Length: > 0 } given)
            body["scopes"] = new JsonArray([.. given.Select(scope => (JsonNode)scope)]);
        return Post("RegisterClient", "/client/register", body, root => new SsoRegistration(
            root.Need("clientId"), new Secret(root.Need("clientSecret")),
            DateTimeOffset.FromUnixTimeSeconds(root.GetProperty("clientSecretExpiresAt").GetInt64())), cancel);
    }

    public Task<DeviceAuthorization> StartDeviceAuthorization(SsoRegistration client, string startUrl, CancellationToken cancel)
    {
        var body = Of(client);
        body["startUrl"] = startUrl;
        return Post("StartDeviceAuthorization", "/device_authorization", body, root => new DeviceAuthorization(
            new Secret(root.Need("deviceCode")), root.Need("userCode"), root.Need("verificationUri"), root.Text("verificationUriComplete"),
            TimeSpan.FromSeconds(root.GetProperty("expiresIn").GetInt32()), Interval(root)), cancel);
    }

    public Task<SsoGrant> CreateToken(SsoRegistration client, DeviceAuthorization device, CancellationToken cancel)
    {
        var body = Of(client);
        body["grantType"] = DeviceGrant;
        body["deviceCode"] = device.DeviceCode.Reveal();
        return Post("CreateToken", "/token", body, Grant, cancel);
    }

    public Task<SsoGrant> RefreshToken(SsoRegistration client, Secret refreshToken, CancellationToken cancel)
    {
        var body = Of(client);
        body["grantType"] = "refresh_token";
        body["refreshToken"] = refreshToken.Reveal();
        return Post("CreateToken", "/token", body, Grant, cancel);
    }

    public Task<AwsKeys> GetRoleCredentials(Secret accessToken, string account, string role, CancellationToken cancel)
    {
        var request = new WireRequest
        {
            Service = AwsService.Sso,
            Operation = "GetRoleCredentials",
            Method = HttpMethod.Get,
            Path = "/federation/credentials",
            Query = [new("account_id", account), new("role_name", role)],
            Headers = [new("x-amz-sso_bearer_token", accessToken.Reveal())],
            Repeatable = true,
            AnswersSecret = true,
            IsUnsigned = true,
        };
        // As if it were signed with the token: a refusal that repeats it is shown without.
        return callerWith(new FixedKeys(new AwsKeys("", new Secret(""), accessToken))).Json(request, root => Keys(root), cancel);
    }

    private Task<T> Post<T>(string operation, string path, JsonObject body, Func<JsonElement, T> read, CancellationToken cancel) =>
        callerWith(FixedKeys.Nobody).Json(
            new WireRequest
            {
                Service = AwsService.SsoOidc,
                Operation = operation,
                Path = path,
                Body = Encoding.UTF8.GetBytes(body.ToJsonString()),
                ContentType = "application/json",
                Repeatable = true,
                AnswersSecret = true,
                IsUnsigned = true,
            },
            read,
            cancel);

    private static JsonObject Of(SsoRegistration client) =>
        new() { ["clientId"] = client.ClientId, ["clientSecret"] = client.ClientSecret.Reveal() };

    // RFC 8628: five seconds where nothing is said.
    private static TimeSpan Interval(JsonElement root) => TimeSpan.FromSeconds(
        root.TryGetProperty("interval", out var said) && said.TryGetInt32(out var seconds) && seconds > 0 ? seconds : 5);

    private static SsoGrant Grant(JsonElement root) => new(
        new Secret(root.Need("accessToken")),
        TimeSpan.FromSeconds(root.GetProperty("expiresIn").GetInt32()),
        root.Text("refreshToken") is { } refresh ? new Secret(refresh) : null);

    private static AwsKeys Keys(JsonElement root)
    {
        var keys = root.GetProperty("roleCredentials");
        return new AwsKeys(
            keys.Need("accessKeyId"),
            new Secret(keys.Need("secretAccessKey")),
            new Secret(keys.Need("sessionToken")),
            DateTimeOffset.FromUnixTimeMilliseconds(keys.GetProperty("expiration").GetInt64()));
    }
}
