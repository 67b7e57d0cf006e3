using System.Text.Json.Nodes;
using Paco.Clouds;

namespace Paco.Aws.Tests.SignIn;

/// <summary>IAM Identity Center: a person confirms in a browser, and AWS's own tools find what was opened.</summary>
public sealed class SingleSignOnTests : IDisposable
{
    private const string Account = StubAws.Master;
    private const string TokenFile = "d033e22ae348aeb5660fc2140aec35850c4da997.json"; // SHA-1 of "admin"

    private static readonly CancellationToken None = CancellationToken.None;

    private readonly StillClock _clock = new(SignInFolder.Noon);
    private readonly SignInFolder _folder = new();
    private readonly Queue<string> _answers = new();
    private readonly StubAws _aws;
    private readonly Person _person = new();
    private string _token = "token-1";

    public SingleSignOnTests()
    {
        _aws = new StubAws(_clock) { Else = Answer };
        _folder.Write($"""
            [profile work]
            sso_session = admin
            sso_account_id = {Account}
            sso_role_name = Admin
            [sso-session admin]
            sso_start_url = https://example.awsapps.com/start
            sso_region = eu-central-1
            sso_registration_scopes = sso:account:access
            """, ".aws", "config");
    }

    public void Dispose()
    {
        _folder.Dispose();
        _person.Dispose();
    }

    [Fact]
    public async Task Address_and_code_are_shown_and_the_token_is_asked_for_until_it_is_there()
    {
        foreach (var answer in new[] { "AuthorizationPendingException", "SlowDownException", "AuthorizationPendingException" })
            _answers.Enqueue(answer);

        await Command();

        var shown = Assert.Single(_person.Devices);
        Assert.Equal(("admin", "ABCD-EFGH", "https://device.sso.eu-central-1.amazonaws.com/?user_code=ABCD-EFGH"),
            (shown.Name, shown.UserCode, $"{shown.AddressWithCode}"));
        Assert.Equal([5, 5, 10, 10], _clock.Waits.Select(w => (int)w.TotalSeconds));
        Assert.All(Sent("/token"), r => Assert.Equal("oidc.eu-central-1.amazonaws.com", r.Uri.Host));
        Assert.All(Sent("/token").Concat(Sent("/client/register")), r => Assert.DoesNotContain("Authorization", r.Headers.Keys));
        var asked = Assert.Single(Sent("/federation/credentials"));
        Assert.Equal(("token-1", $"?account_id={Account}&role_name=Admin"), (asked.Headers["x-amz-sso_bearer_token"], asked.Uri.Query));
    }

