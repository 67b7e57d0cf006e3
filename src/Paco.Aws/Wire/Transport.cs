using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using Paco.Aws.Signing;
using Paco.Clouds;

// The one place that speaks HTTP to a cloud.
#pragma warning disable RS0030

namespace Paco.Aws.Wire;

/// <summary>
/// Addresses, signs and sends one request, once. Whatever keeps an answer from coming is a <see cref="CloudErrorKind.Connection"/>.
/// </summary>
internal sealed class Transport : IDisposable
{
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(70);

    private readonly HttpClient _client;
    private readonly Lazy<HttpClient> _machine;
    private readonly Endpoints _endpoints;
    private readonly TimeProvider _clock;

    public Transport(AwsOptions options, Endpoints endpoints)
    {
        _endpoints = endpoints;
        _clock = options.Clock;
        _client = options.Handler is { } handler ? new HttpClient(handler, disposeHandler: false) : new HttpClient(Sockets(endpoints));
        _machine = new(() => options.Handler is { } inside ? new HttpClient(inside, disposeHandler: false)
            : new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false }));
        _client.Timeout = Timeout.InfiniteTimeSpan;
        _client.MaxResponseContentBufferSize = 512 * 1024 * 1024;
    }

    public async Task<WireResponse> Exchange(WireRequest request, AwsKeys keys, string region, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(AnswerWithin, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            using var message = Message(request, keys, region);
            using var answer = await _client.SendAsync(message, HttpCompletionOption.ResponseContentRead, both.Token);
            var body = await answer.Content.ReadAsByteArrayAsync(both.Token);
            return new WireResponse(answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, AmzHeaders(answer.Headers), body)
            {
                ETag = answer.Headers.ETag?.Tag,
                ClockAhead = _clock.GetUtcNow() - answer.Headers.Date,
            };
        }
        catch (OperationCanceledException e) when (!cancel.IsCancellationRequested)
        {
            throw NoAnswer(request, region, "TimedOut", $"no answer within {AnswerWithin.TotalSeconds:0} s", e);
        }
        catch (HttpRequestException e)
        {
            throw NoAnswer(request, region, SocketErrorName(e), e.InnerException?.Message ?? e.Message, e);
        }
        catch (IOException e)
        {
            throw NoAnswer(request, region, "ConnectionReset", e.Message, e);
        }
    }

    /// <summary>
    /// Asks the machine this runs on for its role: an address of this host alone, by plain HTTP and by no proxy. Answers hold keys.
    /// </summary>
    public async Task<WireResponse> AskMachine(HttpMethod method, Uri address, Pair? header, TimeSpan patience, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(patience, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            using var message = new HttpRequestMessage(method, address);
            if (header is { } given)
                message.Headers.TryAddWithoutValidation(given.Name, given.Value);
            using var answer = await _machine.Value.SendAsync(message, HttpCompletionOption.ResponseContentRead, both.Token);
            var body = await answer.Content.ReadAsByteArrayAsync(both.Token);
            return new WireResponse(answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, AmzHeaders(answer.Headers), body);
        }
        catch (Exception e) when (e is HttpRequestException or IOException
            || (e is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            var host = address.GetLeftPart(UriPartial.Authority);
            throw new CloudException(CloudErrorKind.Connection, "NoAnswer", $"{host} did not answer", "aws:SignIn", e);
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        if (_machine.IsValueCreated)
            _machine.Value.Dispose();
    }

    private static SocketsHttpHandler Sockets(Endpoints endpoints) => new()
    {
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
        AllowAutoRedirect = false,
        UseCookies = false,

        // AWS ignores trace headers, and making them takes time at the first call.
        ActivityHeadersPropagator = null,

        // A proxy cannot reach this machine's own loopback.
        UseProxy = endpoints.Custom(AwsService.CloudFormation) is not { IsLoopback: true },
    };

    private HttpRequestMessage Message(WireRequest request, AwsKeys keys, string region)
    {
        var query = SigV4.QueryString(request.Query);
        var address = _endpoints.Address(request.Service, region, request.Bucket) + request.Path + (query.Length > 0 ? $"?{query}" : "");

        // As signed, so as sent: Uri would tidy dots and escapes in the path of an S3 key.
        var uri = new Uri(address, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var message = new HttpRequestMessage(request.Method, uri);
        if (request.Body.Length > 0 || request.Method == HttpMethod.Put || request.Method == HttpMethod.Post)
        {
            message.Content = new ReadOnlyMemoryContent(request.Body);
            if (request.ContentType is not null)
            {
                message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
            }
        }

        if (request.IsUnsigned)
            Unsigned(message, request);
        else
            Sign(message, request, keys, Endpoints.SigningRegion(request.Service, region));
        return message;
    }

    private static void Unsigned(HttpRequestMessage message, WireRequest request)
    {
        foreach (var header in request.Headers)
            message.Headers.TryAddWithoutValidation(header.Name, header.Value);
        message.Headers.TryAddWithoutValidation("User-Agent", "paco");
    }

    private void Sign(HttpRequestMessage message, WireRequest request, AwsKeys keys, string region)
    {
        var scope = new SigningScope(_clock.GetUtcNow(), region, request.Service.Prefix);
        var hash = SHA256.HashData(request.Body.Span);
        var headers = new List<Pair>(request.Headers) { new("x-amz-date", scope.Stamp) };
        if (keys.SessionToken is { } token)
        {
            headers.Add(new("x-amz-security-token", token.Reveal()));
        }

        if (request.Service == AwsService.S3)
        {
            headers.AddRange(S3Hashes(request, hash));
        }

        headers.ForEach(h => message.Headers.TryAddWithoutValidation(h.Name, h.Value));
        headers.Add(new("host", message.RequestUri!.Authority));
        if (message.Content is not null && request.ContentType is { } type)
        {
            headers.Add(new("content-type", type));
        }

        var path = message.RequestUri.AbsolutePath;
        path = request.Service == AwsService.S3 ? path : SigV4.EncodeAgain(path);
        var signable = new CanonicalRequest(request.Method.Method, path, request.Query, headers, Convert.ToHexStringLower(hash));
        message.Headers.TryAddWithoutValidation("Authorization", SigV4.Authorization(signable, keys, scope));
        message.Headers.TryAddWithoutValidation("User-Agent", "paco");
    }

    /// <summary>
    /// S3 wants the content's hash for the signature, and a checksum with whatever changes a bucket: the same SHA-256 serves both.
    /// </summary>
    private static IEnumerable<Pair> S3Hashes(WireRequest request, byte[] hash)
    {
        yield return new("x-amz-content-sha256", Convert.ToHexStringLower(hash));
        if (request.Body.Length > 0 || request.Operation == "PutObject")
        {
            yield return new("x-amz-sdk-checksum-algorithm", "SHA256");
            yield return new("x-amz-checksum-sha256", Convert.ToBase64String(hash));
        }
    }

    private static Dictionary<string, string> AmzHeaders(HttpResponseHeaders headers)
    {
        var amz = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in headers.NonValidated)
        {
            if (header.Key.StartsWith("x-amz", StringComparison.OrdinalIgnoreCase))
            {
                amz[header.Key] = header.Value.ToString();
            }
        }

        return amz;
    }

    private static string SocketErrorName(HttpRequestException e) =>
        e.InnerException is SocketException socket ? socket.SocketErrorCode.ToString() : e.HttpRequestError.ToString();

    private CloudException NoAnswer(WireRequest request, string region, string code, string words, Exception inner)
    {
        var address = _endpoints.Address(request.Service, region, bucket: null);
        return new CloudException(CloudErrorKind.Connection, code, $"{address} did not answer: {words}", request.Name, inner);
    }
}
