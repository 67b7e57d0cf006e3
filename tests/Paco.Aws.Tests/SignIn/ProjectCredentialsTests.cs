using Paco.Clouds;
using Paco.Diagnostics;
using Paco.Project;

namespace Paco.Aws.Tests.SignIn;

/// <summary>A project's <c>.credentials.yaml</c>: its keys, its MFA device, its order of roles, and what goes before it.</summary>
public sealed class ProjectCredentialsTests : IDisposable
{
    private const string Device = "arn:aws:iam::111111111111:mfa/paco-admin";
    private const string SecretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly CredentialsFile File = new()
    {
        AccessKeyId = StubAws.UserKey,
        SecretAccessKey = new Secret(SecretKey),
        UserName = "paco-admin",
        MasterAccountId = StubAws.Master,
        AdminRoleName = "Paco-Admin-Delegate-Role",
        MfaSessionSeconds = 43200,
    };

    private readonly StillClock _clock = new(SignInFolder.Noon);
    private readonly SignInFolder _folder = new();
    private readonly StubAws _aws;

    public ProjectCredentialsTests() => _aws = new StubAws(_clock);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_code_opens_every_account()
    {
        using var person = new Person("123456");

        await SignIn(File, person, "master", "dev", "prod");

        var question = Assert.Single(person.Questions);
        Assert.Equal((Device, null), (question.Serial, question.Before));
        var opened = Assert.Single(_aws.Requests, r => r.Action == "GetSessionToken");
        Assert.Equal((Device, "43200"), (opened.Field("SerialNumber"), opened.Field("DurationSeconds")));
        Assert.Equal(["role/Paco-Admin-Delegate-Role"], _aws.Requests.Where(r => r.Action == "AssumeRole")
            .Select(r => r.Field("RoleArn").Split(':')[^1]).Distinct());
        Assert.Equal(3, _aws.Count("AssumeRole"));
    }

    [Fact]
    public async Task A_role_that_is_closed_leaves_the_accounts_own()
    {
        _aws.Closed.Add("arn:aws:iam::222222222222:role/Paco-Admin-Delegate-Role");
        using var person = new Person("123456");

        await SignIn(File, person, "dev");

        Assert.Equal("arn:aws:iam::222222222222:role/Delegate", _aws.Requests.Last(r => r.Action == "AssumeRole").Field("RoleArn"));
    }

    [Fact]
    public async Task Without_a_users_name_there_is_no_device_to_ask()
    {
        await SignIn(File with { UserName = null }, null, "dev");

        Assert.Equal(0, _aws.Count("GetSessionToken"));
        Assert.Equal(StubAws.UserKey, _aws.Requests.First(r => r.Action == "AssumeRole").KeyId);
    }

    [Fact]
    public async Task A_wrong_code_is_asked_for_again_and_none_is_sent_twice()
    {
        using var person = new Person("000000", "000000", "123456");

        await SignIn(File, person, "dev", "prod");

        Assert.Equal(3, person.Questions.Count);
        Assert.Contains("did not take that code", person.Questions.ElementAt(1).Before, StringComparison.Ordinal);
        Assert.Contains("used already", person.Questions.ElementAt(2).Before, StringComparison.Ordinal);
        Assert.Equal(["000000", "123456"], _aws.Requests.Where(r => r.Action == "GetSessionToken").Select(r => r.Field("TokenCode")));
    }

