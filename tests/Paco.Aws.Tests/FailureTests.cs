using System.Net.Sockets;
using Paco.Clouds;

namespace Paco.Aws.Tests;

public sealed class FailureTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task No_credentials_at_all_says_how_to_sign_in()
    {
        using var cloud = AwsCloud.Create(Clouds.Options(Clouds.Account("dev", "111111111111", "Admin")) with { Keys = null });

        var none = await Assert.ThrowsAsync<CloudException>(() => cloud.SignIn(["dev"], None));

        Assert.Equal((CloudErrorKind.AccessDenied, "NoCredentials"), (none.Kind, none.Code));
        Assert.Contains("AWS_ACCESS_KEY_ID", none.Message, StringComparison.Ordinal);
        Assert.Contains("AWS_PROFILE", none.Message, StringComparison.Ordinal);
        Assert.Contains("aws sso login", none.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SigV4a", none.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_that_refuses_connections_is_named()
    {
        var address = $"http://127.0.0.1:{MotoServer.FreePort()}";
        var clock = new StillClock(Noon);
        using var cloud = AwsCloud.Create(Clouds.Options(Clouds.Account("dev", "111111111111", "Admin")) with
        {
            EndpointUrl = address,
            Clock = clock,
        });

        var refused = await Assert.ThrowsAsync<CloudException>(() => cloud.SignIn(["dev"], None));

        Assert.Equal((CloudErrorKind.Connection, nameof(SocketError.ConnectionRefused)), (refused.Kind, refused.Code));
        Assert.Contains(address, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, CloudErrorKind.Unreadable)]
    [InlineData(403, CloudErrorKind.AccessDenied)]
    [InlineData(502, CloudErrorKind.Server)]
    public async Task A_page_that_is_not_AWSs_is_quoted_in_short(int status, CloudErrorKind kind)
    {
        var page = "<!DOCTYPE html><html><body>Please sign in to the <b>corporate proxy" + new string('x', 5000);
        using var canned = new Canned(sent => sent.Action == "DescribeStacks" ? (status, page) : Answer(sent));
        using var cloud = Cloud(canned);

        var strange = await Assert.ThrowsAsync<CloudException>(() => cloud.CloudFormation(Clouds.Dev).DescribeStacks(None));

        Assert.Equal(kind, strange.Kind);
        Assert.Contains($"HTTP {status}", strange.Message, StringComparison.Ordinal);
        Assert.Contains("corporate proxy", strange.Message, StringComparison.Ordinal);
        Assert.True(strange.Message.Length < 500, strange.Message);
    }

    [Fact]
    public async Task A_throttled_call_waits_longer_each_time_and_succeeds()
    {
        var refusals = 4;
        using var canned = new Canned(sent => sent.Action switch
        {
            "DescribeStacks" when refusals-- > 0 => Canned.Error(400, "Throttling", "Rate exceeded"),
            _ => Answer(sent),
        });
        var clock = new StillClock(Noon);
        using var cloud = Cloud(canned, clock);

        Assert.Empty(await cloud.CloudFormation(Clouds.Dev).DescribeStacks(None));

        TimeSpan[] most = [.. new[] { 0.5, 1, 2, 4 }.Select(TimeSpan.FromSeconds)];
        Assert.Equal(4, clock.Waits.Count);
        Assert.All(clock.Waits.Zip(most), wait => Assert.InRange(wait.First, TimeSpan.Zero, wait.Second));
    }

    [Fact]
    public async Task The_same_seed_waits_the_same_times()
    {
        async Task<TimeSpan[]> Waits()
        {
            var refusals = 5;
            using var canned = new Canned(sent => sent.Action == "DescribeStacks" && refusals-- > 0
                ? Canned.Error(503, "ServiceUnavailable", "")
                : Answer(sent));
            var clock = new StillClock(Noon);
            using var cloud = Cloud(canned, clock);
            await Assert.ThrowsAsync<CloudException>(() => cloud.CloudFormation(Clouds.Dev).DescribeStacks(None));
            return [.. clock.Waits];
        }

        Assert.Equal(await Waits(), await Waits());
    }

    [Theory]
    [InlineData("CreateKeyPair", 1)]
    [InlineData("DescribeKeyPairs", 5)]
    public async Task A_server_fault_is_tried_again_only_where_that_is_harmless(string action, int times)
    {
        using var canned = new Canned(sent => sent.Action == action ? Canned.Error(500, "InternalError", "oops") : Answer(sent));
        using var cloud = Cloud(canned);
        var ec2 = cloud.Ec2(Clouds.Dev);

        var fault = await Assert.ThrowsAsync<CloudException>(() => action == "CreateKeyPair"
            ? ec2.CreateKeyPair("k", [new("for", "me")], None)
            : ec2.DescribeKeyPair("k", None));

        Assert.Equal(CloudErrorKind.Server, fault.Kind);
        Assert.Equal(times, canned.Requests.Count(r => r.Action == action));
    }

    [Fact]
    public async Task A_cancelled_call_ends_as_cancelled()
    {
        using var stop = new CancellationTokenSource();
        using var canned = new Canned(sent =>
        {
            if (sent.Action == "DescribeStacks")
            {
                stop.Cancel();
                return Canned.Error(400, "Throttling", "Rate exceeded");
            }

            return Answer(sent);
        });
        using var cloud = Cloud(canned);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cloud.CloudFormation(Clouds.Dev).DescribeStacks(stop.Token));
    }

    [Fact]
    public void An_endpoint_that_is_no_address_is_refused_at_once()
    {
        var options = Clouds.Options() with { Environment = Clouds.Environment(("AWS_ENDPOINT_URL", "localhost:5000")) };

        var wrong = Assert.Throws<CloudException>(() => AwsCloud.Create(options));

        Assert.Contains("\"localhost:5000\" is not the http(s) address", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_nobody_knows_is_answered_with_those_there_are()
    {
        using var cloud = AwsCloud.Create(Clouds.Options(Clouds.Account("dev", null), Clouds.Account("prod", null)));

        var unknown = Assert.Throws<CloudException>(() => cloud.CloudFormation(new Place("prd", "us-west-2")));

        Assert.Contains("it has dev, prod", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_no_host_can_have_are_refused_in_words()
    {
        using var canned = new Canned(sent => sent.Method == HttpMethod.Get ? Canned.Error(400, "InvalidBucketName", "no") : Answer(sent));
        using var cloud = Cloud(canned);

        var bucket = await Assert.ThrowsAsync<CloudException>(() => cloud.S3(Clouds.Dev).GetObject("My Bucket/..", "k", None));
        var region = await Assert.ThrowsAsync<CloudException>(() => cloud.CloudFormation(new Place("dev", "evil.example/"))
            .DescribeStacks(None));

        Assert.Equal("InvalidBucketName", bucket.Code);
        Assert.Equal("InvalidRegion", region.Code);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"Parameter\":5}")]
    [InlineData("")]
    public async Task An_answer_that_lacks_what_was_asked_for_is_refused_in_words(string body)
    {
        using var canned = new Canned(sent => sent.Headers.ContainsKey("x-amz-target") ? (200, body) : Answer(sent));
        using var cloud = Cloud(canned);

        var lacking = await Assert.ThrowsAsync<CloudException>(() => cloud.Ssm(Clouds.Dev).GetParameter("p", None));

        Assert.Equal(("UnreadableResponse", "ssm:GetParameter"), (lacking.Code, lacking.Operation));
    }

    private static AwsCloud Cloud(Canned canned, StillClock? clock = null) =>
        AwsCloud.Create(Clouds.Options(Clouds.Account("dev", "111111111111", "Admin")) with
        {
            Handler = canned,
            Clock = clock ?? new StillClock(Noon),
        });

    private static (int, string) Answer(Sent sent) => sent.Action switch
    {
        "AssumeRole" => Canned.Session("ASIADEV", Noon.AddHours(1)),
        "GetCallerIdentity" => Canned.Identity("111111111111"),
        _ => Canned.NoStacks,
    };
}
