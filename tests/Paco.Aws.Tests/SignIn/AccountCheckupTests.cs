using System.Collections.Immutable;
using Paco.Clouds;
using Paco.Diagnostics;

namespace Paco.Aws.Tests.SignIn;

/// <summary>What a look at every account finds, against answers in AWS's own words.</summary>
public sealed class AccountCheckupTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly ImmutableArray<string> Regions = ["us-west-2", "eu-south-1"];

    private readonly StubAws _aws = new(TimeProvider.System);
    private string _optIn = "opted-in";
    private string _decision = "allowed";
    private string _state = "ACTIVE";
    private string _name = "dev";

    public AccountCheckupTests() => _aws.Else = Answer;

    [Fact]
    public async Task An_account_in_order_has_nothing_wrong_and_nothing_unknown()
    {
        var dev = (await Look())[1];

        Assert.All(dev.Checks, check => Assert.Equal(CheckState.Good, check.State));
        Assert.Equal("arn:aws:iam::222222222222:role/Admin", dev.Identity!.Role);
        Assert.Equal(
            [CheckKind.Keys, CheckKind.Account, CheckKind.Name, CheckKind.Status, CheckKind.Role, CheckKind.Region, CheckKind.Region,
                CheckKind.CloudFormation, CheckKind.CloudFormation, CheckKind.Permissions],
            dev.Checks.Select(c => c.Kind));
        Assert.Equal("arn:aws:iam::222222222222:role/Admin",
            _aws.Requests.Last(r => r.Action == "SimulatePrincipalPolicy" && r.Body.Contains("2222", StringComparison.Ordinal))
                .Field("PolicySourceArn"));
    }

    [Fact]
    public async Task A_region_nobody_enabled_is_named_and_not_asked()
    {
        _optIn = "not-opted-in";

        var wrong = Wrong(await Look());

        Assert.Equal((CheckKind.Region, "eu-south-1"), (wrong.Kind, wrong.Region));
        Assert.Contains("enable it in dev", wrong.Remedy, StringComparison.Ordinal);
        Assert.DoesNotContain(_aws.Requests, r => r.Uri.Host == "cloudformation.eu-south-1.amazonaws.com" && IsDev(r));
    }

    [Theory]
    [InlineData("implicitDeny", "arn:aws:iam::222222222222:role/Admin may not call cloudformation:CreateStack, ")]
    [InlineData("explicitDeny", "cloudformation:UpdateTerminationProtection")]
    public async Task Calls_the_role_may_not_make_are_named(string decision, string words)
    {
        _decision = decision;

        var wrong = Wrong(await Look());

        Assert.Equal(CheckKind.Permissions, wrong.Kind);
        Assert.Contains(words, wrong.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_not_be_asked_is_unknown_and_not_wrong()
    {
        _decision = "";

        var dev = (await Look())[1];

        Assert.True(dev.IsGood);
        Assert.Equal(CheckKind.Permissions, Assert.Single(dev.Checks, c => c.State == CheckState.Unknown).Kind);
    }

    [Fact]
    public async Task A_suspended_account_is_told_by_the_organization()
    {
        _state = "SUSPENDED";

        var wrong = Wrong(await Look());

        Assert.Equal((CheckKind.Status, "the organization says SUSPENDED"), (wrong.Kind, wrong.Words));
        Assert.Contains("AWS Support reopens it", wrong.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suspended_account_that_lets_nobody_in_is_told_so_at_signing_in()
    {
        _state = "SUSPENDED";
        _aws.Closed.Add("arn:aws:iam::222222222222:role/Admin");
        using var canned = new Canned(_aws.Answer);
        using var cloud = Cloud(canned);

        var refused = await Assert.ThrowsAsync<CloudException>(() => cloud.SignIn(["master", "dev"], None));

        Assert.Equal("AccountSuspended", refused.Code);
        Assert.Equal("dev", refused.Where!.Account);
        Assert.Contains(
            "The account dev (222222222222) cannot be entered: the organization says SUSPENDED.\nA suspended account answers nothing",
            refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_of_another_account_of_the_project_is_wrong()
    {
        _name = "master";

        var wrong = Wrong(await Look());

        Assert.Equal(CheckKind.Name, wrong.Kind);
        Assert.Contains("are the account_id of accounts/dev.yaml and of accounts/master.yaml exchanged?", wrong.Remedy,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_role_that_may_not_be_assumed_is_told_and_nothing_else_of_that_account_is()
    {
        _aws.Closed.Add("arn:aws:iam::222222222222:role/Admin");

        var dev = (await Look())[1];

        var wrong = Assert.Single(dev.Checks, c => c.State == CheckState.Wrong);
        Assert.Equal(CheckKind.Role, wrong.Kind);
        Assert.Contains("No way into the account dev (222222222222)", wrong.Words, StringComparison.Ordinal);
        Assert.DoesNotContain(dev.Checks, c => c.Kind is CheckKind.Region or CheckKind.CloudFormation);
    }

    [Fact]
    public async Task A_clock_that_is_off_is_told_with_its_direction()
    {
        await using var server = new LocalServer(_aws.Answer);
        using var cloud = AwsCloud.Create(Options() with { EndpointUrl = server.Address, Clock = new StillClock(SignInFolder.Noon) });

        var found = await Look(cloud);

        var clock = Assert.Single(found[1].Checks, c => c.Kind == CheckKind.Clock);
        Assert.Equal(CheckState.Wrong, clock.State);
        Assert.Matches("^[0-9]+ s (ahead of|behind) AWS's$", clock.Words);
    }

    private static AccountCheck Wrong(ImmutableArray<CheckedAccount> found)
    {
        Assert.True(found[0].IsGood);
        return Assert.Single(found[1].Checks, c => c.State == CheckState.Wrong);
    }

    private async Task<ImmutableArray<CheckedAccount>> Look()
    {
        using var canned = new Canned(_aws.Answer);
        using var cloud = Cloud(canned);
        return await Look(cloud);
    }

    private static Task<ImmutableArray<CheckedAccount>> Look(AwsCloud cloud)
    {
        ImmutableArray<ExpectedAccount> accounts =
            [new("master", StubAws.Master, "us-west-2"), new("dev", "222222222222", "us-west-2")];
        return new AccountCheckup(cloud, cloud, Regions).Run(accounts, accounts[0], None);
    }

    private static AwsCloud Cloud(Canned canned) => AwsCloud.Create(Options() with { Handler = canned });

    private static AwsOptions Options() => Clouds.Options(
        Clouds.Account("master", StubAws.Master, "Admin"), Clouds.Account("dev", "222222222222", "Admin")) with
    {
        Keys = new AwsKeys(StubAws.UserKey, new Secret("s")),
    };

    // Only of dev is anything out of order.
    private (int, string)? Answer(Sent sent)
    {
        var isDev = IsDev(sent);
        return (sent.Action, sent.Headers.GetValueOrDefault("x-amz-target")) switch
        {
            ("DescribeRegions", _) => (200, $"""
                <DescribeRegionsResponse><regionInfo><item><regionName>us-west-2</regionName><optInStatus>opt-in-not-required</optInStatus></item><item><regionName>eu-south-1</regionName><optInStatus>{(isDev ? _optIn : "opted-in")}</optInStatus></item></regionInfo></DescribeRegionsResponse>
                """),
            ("DescribeStacks", _) => Canned.Error(400, "ValidationError", $"Stack with id {sent.Field("StackName")} does not exist"),
            ("ValidateTemplate", _) => (200, "<ValidateTemplateResponse><ValidateTemplateResult/></ValidateTemplateResponse>"),
            ("SimulatePrincipalPolicy", _) when isDev && _decision.Length == 0 =>
                Canned.Error(403, "AccessDenied", "User is not authorized to perform: iam:SimulatePrincipalPolicy"),
            ("SimulatePrincipalPolicy", _) => (200, Simulated(sent, isDev ? _decision : "allowed")),
            (_, "AWSOrganizationsV20161128.ListAccounts") => (200, $$"""
                {"Accounts":[{"Id":"{{StubAws.Master}}","Name":"root","Status":"ACTIVE"},{"Id":"222222222222","Name":"{{_name}}","Status":"{{_state}}","State":"{{_state}}"}]}
                """.Trim()),
            _ => null,
        };
    }

    private static bool IsDev(Sent sent) =>
        sent.Headers.GetValueOrDefault("Authorization", "").Contains("ASIA222222222222", StringComparison.Ordinal);

    private static string Simulated(Sent sent, string decision)
    {
        var actions = sent.Body.Split('&').Where(p => p.StartsWith("ActionNames.member.", StringComparison.Ordinal))
            .Select(p => Uri.UnescapeDataString(p.Split('=')[1]));
        return $"<SimulatePrincipalPolicyResponse><SimulatePrincipalPolicyResult><EvaluationResults>{string.Concat(actions.Select(a =>
            $"<member><EvalActionName>{a}</EvalActionName><EvalDecision>{decision}</EvalDecision></member>"))}</EvaluationResults><IsTruncated>false</IsTruncated></SimulatePrincipalPolicyResult></SimulatePrincipalPolicyResponse>";
    }
}
