using System.Net;
using System.Net.Sockets;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox;

/// <summary>The cloud as the last handler of an HttpClient: no sockets, the same bytes.</summary>
internal sealed class CloudHandler(LocalCloud cloud) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        return Answer(request, body);
    }

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        request.Content?.CopyTo(body, null, cancellationToken);
        return Answer(request, body.ToArray());
    }

    private HttpResponseMessage Answer(HttpRequestMessage request, byte[] body)
    {
        try
        {
            return Message(cloud.Answer(Wire(request, body)), request);
        }
        catch (LostConnectionException e)
        {
            throw new HttpRequestException(
                HttpRequestError.ConnectionError,
                e.Message,
                new IOException(e.Message, new SocketException((int)SocketError.ConnectionReset)));
        }
    }

    private static WireRequest Wire(HttpRequestMessage request, byte[] body)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        var all = request.Content is null ? request.Headers.NonValidated
            : request.Headers.NonValidated.Concat(request.Content.Headers.NonValidated);
        foreach (var (name, values) in all)
        {
            headers[name.ToLowerInvariant()] = string.Join(",", values);
        }

        var uri = request.RequestUri!;
        return new(request.Method.Method, request.Headers.Host ?? uri.Authority, uri.AbsolutePath, uri.Query, headers, body);
    }

    private static HttpResponseMessage Message(WireResponse response, HttpRequestMessage request)
    {
        var body = request.Method == HttpMethod.Head ? [] : response.Body;
        var message = new HttpResponseMessage((HttpStatusCode)response.Status)
        {
            RequestMessage = request,
            Content = new ByteArrayContent(body),
        };
        message.Content.Headers.ContentLength = response.Body.Length;
        message.Content.Headers.TryAddWithoutValidation("Content-Type", response.ContentType);
        foreach (var (name, value) in response.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content.Headers.Remove(name);
                message.Content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }
}
