using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Paco.Sandbox.Wire;

namespace Paco.Sandbox;

/// <summary>A <see cref="LocalCloud"/> on a loopback port, for the AWS CLI and SDKs. The cloud is not disposed with it.</summary>
public sealed class SandboxServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SandboxServer(WebApplication app) => _app = app;

    /// <summary>Where it answers, for example <c>http://127.0.0.1:4566</c>: the value for <c>AWS_ENDPOINT_URL</c>.</summary>
    public Uri Address => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Starts answering on 127.0.0.1; port 0 takes a free one. Throws <see cref="IOException"/> where the port is taken.</summary>
    public static async Task<SandboxServer> Start(LocalCloud cloud, int port, CancellationToken cancel)
    {
        // An empty builder reads no settings of the folder it is started in, and no environment variables.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        var app = builder.Build();
        app.Run(context => Answer(cloud, context));
        await app.StartAsync(cancel);
        return new SandboxServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static async Task Answer(LocalCloud cloud, HttpContext context)
    {
        try
        {
            var response = cloud.Answer(await Read(context));
            context.Response.StatusCode = response.Status;
            context.Response.ContentType = response.ContentType;
            foreach (var (name, value) in response.Headers)
            {
                context.Response.Headers[name] = value;
            }

            if (response.Status == 204)
            {
                return;
            }

            context.Response.ContentLength = response.Body.Length;
            if (context.Request.Method != "HEAD")
            {
                await context.Response.Body.WriteAsync(response.Body, context.RequestAborted);
            }
        }
        catch (LostConnectionException)
        {
            context.Abort();
        }
        catch (SandboxFileException e)
        {
            context.Response.StatusCode = 500;
            await context.Response.WriteAsync(e.Message, context.RequestAborted);
        }
    }

    private static async Task<WireRequest> Read(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var headers = context.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString(), StringComparer.Ordinal);
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = mark < 0 ? (target, "") : (target[..mark], target[mark..]);
        return new(context.Request.Method, context.Request.Host.Value ?? "", path, query, headers, body.ToArray());
    }

    /// <summary>Ctrl-C and SIGTERM are the program's business, not the server's.</summary>
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
