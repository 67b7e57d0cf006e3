using Paco.Aws.Signing;
using Paco.Diagnostics;

namespace Paco.Aws.Tests;

/// <summary>The vectors AWS publishes: its Signature Version 4 test suite and the examples of the IAM and S3 guides.</summary>
public sealed class SigV4Tests
{
    private const string Empty = "";
    private static readonly AwsKeys Suite = new("AKIDEXAMPLE", new Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"));
    private static readonly AwsKeys S3Guide = new("AKIAIOSFODNN7EXAMPLE", new Secret("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));

    [Theory]
    [InlineData("GET", "/", "", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31")]
    [InlineData("POST", "/", "", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b")]
    [InlineData("GET", "/", "Param2=value2&Param1=value1", "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500")]
    [InlineData("GET", "/", "ሴ=bar", "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04")]
    [InlineData("GET", "/%E1%88%B4", "", "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85")]
    [InlineData("GET", "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "",
        "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f")]
    public void Requests_of_the_suite_get_its_signatures(string method, string path, string query, string signature)
    {
        var scope = new SigningScope(new DateTimeOffset(2015, 8, 30, 12, 36, 0, TimeSpan.Zero), "us-east-1", "service");
        Pair[] headers = [new("Host", "example.amazonaws.com"), new("X-Amz-Date", "20150830T123600Z")];

        var signable = new CanonicalRequest(method, path, Query(query), headers, SigV4.HexHash([]));

        var expected =
            $"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature={signature}";
        Assert.Equal(expected, SigV4.Authorization(signable, Suite, scope));
    }

    [Fact]
    public void The_IAM_guides_request_gets_its_signature()
    {
        var scope = new SigningScope(new DateTimeOffset(2015, 8, 30, 12, 36, 0, TimeSpan.Zero), "us-east-1", "iam");
        List<Pair> headers =
        [
            new("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
            new("Host", "iam.amazonaws.com"),
            new("X-Amz-Date", "20150830T123600Z"),
        ];

        var signed = SigV4.Authorization(new CanonicalRequest("GET", "/", Query("Action=ListUsers&Version=2010-05-08"), headers,
            SigV4.HexHash([])), Suite, scope);

        Assert.EndsWith("Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7", signed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/test.txt", "", "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41", "bytes=0-9")]
    [InlineData("/", "lifecycle=", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543", null)]
    [InlineData("/", "max-keys=2&prefix=J", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7", null)]
    public void The_S3_guides_requests_get_their_signatures(string path, string query, string signature, string? range)
    {
        var scope = new SigningScope(new DateTimeOffset(2013, 5, 24, 0, 0, 0, TimeSpan.Zero), "us-east-1", "s3");
        List<Pair> headers =
        [
            new("Host", "examplebucket.s3.amazonaws.com"),
            new("x-amz-content-sha256", SigV4.HexHash([])),
            new("x-amz-date", "20130524T000000Z"),
        ];
        if (range is not null)
        {
            headers.Add(new("Range", range));
        }

        var signed = SigV4.Authorization(new CanonicalRequest("GET", path, Query(query), headers, SigV4.HexHash([])), S3Guide, scope);

        Assert.EndsWith($"Signature={signature}", signed, StringComparison.Ordinal);
    }

    [Fact]
    public void Headers_are_sorted_trimmed_and_joined()
    {
        var scope = new SigningScope(new DateTimeOffset(2015, 8, 30, 12, 36, 0, TimeSpan.Zero), "us-east-1", "service");
        Pair[] untidy = [new("My-Header1", "  a   b  "), new("Host", "h"), new("my-header1", "c")];
        Pair[] tidy = [new("host", "h"), new("my-header1", "a b,c")];

        Assert.Equal(
            SigV4.Authorization(new CanonicalRequest("GET", "/", [], tidy, "x"), Suite, scope),
            SigV4.Authorization(new CanonicalRequest("GET", "/", [], untidy, "x"), Suite, scope));
    }

    [Fact]
    public void A_query_is_encoded_as_AWS_wants_it()
    {
        Assert.Equal("a%20b=%2F%2B%2A~&z=", SigV4.QueryString([new("z", ""), new("a b", "/+*~")]));
    }

    private static Pair[] Query(string query) => query.Length == 0
        ? []
        : [.. query.Split('&').Select(p => p.Split('=')).Select(p => new Pair(p[0], p.Length > 1 ? p[1] : Empty))];
}
