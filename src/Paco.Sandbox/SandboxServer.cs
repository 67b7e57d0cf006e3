using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
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

    /// <summary>Starts answering on 127.0.0.1; port 0 takes a free one. Throws <see cref="IOException"/> where the port is taken or not
    /// ours to take.</summary>
    public static async Task<SandboxServer> Start(LocalCloud cloud, int port, CancellationToken cancel)
    {
        // An empty builder reads no settings of the folder it is started in, and no environment variables.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, CallersLifetime>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            Limit(kestrel.Limits);
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        var bodies = new RequestBodies();
        app.Run(context => Answer(cloud, bodies, context));
        try
        {
            await app.StartAsync(cancel);
        }
        catch (SocketException e)
        {
            await app.DisposeAsync();
            throw new IOException(e.Message, e);
        }
        return new SandboxServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    // Who sends slowly, or much, or opens connections and says nothing, takes nothing from others.
    private static void Limit(KestrelServerLimits limits)
    {
        limits.MaxConcurrentConnections = 100;
        limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        limits.KeepAliveTimeout = TimeSpan.FromSeconds(60);
        limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 1024, gracePeriod: TimeSpan.FromSeconds(5));
        // RequestBodies counts, and says it in AWS's form.
        limits.MaxRequestBodySize = null;
    }

    private static async Task Answer(LocalCloud cloud, RequestBodies bodies, HttpContext context)
    {
        var head = Head(context);
        if (Admission.Refusal(head, context.Connection.LocalPort) is { } refusal)
        {
            await Send(context, cloud.Refuse(head, refusal));
            return;
        }

        var (how, body) = await bodies.Read(context, Admission.MostBytes(head));
        try
        {
            await Send(context, how == BodyReading.Whole ? cloud.Answer(head with { Body = body }) : cloud.Refuse(head, Unread(head, how)));
        }
        catch (LostConnectionException)
        {
            context.Abort();
        }
        catch (SandboxFileException e)
        {
            await Send(context, cloud.Refuse(head, new AwsError("InternalFailure", e.Message, 500)));
        }
        finally
        {
            bodies.Release(body);
        }
    }

    private static AwsError Unread(WireRequest head, BodyReading how) => how switch
    {
        BodyReading.TooLarge => Admission.TooLarge(head),
        BodyReading.TooSlow => new AwsError("RequestTimeout", "The body of the request did not come in time.", 408),
        BodyReading.TooManyTogether => new AwsError("SlowDown", "Please reduce your request rate.", 503),
        _ => new AwsError("IncompleteBody", "The request body terminated unexpectedly."),
    };

    private static async Task Send(HttpContext context, WireResponse response)
    {
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

    private static WireRequest Head(HttpContext context)
    {
        var headers = context.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString(), StringComparer.Ordinal);
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var mark = target.IndexOf('?', StringComparison.Ordinal);
        var (path, query) = mark < 0 ? (target, "") : (target[..mark], target[mark..]);
        return new(context.Request.Method, context.Request.Host.Value ?? "", path, query, headers, []);
    }

    /// <summary>Ctrl-C and SIGTERM are the program's business, not the server's.</summary>
    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
