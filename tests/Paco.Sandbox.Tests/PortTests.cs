using System.Net.Sockets;
using System.Text;

namespace Paco.Sandbox.Tests;

/// <summary>The loopback port, over a bare socket: what is refused, in which form, and what is read before that.</summary>
public sealed class PortTests : IAsyncLifetime
{
    private readonly LocalCloud _cloud = LocalCloud.Open(new SandboxOptions());
    private SandboxServer _server = null!;

    private int Port => _server.Address.Port;

    public async Task InitializeAsync() => _server = await SandboxServer.Start(_cloud, 0, CancellationToken.None);

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _cloud.DisposeAsync();
    }

    [Theory]
    [InlineData("127.0.0.1:{0}")]
    [InlineData("localhost:{0}")]
    [InlineData("LOCALHOST:{0}")]
    [InlineData("[::1]:{0}")]
    [InlineData("bucket.localhost:{0}")]
    public async Task Loopback_names_are_answered(string host) =>
        Assert.StartsWith("HTTP/1.1 200 ", await Ask("POST / HTTP/1.1", [Host(host), Signed("sts")], "Action=GetCallerIdentity"),
            StringComparison.Ordinal);

    /// <summary>DNS rebinding: a page of somebody else under a name that leads here.</summary>
    [Theory]
    [InlineData("evil.example:{0}")]
    [InlineData("evil.example")]
    [InlineData("localhost")]
    [InlineData("localhost:1")]
    [InlineData("127.0.0.1")]
    [InlineData("localhost.evil.example:{0}")]
    [InlineData("127.0.0.1.evil.example:{0}")]
    [InlineData("evillocalhost:{0}")]
    [InlineData("169.254.169.254:{0}")]
    public async Task Other_names_are_refused(string host)
    {
        var answer = await Ask("POST / HTTP/1.1", [Host(host), Signed("sts")], "Action=GetCallerIdentity");
        Refused(answer, 403, "<Code>AccessDenied</Code>");
        Assert.Contains($"answers to 127.0.0.1:{Port} and localhost:{Port} only", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Origin: https://evil.example")]
    [InlineData("Origin: null")]
    [InlineData("Origin: http://localhost:{0}")]
    [InlineData("Sec-Fetch-Site: cross-site")]
    [InlineData("Sec-Fetch-Site: same-site")]
    [InlineData("sec-fetch-site: none")]
    [InlineData("Referer: https://evil.example/page")]
    public async Task A_browsers_page_is_refused_though_it_signs(string header) => Refused(
        await Ask("POST / HTTP/1.1", [Host(), Signed("cloudformation"), string.Format(null, header, Port)], "Action=ListStacks"),
        403, "<Code>AccessDenied</Code>");

    [Fact]
    public async Task An_address_in_a_page_deletes_no_stack()
    {
        const string Address = "/?Action=DeleteStack&StackName=s&X-Amz-Credential=a%2F20260101%2Fus-west-2%2Fcloudformation%2Faws4_request";

        Refused(await Ask($"GET {Address} HTTP/1.1", [Host()], ""), 403, "<Code>MissingAuthenticationToken</Code>");
    }

    [Theory]
    [InlineData("Authorization: Basic YTpi")]
    [InlineData("Authorization: Credential=a/20260101/us-west-2/cloudformation/aws4_request")]
    [InlineData("Authorization: AWS4-HMAC-SHA256 Credential=a/20260101/us-west-2/cloudformation/aws4_request")]
    [InlineData("X-Nothing: here")]
    public async Task A_request_that_is_not_signed_is_refused_before_its_body_is_read(string header)
    {
        // A hundred megabytes are announced and none is sent: who waited for them would not answer.
        var answer = await Ask("POST / HTTP/1.1", [Host(), header, "Content-Length: 104857600"], "");
        Refused(answer, 403, "<Code>MissingAuthenticationToken</Code>");
    }

    [Fact]
    public async Task A_refusal_has_the_form_of_the_service()
    {
        string[] page = [Host(), "Origin: null"];
        Assert.Contains("<ErrorResponse xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\"><Error><Type>Sender</Type>",
            await Ask("POST / HTTP/1.1", [.. page, Signed("cloudformation")], ""), StringComparison.Ordinal);
        Assert.Contains("<Error><Code>AccessDenied</Code>", await Ask("PUT /b/k HTTP/1.1", [.. page, Signed("s3")], ""),
            StringComparison.Ordinal);
        Assert.Contains("{\"__type\":\"AccessDenied\",", await Ask("POST / HTTP/1.1", [.. page, Signed("organizations")], ""),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("s3", "Content-Length: 33554433", "EntityTooLarge")]
    [InlineData("cloudformation", "Content-Length: 4194305", "RequestEntityTooLarge")]
    [InlineData("cloudformation", "Content-Length: 999999999999", "RequestEntityTooLarge")]
    public async Task A_body_that_says_it_is_too_large_is_not_read(string service, string length, string code) =>
        Refused(await Ask("PUT /b/k HTTP/1.1", [Host(), Signed(service), length], ""), 413, $"<Code>{code}</Code>");

    [Fact]
    public async Task A_body_without_a_length_is_read_as_far_as_it_may_go()
    {
        var part = $"10000\r\n{new string('x', 0x10000)}\r\n";
        var body = string.Concat(Enumerable.Repeat(part, 65)) + "0\r\n\r\n";

        Refused(await Ask("POST / HTTP/1.1", [Host(), Signed("cloudformation"), "Transfer-Encoding: chunked"], body), 413,
            "<Code>RequestEntityTooLarge</Code>");
    }

    [Fact]
    public async Task Headers_have_a_limit() =>
        Assert.StartsWith("HTTP/1.1 431 ", await Ask("GET / HTTP/1.1", [Host(), $"X-Long: {new string('x', 50_000)}"], ""),
            StringComparison.Ordinal);

    [Fact]
    public async Task An_address_with_a_name_in_it_is_none_of_ours() =>
        Refused(await Ask($"GET http://127.0.0.1:{Port}/ HTTP/1.1", [Host(), Signed("s3")], ""), 400, "<Code>InvalidURI</Code>");

    [Fact]
    public async Task A_port_that_is_taken_is_said()
    {
        await using var other = LocalCloud.Open(new SandboxOptions());
        await Assert.ThrowsAnyAsync<IOException>(() => SandboxServer.Start(other, Port, CancellationToken.None));
    }

    private static void Refused(string answer, int status, string code)
    {
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains(code, answer, StringComparison.Ordinal);
    }

    private string Host(string host = "127.0.0.1:{0}") => $"Host: {string.Format(null, host, Port)}";

    private static string Signed(string service) =>
        $"Authorization: AWS4-HMAC-SHA256 Credential=sandbox/20260101/us-west-2/{service}/aws4_request, SignedHeaders=host, Signature=00";

    /// <summary>Head and body of the answer, as far as its length says.</summary>
    private async Task<string> Ask(string line, string[] headers, string body)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(System.Net.IPAddress.Loopback, Port);
        var stream = socket.GetStream();
        string[] length = body.Length > 0 && !headers.Any(h => h.StartsWith("Transfer", StringComparison.Ordinal))
            ? [$"Content-Length: {body.Length}"] : [];
        await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Join("\r\n", [line, .. headers, .. length, "", body])));
        var (answer, part) = (new StringBuilder(), new byte[4096]);
        while (!IsWhole(answer.ToString()) && await stream.ReadAsync(part) is > 0 and var count)
            answer.Append(Encoding.UTF8.GetString(part, 0, count));
        return answer.ToString();
    }

    private static bool IsWhole(string answer)
    {
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var length = answer.Split("\r\n").FirstOrDefault(l => l.StartsWith("Content-Length: ", StringComparison.Ordinal));
        return end > 0 && length is not null && answer.Length - end - 4 >= int.Parse(length["Content-Length: ".Length..], null);
    }
}
