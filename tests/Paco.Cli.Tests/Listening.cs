using System.Collections.Concurrent;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Paco.Sandbox;

namespace Paco.Cli.Tests;

/// <summary>Stands where AWS stands, on a loopback port, writes down every call, and lets the sandbox answer.</summary>
internal sealed partial class Listening : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpClient _behind;

    private Listening(WebApplication app, HttpClient behind) => (_app, _behind) = (app, behind);

    /// <summary>Every call in order: <c>cloudformation:DescribeStacks</c>, or <c>sts:AssumeRole arn:…</c>.</summary>
    public ConcurrentQueue<string> Calls { get; } = [];

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    /// <summary>Calls that would change something.</summary>
    public IEnumerable<string> Writes => Calls.Where(c => !Reading().IsMatch(c));

    public static Task<Listening> Start(LocalCloud cloud) => Start(cloud.CreateHandler());

    public static async Task<Listening> Start(HttpMessageHandler cloud)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var listening = new Listening(app, new HttpClient(cloud));
        app.Run(listening.Answer);
        await app.StartAsync();
        return listening;
    }

    /// <summary>Makes a project's commands talk to this instead of AWS.</summary>
    public void Serve(ProjectFolder project)
    {
        project.Variables["AWS_ENDPOINT_URL"] = Address;
        project.Variables["AWS_ACCESS_KEY_ID"] = project.Variables["AWS_SECRET_ACCESS_KEY"] = "sandbox";
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _behind.Dispose();
    }

    private async Task Answer(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var text = System.Text.Encoding.UTF8.GetString(body.ToArray());
        var credential = Scope().Match(context.Request.Headers.Authorization.ToString());
        Calls.Enqueue($"{credential.Groups[1].Value}:{Operation(context, text)}");
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method),
            new Uri($"https://{credential.Groups[1].Value}.amazonaws.com{target}",
                new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
        request.Content = new ByteArrayContent(body.ToArray());
        foreach (var (name, value) in context.Request.Headers.Where(h => h.Key is not ("Host" or "Content-Length")))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value.ToString()))
                request.Content.Headers.TryAddWithoutValidation(name, value.ToString());
        }
        using var answer = await _behind.SendAsync(request);
        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        foreach (var (name, value) in answer.Headers.NonValidated)
            context.Response.Headers[name] = value.ToString();
        await answer.Content.CopyToAsync(context.Response.Body);
    }

    private static string Operation(HttpContext context, string body)
    {
        if (context.Request.Headers.TryGetValue("X-Amz-Target", out var target))
            return target.ToString().Split('.')[^1];
        var action = Action().Match(body).Groups[1].Value;
        var role = Role().Match(body);
        return action.Length == 0
            ? $"{context.Request.Method} {context.Request.Path}"
            : role.Success ? $"{action} {Uri.UnescapeDataString(role.Groups[1].Value)}"
            : action;
    }

    [GeneratedRegex(@"Credential=[^/]+/\d+/[^/]+/([^/]+)/")]
    private static partial Regex Scope();

    [GeneratedRegex("(?:^|&)Action=([^&]+)")]
    private static partial Regex Action();

    [GeneratedRegex("(?:^|&)RoleArn=([^&]+)")]
    private static partial Regex Role();

    [GeneratedRegex(@":(Describe|Get|List|AssumeRole|GET |HEAD )")]
    private static partial Regex Reading();
}
