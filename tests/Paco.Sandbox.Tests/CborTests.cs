using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox.Tests;

/// <summary>CBOR as AWS's newest clients send it. The bytes are from RFC 8949, appendix A.</summary>
public sealed class CborTests
{
    [Theory]
    [InlineData("1818", "24")]
    [InlineData("1a000f4240", "1000000")]
    [InlineData("3863", "-100")]
    [InlineData("f93e00", "1.5")]
    [InlineData("fa47c35000", "100000")]
    [InlineData("fbc010666666666666", "-4.1")]
    [InlineData("f4", "false")]
    [InlineData("c11a514b67b0", "1363896240")]
    [InlineData("6449455446", "\"IETF\"")]
    [InlineData("7f657374726561646d696e67ff", "\"streaming\"")]
    [InlineData("9f018202039f0405ffff", "[1,[2,3],[4,5]]")]
    [InlineData("bf61610161629f0203ffff", """{"a":1,"b":[2,3]}""")]
    [InlineData("a26161016162820203", """{"a":1,"b":[2,3]}""")]
    public void What_the_standard_writes_is_read(string hex, string json) =>
        Assert.Equal(json, Cbor.Read(Convert.FromHexString(hex))!.ToJsonString());

    [Fact]
    public void What_is_written_is_read_again_and_times_are_marked()
    {
        var tree = JsonNode.Parse("""{"Name":"a","At":1.5,"Many":[1,-2,70000,true],"Nothing":null}""");

        var bytes = Cbor.Write(tree, new HashSet<string> { "At" });

        Assert.Equal("""{"Name":"a","At":1.5,"Many":[1,-2,70000,true]}""", Cbor.Read(bytes)!.ToJsonString());
        Assert.Contains("624174c1fb3ff8000000000000", Convert.ToHexStringLower(bytes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("18")]
    [InlineData("9bffffffffffffffff")]
    [InlineData("7b7fffffffffffffff")]
    [InlineData("bf6161")]
    [InlineData("1f")]
    [InlineData("0101")]
    [InlineData("f97c00")]
    [InlineData("7f01ff")]
    public void What_is_none_is_refused(string hex) =>
        Assert.Equal("SerializationException", Assert.Throws<AwsError>(() => Cbor.Read(Convert.FromHexString(hex))).Code);

    [Fact]
    public void What_is_too_deep_is_refused() =>
        Assert.Throws<AwsError>(() => Cbor.Read([.. Enumerable.Repeat((byte)0x81, 100_000), 0x01]));

    [Fact]
    public async Task A_refusal_tells_the_old_code_and_the_new_shape()
    {
        await using var bench = new Bench();
        using var http = new HttpClient(bench.Cloud.CreateHandler());
        using var request = new HttpRequestMessage(HttpMethod.Post,
            "https://monitoring.us-west-2.amazonaws.com/service/GraniteServiceVersion20100801/operation/GetMetricStatistics")
        {
            Content = new ByteArrayContent([0xa0]),
        };
        request.Headers.TryAddWithoutValidation("smithy-protocol", "rpc-v2-cbor");
        request.Headers.TryAddWithoutValidation("Authorization",
            "AWS4-HMAC-SHA256 Credential=AKIATEST/20261122/us-west-2/monitoring/aws4_request, SignedHeaders=host, Signature=00");

        using var answer = await http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("InvalidParameterCombination;Sender", answer.Headers.GetValues("x-amzn-query-error").Single());
        Assert.Contains("InvalidParameterCombinationException", Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync()),
            StringComparison.Ordinal);
    }
}