    [Fact]
    public async Task Three_wrong_codes_end_the_run_for_every_account()
    {
        using var person = new Person("000001", "000002", "000003", "123456");

        var refused = await Assert.ThrowsAsync<CloudException>(() => SignIn(File, person, "dev", "prod"));

        Assert.Equal("WrongMfaCode", refused.Code);
        Assert.Equal("dev", refused.Where!.Account);
        Assert.Contains(Device, refused.Message, StringComparison.Ordinal);
        Assert.Contains("master_admin_iam_username in .credentials.yaml", refused.Message, StringComparison.Ordinal);
        Assert.Equal(3, person.Questions.Count);
        Assert.Equal(0, _aws.Count("AssumeRole"));
        Assert.DoesNotContain(SecretKey, $"{refused}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_the_way_out_is_told()
    {
        var refused = await Assert.ThrowsAsync<CloudException>(() => SignIn(File, null, "dev"));

        Assert.Equal((CloudErrorKind.AccessDenied, "NoMfaCode"), (refused.Kind, refused.Code));
        Assert.Contains("paco doctor in a terminal", refused.Message, StringComparison.Ordinal);
        Assert.Contains("AWS_WEB_IDENTITY_TOKEN_FILE", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_screen_is_taken_a_run_can_wait_for_somebody_who_signs_in_beside_it()
    {
        using var person = new Person("123456") { IsListening = false };

        var waiting = await Assert.ThrowsAsync<CloudException>(() => SignIn(File, person, "dev"));
        person.IsListening = true;
        await SignIn(File, person, "dev");
        await SignIn(File, new Person { IsListening = false }, "dev");

        Assert.True(waiting.IsExpired);
        Assert.Single(person.Questions);
    }

    [Theory]
    [InlineData("ExpiredToken", "The security token included in the request is expired")]
    [InlineData("InvalidClientTokenId", "The security token included in the request is invalid.")]
    [InlineData("SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided.")]
    public async Task Keys_AWS_does_not_take_are_told_with_where_they_come_from(string code, string words)
    {
        _aws.Else = sent => sent.Action.Length > 0 ? Canned.Error(403, code, words) : null;
        var options = _folder.Options(_clock, ("AWS_ACCESS_KEY_ID", "AKIAENVIRONMENT"), ("AWS_SECRET_ACCESS_KEY", SecretKey));

        var refused = await Assert.ThrowsAsync<CloudException>(() => SignIn(options, "dev"));

        Assert.Equal((code, "dev", "sts:AssumeRole"), (refused.Code, refused.Where!.Account, refused.Operation));
        Assert.Contains($"AWS does not take the credentials of the environment (AWS_ACCESS_KEY_ID): {words} ({code})", refused.Message,
            StringComparison.Ordinal);
        Assert.Contains("Sign in in one of these ways", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(SecretKey, $"{refused}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_of_another_account_cost_no_code()
    {
        _aws.Knows(StubAws.UserKey, "999999999999");
        using var person = new Person("123456");

        var wrong = await Assert.ThrowsAsync<CloudException>(() => SignIn(File, person, "dev"));

        Assert.Equal("WrongAccount", wrong.Code);
        Assert.Contains("belong to account 999999999999", wrong.Message, StringComparison.Ordinal);
        Assert.Empty(person.Questions);
    }

    [Fact]
    public async Task Revoked_keys_are_named_with_the_file_and_the_way_out()
    {
        using var person = new Person("123456");

        var revoked = await Assert.ThrowsAsync<CloudException>(() =>
            SignIn(File with { AccessKeyId = "AKIAREVOKED000000000" }, person, "dev"));

        Assert.Equal("InvalidClientTokenId", revoked.Code);
        Assert.Equal("dev", revoked.Where!.Account);
        Assert.Contains("sts:GetCallerIdentity", revoked.Message, StringComparison.Ordinal);
        Assert.Contains("paco init credentials", revoked.Message, StringComparison.Ordinal);
        Assert.Empty(person.Questions);
    }

    [Fact]
    public async Task A_file_that_cannot_be_used_is_not_passed_over_in_silence()
    {
        _folder.Write("[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = s\n", ".aws", "credentials");

        var broken = await Assert.ThrowsAsync<CloudException>(() =>
            SignIn(File with { Flaw = "master_account_id in .credentials.yaml is not an AWS account id of 12 digits" }, null, "dev"));

        Assert.Equal("BadCredentialsFile", broken.Code);
        Assert.Contains("master_account_id", broken.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("profile", "AKIAPROFILE")]
    [InlineData("environment", "AKIAENVIRONMENT")]
    [InlineData("AWS_PROFILE", "AKIAPROFILE")]
    [InlineData("", StubAws.UserKey)]
    public async Task What_is_asked_for_goes_before_the_file_and_the_file_before_the_default(string asked, string key)
    {
        _folder.Write("[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = s\n[jane]\naws_access_key_id = AKIAPROFILE\n"
            + "aws_secret_access_key = s\n", ".aws", "credentials");
        foreach (var known in new[] { "AKIADEFAULT", "AKIAPROFILE", "AKIAENVIRONMENT" })
            _aws.Knows(known, StubAws.Master);
        (string, string)[] variables = asked switch
        {
            "environment" => [("AWS_ACCESS_KEY_ID", "AKIAENVIRONMENT"), ("AWS_SECRET_ACCESS_KEY", "s")],
            "AWS_PROFILE" => [("AWS_PROFILE", "jane")],
            _ => [],
        };
        var options = _folder.Options(_clock, variables) with
        {
            CredentialsFile = File with { UserName = null },
            Profile = asked == "profile" ? "jane" : null,
        };

        await SignIn(options, "dev");

        Assert.Equal(key, _aws.Requests.First(r => r.Action == "AssumeRole").KeyId);
    }

    private Task SignIn(CredentialsFile file, Person? person, params string[] accounts) =>
        SignIn(_folder.Options(_clock) with { CredentialsFile = file, Dialog = person }, accounts);

    private async Task SignIn(AwsOptions options, params string[] accounts)
    {
        using var canned = new Canned(_aws.Answer);
        using var cloud = AwsCloud.Create(options with { Handler = canned });
        await cloud.SignIn(accounts, None);
    }
}
