using System.Security.Cryptography;
using System.Text;
using Paco.Clouds;
using Paco.Diagnostics;

namespace Paco.Aws.Tests;

/// <summary>What is answered is believed when it is proved, and quoted only where nothing secret can stand in it.</summary>
public sealed class SecretAnswerTests
{
    private const string Key = "wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY12";
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly string Session =
        $"<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>{Key}</SecretAccessKey>"
        + "<SessionToken>t</SessionToken><Expiration>2026-11-22T13:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>";

    private static readonly string Pair =
        $"<CreateKeyPairResponse><keyFingerprint>aa</keyFingerprint><keyMaterial>{Key}</keyMaterial></CreateKeyPairResponse>";

    [Fact]
    public async Task An_answer_with_keys_that_was_cut_anywhere_is_never_quoted()
    {
        for (var length = 0; length < Session.Length; length += 7)
        {
            using var canned = new Canned(sent => sent.Action == "AssumeRole" ? (200, Session[..length]) : Answer(sent));
            using var cloud = Cloud(canned);

            var cut = await Assert.ThrowsAsync<CloudException>(() => cloud.SignIn(["dev"], None));

            Assert.Equal((CloudErrorKind.Unreadable, "sts:AssumeRole"), (cut.Kind, cut.Operation));
            HoldsNothingOf(Key, cut);
        }
    }

    [Theory]
    [InlineData(200)]
    [InlineData(403)]
    [InlineData(500)]
    public async Task Whatever_comes_instead_of_a_key_pair_is_described_and_not_shown(int status)
    {
        foreach (var body in new[] { Pair[..^20], $"{{\"key\": \"{Key}\"}}", $"<html><body>{Key}</body></html>", $"oops {Key}" })
        {
            using var canned = new Canned(sent => sent.Action == "CreateKeyPair" ? (status, body) : Answer(sent));
            using var cloud = Cloud(canned);

            var strange = await Assert.ThrowsAsync<CloudException>(() => cloud.Ec2(Clouds.Dev).CreateKeyPair("k", [new("a", "b")], None));

            HoldsNothingOf(Key, strange);
            Assert.Contains($"HTTP {status}", strange.Message, StringComparison.Ordinal);
            Assert.Single(canned.Requests, r => r.Action == "CreateKeyPair");
        }
    }

    [Fact]
    public async Task A_success_that_is_no_page_of_a_proxy_is_never_quoted()
    {
        using var canned = new Canned(sent => sent.Action == "DescribeStacks"
            ? (200, $"<DescribeStacksResponse><Stacks><Outputs>{Key}")
            : Answer(sent));
        using var cloud = Cloud(canned);

        HoldsNothingOf(Key, await Assert.ThrowsAsync<CloudException>(() => cloud.CloudFormation(Clouds.Dev).DescribeStacks(None)));
    }

    [Fact]
    public async Task A_refusal_that_repeats_the_request_is_shown_without_the_keys_it_was_signed_with()
    {
        var token = new string('t', 40) + "/+=";
        using var canned = new Canned(_ => Canned.Error(403, "SignatureDoesNotMatch",
            $"The Canonical String should have been 'POST x-amz-security-token:{token}', not {Uri.EscapeDataString(token)}"));
        using var cloud = AwsCloud.Create(Clouds.Options(Clouds.Account("dev", "111111111111", "Admin")) with
        {
            Handler = canned,
            Clock = new StillClock(Noon),
            Keys = new AwsKeys("AKIA1", new Secret(Key), new Secret(token)),
        });

        var refused = await Assert.ThrowsAsync<CloudException>(() => cloud.SignIn(["dev"], None));

        Assert.Contains("x-amz-security-token:(secret)", refused.Message, StringComparison.Ordinal);
        HoldsNothingOf(token[..40], refused);
    }

    [Fact]
    public async Task An_answer_that_was_cut_once_is_asked_for_again()
    {
        var cut = 1;
        using var canned = new Canned(sent => sent.Action == "AssumeRole" && cut-- > 0 ? (200, Session[..100]) : Answer(sent));
        using var cloud = Cloud(canned);

        await cloud.SignIn(["dev"], None);
    }

    [Theory]
    [InlineData("<html>Please sign in</html>")]
    [InlineData("")]
    public async Task A_page_does_not_say_that_a_stack_is_being_deleted(string page)
    {
        using var canned = new Canned(sent => sent.Action == "DeleteStack" ? (200, page) : Answer(sent));
        using var cloud = Cloud(canned);

        var strange = await Assert.ThrowsAsync<CloudException>(() => cloud.CloudFormation(Clouds.Dev).DeleteStack("s", "t", None));

        Assert.Equal(CloudErrorKind.Unreadable, strange.Kind);
    }

    [Theory]
    [InlineData("x-amz-checksum-sha256", "right", true)]
    [InlineData("x-amz-checksum-sha256", "wrong", false)]
    [InlineData("ETag", "right", true)]
    [InlineData("ETag", "wrong", false)]
    [InlineData("x-amz-request-id", "1", false)]
    public async Task What_was_uploaded_is_believed_when_S3_says_what_it_stored(string header, string value, bool isBelieved)
    {
        var content = Encoding.UTF8.GetBytes("hello");
        using var s3 = new Answering(header, value != "right" ? header == "ETag" ? "\"00\"" : value
            : header == "ETag" ? "\"5d41402abc4b2a76b9719d911017c592\"" : Convert.ToBase64String(SHA256.HashData(content)));
        var options = Clouds.Options(Clouds.Account("master", null));
        using var cloud = AwsCloud.Create(options with { Handler = s3, Clock = new StillClock(Noon) });

        var put = await Record.ExceptionAsync(() => cloud.S3(new Place("master", Clouds.Oregon)).PutObject("b", "k", content, None));

        Assert.Equal(isBelieved ? null : CloudErrorKind.Unreadable, (put as CloudException)?.Kind);
    }

    private static void HoldsNothingOf(string secret, CloudException e)
    {
        for (var i = 0; i + 8 <= secret.Length; i++)
            Assert.DoesNotContain(secret.Substring(i, 8), e.ToString(), StringComparison.Ordinal);
    }

    private static AwsCloud Cloud(Canned canned) => AwsCloud.Create(
        Clouds.Options(Clouds.Account("dev", "111111111111", "Admin")) with { Handler = canned, Clock = new StillClock(Noon) });

    private static (int, string) Answer(Sent sent) => sent.Action switch
    {
        "AssumeRole" => Canned.Session("ASIADEV", Noon.AddHours(1)),
        "GetCallerIdentity" => Canned.Identity("111111111111"),
        _ => Canned.NoStacks,
    };

    /// <summary>Says yes to everything, with one header.</summary>
    private sealed class Answering(string header, string value) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var isS3 = request.RequestUri!.Host.Contains(".s3.", StringComparison.Ordinal);
            var answer = new HttpResponseMessage { Content = new StringContent(isS3 ? "" : Canned.Identity("111111111111").Item2) };
            answer.Headers.TryAddWithoutValidation(header, value);
            return Task.FromResult(answer);
        }
    }
}