    [Fact]
    public async Task The_token_is_where_and_as_AWSs_tools_keep_it()
    {
        await Command();

        var path = _folder.At(".aws", "sso", "cache", TokenFile);
        var kept = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        Assert.Equal("token-1", $"{kept["accessToken"]}");
        Assert.Equal("2026-11-22T20:00:00Z", $"{kept["expiresAt"]}");
        Assert.Equal("https://example.awsapps.com/start eu-central-1 client refresh-1",
            $"{kept["startUrl"]} {kept["region"]} {kept["clientId"]} {kept["refreshToken"]}");
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task A_token_that_AWSs_tools_left_is_used()
    {
        Leave("token-cli", "2026-11-22T14:00:00Z", "");

        await Command();

        Assert.Empty(_person.Devices);
        Assert.Equal("token-cli", Assert.Single(Sent("/federation/credentials")).Headers["x-amz-sso_bearer_token"]);
    }

    [Fact]
    public async Task A_token_past_its_time_is_renewed_without_a_person()
    {
        Leave("token-old", "2026-11-22T11:00:00Z",
            """, "clientId": "c", "clientSecret": "s", "registrationExpiresAt": "2026-12-22T11:00:00Z", "refreshToken": "refresh-0" """);

        await Command(person: null);

        Assert.Contains("refresh-0", Assert.Single(Sent("/token")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_the_portal_does_not_take_any_longer_is_asked_for_anew()
    {
        Leave("token-revoked", "2026-11-22T14:00:00Z", "");

        await Command();

        Assert.Single(_person.Devices);
        Assert.Equal(["token-revoked", "token-1"],
            Sent("/federation/credentials").Select(r => r.Headers["x-amz-sso_bearer_token"]));
    }

    [Fact]
    public async Task In_CI_nobody_waits_for_a_person()
    {
        var over = await Assert.ThrowsAsync<CloudException>(() => Command(person: null));

        Assert.Equal((CloudErrorKind.AccessDenied, "NoCredentials"), (over.Kind, over.Code));
        Assert.Contains("aws sso login --profile work", over.Message, StringComparison.Ordinal);
        Assert.Contains("AWS_WEB_IDENTITY_TOKEN_FILE", over.Message, StringComparison.Ordinal);
        Assert.Empty(Sent("/client/register"));
    }

    [Theory]
    [InlineData("AccessDeniedException", "SignInDenied", "was denied in the browser")]
    [InlineData("ExpiredTokenException", "SignInExpired", "Nobody confirmed")]
    public async Task A_sign_in_that_nobody_allows_ends(string answer, string code, string words)
    {
        _answers.Enqueue(answer);
        // A refusal of that name is asked for once more, as any session that is over.
        _answers.Enqueue(answer);

        var refused = await Assert.ThrowsAsync<CloudException>(() => Command());

        Assert.Equal(code, refused.Code);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_is_not_assigned_is_named_with_its_account()
    {
        _token = "token-of-nobody";

        var refused = await Assert.ThrowsAsync<CloudException>(() => Command());

        Assert.Contains("ForbiddenException", refused.Message, StringComparison.Ordinal);
        Assert.Contains($"Is Admin assigned to you in account {Account}?", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("token-of-nobody", $"{refused}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_page_but_one_of_the_web_is_ever_opened()
    {
        _aws.Else = sent => sent.Uri.AbsolutePath == "/device_authorization"
            ? (200, """{"deviceCode":"d","userCode":"u","verificationUri":"file:///etc/passwd","expiresIn":600,"interval":5}""")
            : Answer(sent);

        var refused = await Assert.ThrowsAsync<CloudException>(() => Command());

        Assert.Contains("no https address", refused.Message, StringComparison.Ordinal);
        Assert.Empty(_person.Devices);
    }

    private IEnumerable<Sent> Sent(string path) => _aws.Requests.Where(r => r.Uri.AbsolutePath == path);

    private void Leave(string token, string until, string more) => _folder.Write(
        $$"""{"startUrl": "https://example.awsapps.com/start", "region": "eu-central-1", "accessToken": "{{token}}", "expiresAt": "{{until}}"{{more}}}""",
        ".aws", "sso", "cache", TokenFile);

    private Task Command() => Command(_person);

    private async Task Command(Person? person)
    {
        using var canned = new Canned(_aws.Answer);
        using var cloud = AwsCloud.Create(_folder.Options(_clock) with
        {
            Handler = canned, Dialog = person, Profile = "work", Accounts = [Clouds.Account("master", Account)],
        });
        await cloud.SignIn(["master"], None);
    }

    private (int, string)? Answer(Sent sent) => sent.Uri.AbsolutePath switch
    {
        "/client/register" => (200, """{"clientId":"client","clientSecret":"secret","clientSecretExpiresAt":1800000000}"""),
        "/device_authorization" => (200, """
            {"deviceCode":"device","userCode":"ABCD-EFGH","verificationUri":"https://device.sso.eu-central-1.amazonaws.com/",
             "verificationUriComplete":"https://device.sso.eu-central-1.amazonaws.com/?user_code=ABCD-EFGH","expiresIn":600,"interval":5}
            """.Trim()),
        "/token" => _answers.TryDequeue(out var refusal)
            ? (400, $$"""{"__type":"{{refusal}}","error_description":"not now"}""")
            : (200, $$"""{"accessToken":"{{_token}}","expiresIn":28800,"refreshToken":"refresh-1"}"""),
        "/federation/credentials" => Credentials(sent.Headers["x-amz-sso_bearer_token"]),
        _ => null,
    };

    private (int, string) Credentials(string token)
    {
        _aws.Knows("ASIASSO", Account);
        return token switch
        {
            "token-revoked" => (401, """{"__type":"UnauthorizedException","message":"Session token not found or invalid"}"""),
            "token-of-nobody" => (403, """{"__type":"ForbiddenException","message":"No access"}"""),
            _ => (200, $$$"""
                {"roleCredentials":{"accessKeyId":"ASIASSO","secretAccessKey":"s","sessionToken":"t",
                 "expiration":{{{_clock.Now.AddHours(1).ToUnixTimeMilliseconds()}}}}}
                """.Trim()),
        };
    }
}
