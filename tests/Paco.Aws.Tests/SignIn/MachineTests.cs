using Paco.Clouds;

namespace Paco.Aws.Tests.SignIn;

/// <summary>Where nobody sits: a job of a CI service, a container, an instance. Each against a server on this machine.</summary>
public sealed class MachineTests : IAsyncDisposable
{
    private const string Role = "arn:aws:iam::111111111111:role/paco-ci";
    private static readonly CancellationToken None = CancellationToken.None;

    // A machine that is there answers in time.
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly SignInFolder _folder = new();
    private readonly StubAws _aws;
    private readonly LocalServer _server;

    public MachineTests()
    {
        _aws = new StubAws(_clock) { Else = Machine };
        _aws.Knows("ASIAMACHINE", StubAws.Master);
        _server = new LocalServer(_aws.Answer);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_token_of_CI_opens_a_role()
    {
        _folder.Write("the-token\n", "token");

        await Command(("AWS_WEB_IDENTITY_TOKEN_FILE", _folder.At("token")), ("AWS_ROLE_ARN", Role), ("AWS_ROLE_SESSION_NAME", "job 7"));

        var opened = Assert.Single(_aws.Requests, r => r.Action == "AssumeRoleWithWebIdentity");
        Assert.Equal(("the-token", Role, "job-7"),
            (opened.Field("WebIdentityToken"), opened.Field("RoleArn"), opened.Field("RoleSessionName")));
        Assert.DoesNotContain("Authorization", opened.Headers.Keys);
        Assert.False(File.Exists(_folder.Sessions));
    }

    [Fact]
    public async Task A_token_nobody_trusts_names_the_role_and_not_the_token()
    {
        _folder.Write("the-secret-token-of-this-job", "token");
        _aws.Else = sent => sent.Action == "AssumeRoleWithWebIdentity"
            ? Canned.Error(403, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity")
            : null;

        var refused = await Assert.ThrowsAsync<CloudException>(() =>
            Command(("AWS_WEB_IDENTITY_TOKEN_FILE", _folder.At("token")), ("AWS_ROLE_ARN", Role)));

        Assert.Equal("AccessDenied", refused.Code);
        Assert.Contains($"Does the role {Role} exist, and does its trust policy name the identity provider", refused.Message,
            StringComparison.Ordinal);
        Assert.DoesNotContain("the-secret-token", $"{refused}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_file_that_is_not_there_is_named()
    {
        var missing = await Assert.ThrowsAsync<CloudException>(() =>
            Command(("AWS_WEB_IDENTITY_TOKEN_FILE", _folder.At("nowhere")), ("AWS_ROLE_ARN", Role)));

        Assert.Contains($"The token file {_folder.At("nowhere")}", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_container_hands_out_its_role_to_who_shows_its_token()
    {
        _folder.Write("let me in\n", "token");

        await Command(("AWS_CONTAINER_CREDENTIALS_FULL_URI", $"{_server.Address}/container"),
            ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", _folder.At("token")));

        Assert.Equal("ASIAMACHINE", _aws.Requests.First(r => r.Action == "AssumeRole").KeyId);
    }

    [Fact]
    public async Task A_containers_token_goes_to_this_host_alone()
    {
        var refused = await Assert.ThrowsAsync<CloudException>(() => Command(
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://example.com/"), ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "let me in")));

        Assert.Contains("neither an https address nor one of this host", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_hands_out_its_role_for_a_token_of_its_own()
    {
        await Command(("AWS_EC2_METADATA_DISABLED", ""), ("AWS_EC2_METADATA_SERVICE_ENDPOINT", _server.Address));

        Assert.Equal("ASIAMACHINE", _aws.Requests.First(r => r.Action == "AssumeRole").KeyId);
        Assert.Equal("21600", _aws.Requests.First(r => r.Method == HttpMethod.Put).Headers["X-aws-ec2-metadata-token-ttl-seconds"]);
    }

    [Fact]
    public async Task An_instance_without_a_role_says_so()
    {
        _aws.Else = sent => sent.Uri.AbsolutePath switch
        {
            "/latest/api/token" => (200, "imds"),
            _ => (404, ""),
        };

        var none = await Assert.ThrowsAsync<CloudException>(() =>
            Command(("AWS_EC2_METADATA_DISABLED", ""), ("AWS_EC2_METADATA_SERVICE_ENDPOINT", _server.Address)));

        Assert.Contains("This instance has no role", none.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_machine_answers_besides_keys_is_not_shown()
    {
        _aws.Else = sent => sent.Uri.AbsolutePath == "/container" ? (200, """{"SecretAccessKey": "canary-of-the-machine" """) : null;

        var damaged = await Assert.ThrowsAsync<CloudException>(() =>
            Command(("AWS_CONTAINER_CREDENTIALS_FULL_URI", $"{_server.Address}/container")));

        Assert.Contains("is not shown", damaged.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", $"{damaged}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_profiles_role_is_assumed_with_its_source_its_device_and_its_external_id()
    {
        _folder.Write($"""
            [profile admin]
            role_arn = {Role}
            source_profile = jane
            mfa_serial = arn:aws:iam::111111111111:mfa/jane
            external_id = x-1
            """, ".aws", "config");
        _folder.Write($"[jane]\naws_access_key_id = {StubAws.UserKey}\naws_secret_access_key = s\n", ".aws", "credentials");
        using var person = new Person("123456");

        await Command(person, ("AWS_PROFILE", "admin"));
        await Command(null, ("AWS_PROFILE", "admin"));

        var opened = _aws.Requests.Single(r => r.Field("RoleArn") == Role);
        Assert.Equal((StubAws.UserKey, "x-1", "123456"), (opened.KeyId, opened.Field("ExternalId"), opened.Field("TokenCode")));
    }

    [Fact]
    public async Task A_device_of_a_profile_that_nobody_holds_names_the_profile()
    {
        _folder.Write($"[profile admin]\nrole_arn = {Role}\nsource_profile = jane\nmfa_serial = arn:aws:iam::111111111111:mfa/jane\n",
            ".aws", "config");
        _folder.Write($"[jane]\naws_access_key_id = {StubAws.UserKey}\naws_secret_access_key = s\n", ".aws", "credentials");

        var nobody = await Assert.ThrowsAsync<CloudException>(() => Command(("AWS_PROFILE", "admin")));

        Assert.Contains("mfa_serial of the profile admin", nobody.Message, StringComparison.Ordinal);
    }

    private Task Command(params (string, string)[] variables) => Command(null, variables);

    private async Task Command(Person? person, params (string, string)[] variables)
    {
        using var cloud = AwsCloud.Create(_folder.Options(_clock, variables) with { EndpointUrl = _server.Address, Dialog = person });
        await cloud.SignIn(["dev"], None);
    }

    private static (int, string)? Machine(Sent sent)
    {
        const string Keys = """{"AccessKeyId":"ASIAMACHINE","SecretAccessKey":"s","Token":"t","Expiration":"2099-11-22T18:00:00Z"}""";
        string? Header(string name) => sent.Headers.GetValueOrDefault(name);
        return (sent.Uri.AbsolutePath, Header("X-aws-ec2-metadata-token"), Header("Authorization")) switch
        {
            ("/container", _, "let me in") => (200, Keys),
            ("/latest/api/token", _, _) => (200, "imds"),
            ("/latest/meta-data/iam/security-credentials/", "imds", _) => (200, "paco"),
            ("/latest/meta-data/iam/security-credentials/paco", "imds", _) => (200, Keys),
            ("/container", _, _) => (401, ""),
            _ => null,
        };
    }
}
