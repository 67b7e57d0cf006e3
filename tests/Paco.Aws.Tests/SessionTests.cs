using Paco.Aws.SignIn;
using Paco.Clouds;

namespace Paco.Aws.Tests;

public sealed class SessionTests
{
    private const string Dev = "111111111111";
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly StillClock _clock = new(Noon);
    private int _sessions;

    [Fact]
    public async Task A_session_is_opened_once_for_all_who_ask()
    {
        using var canned = new Canned(Answer);
        using var cloud = Cloud(canned);
        var stacks = cloud.CloudFormation(Clouds.Dev);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => stacks.DescribeStacks(None)));

        Assert.Equal(1, canned.Requests.Count(r => r.Action == "AssumeRole"));
        Assert.All(canned.Requests.Where(r => r.Action == "DescribeStacks"), r => Assert.Equal("ASIA1", r.KeyId));
        Assert.All(canned.Requests.Where(r => r.Action == "DescribeStacks"),
            r => Assert.Equal("t-ASIA1", r.Headers["x-amz-security-token"]));
    }

    [Fact]
    public async Task A_session_is_renewed_before_it_expires()
    {
        using var canned = new Canned(Answer);
        using var cloud = Cloud(canned);
        var stacks = cloud.CloudFormation(Clouds.Dev);

        await stacks.DescribeStacks(None);
        _clock.Now = Noon.AddMinutes(54);
        await stacks.DescribeStacks(None);
        _clock.Now = Noon.AddMinutes(56);
        await stacks.DescribeStacks(None);

        Assert.Equal(["ASIA1", "ASIA1", "ASIA2"], canned.Requests.Where(r => r.Action == "DescribeStacks").Select(r => r.KeyId));
    }

    [Fact]
    public async Task An_expired_token_is_renewed_once_and_nobody_notices()
    {
        using var canned = new Canned(sent => sent is { Action: "DescribeStacks", KeyId: "ASIA1" }
            ? Canned.Error(403, "ExpiredToken", "The security token included in the request is expired")
            : Answer(sent));
        using var cloud = Cloud(canned);
        var stacks = cloud.CloudFormation(Clouds.Dev);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => stacks.DescribeStacks(None)));

        Assert.Equal(2, canned.Requests.Count(r => r.Action == "AssumeRole"));
    }

    [Fact]
    public async Task A_token_that_expires_again_at_once_is_an_error()
    {
        using var canned = new Canned(sent => sent.Action == "DescribeStacks"
            ? Canned.Error(403, "ExpiredToken", "expired")
            : Answer(sent));
        using var cloud = Cloud(canned);

        var expired = await Assert.ThrowsAsync<CloudException>(() => cloud.CloudFormation(Clouds.Dev).DescribeStacks(None));

        Assert.Equal(CloudErrorKind.ExpiredToken, expired.Kind);
        Assert.Equal(2, canned.Requests.Count(r => r.Action == "DescribeStacks"));
    }

    [Fact]
    public async Task A_session_in_another_account_than_the_project_says_is_not_used()
    {
        using var canned = new Canned(sent => sent.Action == "GetCallerIdentity" ? Canned.Identity("222222222222") : Answer(sent));
        using var cloud = Cloud(canned);

        var wrong = await Assert.ThrowsAsync<CloudException>(() => cloud.CloudFormation(Clouds.Dev).DescribeStacks(None));

        Assert.Equal("WrongAccount", wrong.Code);
        Assert.Contains("belongs to 222222222222", wrong.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(canned.Requests, r => r.Action == "DescribeStacks");
    }

    [Fact]
    public async Task Every_role_tried_is_named_with_AWSs_words()
    {
        using var canned = new Canned(sent => sent.Action == "AssumeRole"
            ? Canned.Error(403, "AccessDenied", "User jane is not authorized")
            : Canned.Identity("222222222222"));
        using var cloud = Cloud(canned, "Admin", "OrganizationAccountAccessRole");

        var closed = await Assert.ThrowsAsync<CloudException>(() => cloud.SignIn(["dev"], None));

        Assert.Equal((CloudErrorKind.AccessDenied, "AccessDenied"), (closed.Kind, closed.Code));
        Assert.Contains($"arn:aws:iam::{Dev}:role/Admin\n    AccessDenied: User jane is not authorized", closed.Message,
            StringComparison.Ordinal);
        Assert.Contains($"arn:aws:iam::{Dev}:role/OrganizationAccountAccessRole", closed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_second_role_opens_where_the_first_does_not()
    {
        using var canned = new Canned(sent => sent.Body.Contains("role%2FAdmin&", StringComparison.Ordinal)
            ? Canned.Error(403, "AccessDenied", "no")
            : Answer(sent));
        using var cloud = Cloud(canned, "Admin", "Other");

        await cloud.SignIn(["dev"], None);
    }

    [Fact]
    public async Task Keys_of_the_account_itself_are_used_where_no_role_opens()
    {
        using var canned = new Canned(sent => sent.Action == "AssumeRole" ? Canned.Error(403, "AccessDenied", "no") : Answer(sent));
        using var cloud = Cloud(canned);

        await cloud.CloudFormation(Clouds.Dev).DescribeStacks(None);

        Assert.Equal("AKIDTEST", canned.Requests.Single(r => r.Action == "DescribeStacks").KeyId);
    }

    [Fact]
    public async Task The_first_account_that_cannot_be_proved_is_the_one_reported()
    {
        using var canned = new Canned(sent => sent.Action == "AssumeRole"
            ? Canned.Error(403, "AccessDenied", "no")
            : Canned.Identity("999999999999"));
        using var cloud = AwsCloud.Create(Clouds.Options(Clouds.Account("a", "111111111111", "R"),
            Clouds.Account("b", "222222222222", "R")) with { Handler = canned });

        var first = await Assert.ThrowsAsync<CloudException>(() => cloud.SignIn(["b", "a"], None));

        Assert.Contains("the account b (222222222222)", first.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("assumed-role/CI/job", "arn:aws:iam::111111111111:role/CI-Delegate")]
    [InlineData("assumed-role/CI-Other/job", "arn:aws:iam::111111111111:role/Admin")]
    public async Task A_session_of_a_role_with_a_role_of_its_own_asks_for_no_other(string session, string role)
    {
        using var canned = new Canned(sent => sent is { Action: "GetCallerIdentity", KeyId: "AKIDTEST" }
            ? Canned.Identity("999999999999", $"arn:aws:sts::999999999999:{session}")
            : Answer(sent));
        var roles = System.Collections.Immutable.ImmutableDictionary<string, string?>.Empty.Add("CI", "CI-Delegate");
        using var cloud = AwsCloud.Create(Clouds.Options(Clouds.Account("dev", Dev, "Admin") with { RolesOfCallers = roles })
            with { Handler = canned, Clock = _clock });

        await cloud.SignIn(["dev"], None);

        Assert.Equal([role], canned.Requests.Where(r => r.Action == "AssumeRole").Select(r =>
            Uri.UnescapeDataString(r.Body.Split("RoleArn=")[1].Split('&')[0])));
    }

    [Fact]
    public async Task Only_the_management_account_may_lack_an_id()
    {
        using var canned = new Canned(_ => Canned.Identity("999999999999"));
        using var cloud = AwsCloud.Create(Clouds.Options(Clouds.Account("master", null),
            Clouds.Account("dev", null)) with { Handler = canned });

        await cloud.SignIn(["master"], None);
        var lacking = await Assert.ThrowsAsync<CloudException>(() => cloud.SignIn(["dev"], None));

        Assert.Equal("NoAccountId", lacking.Code);
    }

    [Theory]
    [InlineData("paco-jane", "paco-jane")]
    [InlineData("paco-Jané Doe", "paco-Jan--Doe")]
    [InlineData("", "paco")]
    public void A_session_is_named_as_STS_allows(string given, string named) => Assert.Equal(named, AccountSession.SessionName(given));

    private AwsCloud Cloud(Canned canned, params string[] roles) => AwsCloud.Create(
        Clouds.Options(Clouds.Account("dev", Dev, roles.Length == 0 ? ["Admin"] : roles)) with { Handler = canned, Clock = _clock });

    private (int, string) Answer(Sent sent) => sent.Action switch
    {
        "AssumeRole" => Canned.Session($"ASIA{Interlocked.Increment(ref _sessions)}", _clock.Now.AddHours(1)),
        "GetCallerIdentity" => Canned.Identity(Dev),
        _ => Canned.NoStacks,
    };
}
