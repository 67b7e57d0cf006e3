using System.Net;
using System.Text;

namespace Paco.Aws.Tests.SignIn;

/// <summary>Answers on a loopback port, as a metadata service, an identity provider or AWS would on theirs.</summary>
internal sealed class LocalServer : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<Sent, (int Status, string Body)> _answer;
    private readonly Task _serving;

    public LocalServer(Func<Sent, (int Status, string Body)> answer)
    {
        _answer = answer;
        Address = $"http://127.0.0.1:{MotoServer.FreePort()}";
        _listener.Prefixes.Add($"{Address}/");
        _listener.Start();
        _serving = Serve();
    }

    public string Address { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            try
            {
                await Answer(await _listener.GetContextAsync());
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Answer(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream);
        var headers = context.Request.Headers.AllKeys.OfType<string>()
            .ToDictionary(k => k, k => context.Request.Headers[k]!, StringComparer.OrdinalIgnoreCase);
        var (status, body) = _answer(new Sent(new HttpMethod(context.Request.HttpMethod), context.Request.Url!, headers,
            await reader.ReadToEndAsync()));
        context.Response.StatusCode = status;
        context.Response.ContentType = body.StartsWith('<') ? "text/xml" : "application/json";
        var bytes = Encoding.UTF8.GetBytes(body);
        await context.Response.OutputStream.WriteAsync(bytes);
        context.Response.Close();
    }
}
