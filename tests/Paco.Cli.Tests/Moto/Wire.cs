using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Paco.Cli.Tests.Moto;

/// <summary>A wire to moto on a loopback port of its own. It writes down what passes, and breaks where it is told to.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly HttpClient _upstream;

    private Wire(string to)
    {
        _upstream = new HttpClient { BaseAddress = new Uri(to) };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Urls.Add("http://127.0.0.1:0");
        _server.Run(Pass);
    }

    public string Address => _server.Urls.Single();

    /// <summary>The bodies of all requests so far.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>True for a request whose connection is cut before anybody answers it.</summary>
    public Func<string, bool> Cuts { get; set; } = _ => false;

    /// <summary>Called with a request that was answered, before the answer arrives.</summary>
    public Func<string, Task> Answered { get; set; } = _ => Task.CompletedTask;

    public static async Task<Wire> To(string address)
    {
        var wire = new Wire(address);
        await wire._server.StartAsync();
        return wire;
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _upstream.Dispose();
    }

    private async Task Pass(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        Requests.Enqueue(body);
        if (Cuts(body) || await Forward(context.Request, body) is not var (status, type, answer))
        {
            context.Abort();
            return;
        }
        await Answered(body);
        context.Response.StatusCode = (int)status;
        context.Response.ContentType = type;
        await context.Response.Body.WriteAsync(answer);
    }

    // Null where nobody is there any more.
    private async Task<(HttpStatusCode, string?, byte[])?> Forward(HttpRequest request, string body)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), $"{request.Path}{request.QueryString}");
        message.Content = new StringContent(body);
        message.Content.Headers.Remove("Content-Type");
        foreach (var (name, value) in request.Headers)
        {
            if (name is not ("Host" or "Content-Length") && !message.Headers.TryAddWithoutValidation(name, [.. value]))
                message.Content.Headers.TryAddWithoutValidation(name, [.. value]);
        }
        try
        {
            using var answer = await _upstream.SendAsync(message);
            return (answer.StatusCode, answer.Content.Headers.ContentType?.ToString(), await answer.Content.ReadAsByteArrayAsync());
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
