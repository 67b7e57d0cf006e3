using Paco.Clouds;

namespace Paco.Aws.Tests;

/// <summary>An account or a region that answers nothing is named, with the call and the way out, and asked once.</summary>
public sealed class PlaceFailureTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly Place Milan = new("dev", "eu-south-1");
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData("OptInRequired", "You are not subscribed to this service", PlaceFailure.RegionOff, "enabled")]
    [InlineData("UnrecognizedClientException", "The security token is invalid.", PlaceFailure.RegionOff, "eu-south-1")]
    [InlineData("InvalidClientTokenId", "The security token included in the request is invalid.", PlaceFailure.RegionOff, "enabled")]
    [InlineData("AuthFailure", "AWS was not able to validate the provided access credentials", PlaceFailure.RegionOff, "enabled")]
    [InlineData("AccessDenied", "User x is not authorized to perform: cloudformation:DescribeStacks", PlaceFailure.Denied,
        "must be allowed cloudformation:DescribeStacks")]
    [InlineData("AccessDeniedException", "explicit deny in a service control policy", PlaceFailure.Denied, "organization forbids")]
    [InlineData("RequestExpired", "Request has expired.", PlaceFailure.Clock, "clock")]
    [InlineData("SignatureDoesNotMatch", "Signature expired: 2026 is now earlier than 2027", PlaceFailure.Clock, "clock")]
    [InlineData("SignatureDoesNotMatch", "Signature not yet current: 20261122T130000Z", PlaceFailure.Clock, "clock")]
    public async Task A_refusal_of_a_whole_place_names_it_and_the_way_out(string code, string words, PlaceFailure cause, string remedy)
    {
        using var canned = new Canned(sent => sent.Action == "DescribeStacks" ? Canned.Error(403, code, words) : Answer(sent));
        using var cloud = Cloud(canned);

        var refused = await Assert.ThrowsAsync<CloudException>(() => cloud.CloudFormation(Milan).DescribeStacks(None));

        Assert.Equal("dev (111111111111) · eu-south-1", $"{refused.Where}");
        Assert.Equal(cause, PlaceFailures.Of(refused));
        Assert.Contains(remedy, PlaceFailures.Remedy(refused), StringComparison.Ordinal);
        Assert.Single(canned.Requests, r => r.Action == "DescribeStacks");
    }

    [Fact]
    public async Task A_role_that_nobody_may_assume_names_the_account_the_region_and_the_call()
    {
        using var canned = new Canned(sent => sent.Action == "AssumeRole"
            ? Canned.Error(403, "AccessDenied", "User jane is not authorized")
            : Canned.Identity("222222222222"));
        using var cloud = Cloud(canned);

        var closed = await Assert.ThrowsAsync<CloudException>(() => cloud.SignIn(["dev"], None));

        Assert.Equal(("dev (111111111111) · us-west-2", "sts:AssumeRole"), ($"{closed.Where}", closed.Operation));
        Assert.Null(PlaceFailures.Remedy(closed));
        Assert.Single(canned.Requests, r => r.Action == "AssumeRole");
    }

    [Fact]
    public async Task Accounts_that_fail_at_once_are_told_together()
    {
        using var canned = new Canned(sent => sent.Body.Contains("222222222222", StringComparison.Ordinal)
            ? Canned.Error(403, "RegionDisabledException", "STS is not activated in this region for account:222222222222")
            : sent.Action == "AssumeRole" ? Canned.Error(403, "AccessDenied", "no") : Canned.Identity("999999999999"));
        using var cloud = AwsCloud.Create(Clouds.Options(Clouds.Account("a", "111111111111", "R"), Clouds.Account("b", "222222222222", "R"),
            Clouds.Account("c", "333333333333", "R")) with { Handler = canned, Clock = new StillClock(Noon) });

        var first = await Assert.ThrowsAsync<CloudException>(() => cloud.SignIn(["c", "b", "a"], None));

        Assert.Equal("c", first.Where!.Account);
        Assert.Equal(["b", "a"], first.Others.Select(o => o.Where!.Account));
    }

    [Theory]
    [InlineData("[profile me]\nrole_arn = arn:aws:iam::1:role/r\nsource_profile = gone\n[profile other]\naws_access_key_id = a\n",
        "The profile me has the source_profile \"gone\", and no profile is called that. There are: me, other.")]
    [InlineData("[profile me]\nrole_arn = arn:aws:iam::1:role/r\n", "It needs a source_profile")]
    [InlineData("[profile me]\nsso_session = corp\nsso_account_id = 1\n", "there is no section [sso-session corp]")]
    [InlineData("[profile me]\nrole_arn = r\nsource_profile = b\n[profile b]\nrole_arn = r\nsource_profile = me\n", "me → b → me")]
    public async Task A_profile_that_leads_nowhere_says_where_it_ends(string config, string words)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, config);
            using var cloud = AwsCloud.Create(Clouds.Options(Clouds.Account("dev", "111111111111", "Admin")) with
            {
                Keys = null,
                Profile = "me",
                Environment = Clouds.Environment(("AWS_CONFIG_FILE", file), ("AWS_SHARED_CREDENTIALS_FILE", $"{file}.none")),
            });

            var none = await Assert.ThrowsAsync<CloudException>(() => cloud.SignIn(["dev"], None));

            Assert.Contains(words, none.Message, StringComparison.Ordinal);
            Assert.Equal("dev (111111111111) · us-west-2", $"{none.Where}");
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static AwsCloud Cloud(Canned canned) => AwsCloud.Create(
        Clouds.Options(Clouds.Account("dev", "111111111111", "Admin")) with { Handler = canned, Clock = new StillClock(Noon) });

    private static (int, string) Answer(Sent sent) => sent.Action switch
    {
        "AssumeRole" => Canned.Session("ASIADEV", Noon.AddHours(1)),
        "GetCallerIdentity" => Canned.Identity("111111111111"),
        _ => Canned.NoStacks,
    };
}
