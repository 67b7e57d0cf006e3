using System.Collections.Concurrent;
using System.Net;
using System.Text;

namespace Paco.Aws.Tests;

/// <summary>A request as it would have left this machine.</summary>
internal sealed record Sent(HttpMethod Method, Uri Uri, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Action =>
        Body.Split('&').FirstOrDefault(p => p.StartsWith("Action=", StringComparison.Ordinal))?["Action=".Length..] ?? "";

    public string KeyId => Headers["Authorization"].Split("Credential=")[1].Split('/')[0];
}

/// <summary>Answers in this process, with what a test says.</summary>
internal sealed class Canned(Func<Sent, (int Status, string Body)> answer) : HttpMessageHandler
{
    public ConcurrentQueue<Sent> Requests { get; } = new();

    public static (int, string) Identity(string account, string? arn = null) => (200, $"""
        <GetCallerIdentityResponse><GetCallerIdentityResult><Arn>{arn ?? $"arn:aws:iam::{account}:user/jane"}</Arn><UserId>U</UserId><Account>{account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>
        """);

    public static (int, string) Session(string keyId, DateTimeOffset expires) => (200, $"""
        <AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>{keyId}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t-{keyId}</SessionToken><Expiration>{expires:O}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>
        """);

    public static (int, string) Error(int status, string code, string message) =>
        (status, $"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>");

    public static (int, string) NoStacks =>
        (200, "<DescribeStacksResponse><DescribeStacksResult><Stacks/></DescribeStacksResult></DescribeStacksResponse>");

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var headers = request.Headers.ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase);
        var sent = new Sent(request.Method, request.RequestUri!, headers, body);
        Requests.Enqueue(sent);
        var (status, text) = answer(sent);
        return new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new StringContent(text, Encoding.UTF8, text.StartsWith('{') ? "application/json" : "text/xml"),
        };
    }
}

/// <summary>A clock that stands where a test puts it. Waits of up to half a minute are over at once; longer ones never end.</summary>
internal sealed class StillClock(DateTimeOffset now) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = now;

    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.FromSeconds(30) || dueTime < TimeSpan.Zero)
        {
            return new Never();
        }

        Waits.Enqueue(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    private sealed class Never : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
